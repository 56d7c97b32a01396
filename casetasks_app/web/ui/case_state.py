"""From a case as the database knows it to the bar, tabs and browser title that every screen of the case shares."""

from casetasks_app.cases.queries import CaseHeader
from casetasks_app.web import messages, routes
from casetasks_app.web.ui.case_frame import CaseBar


def case_bar_of(header: CaseHeader) -> CaseBar:
    """Return the bar for one person: who sees only a task of the case gets no title, overview, history or counts."""
    reference, everything = header.reference, header.sees_all
    return CaseBar(
        reference=reference,
        title=header.title if everything else "",
        case_type=header.type_name,
        state=state_words(header),
        case_manager=header.manager or "nobody yet",
        href=routes.case(reference) if everything else "",
        tasks_href=routes.case_tasks(reference) if header.has_tasks_tab else "",
        tasks_count=str(header.counts.open or "") if everything else "",
        tasks_words=tasks_words(header) if everything else "",
        history_href=routes.case_history(reference) if everything else "",
        close_href=routes.close_case(reference) if header.is_manager and header.is_open else "",
    )


def state_words(header: CaseHeader) -> str:
    """Say whether the case is open and since when, or how and when it ended."""
    if header.is_open:
        return f"Open since {header.opened}"
    return f"Closed {header.closed}" + (f": {header.outcome}" if header.outcome else "")


def tasks_words(header: CaseHeader) -> str:
    """Say the counts of the Tasks link aloud: "3 open, 1 breached"."""
    late = f", {header.counts.breached} breached" if header.counts.breached else ""
    return f"{header.counts.open} open{late}"


def case_title(what: str, header: CaseHeader | None, *, is_error: bool = False) -> str:
    """Return the browser tab's title for a screen of a case: "Tasks - HSG-1042 - Case tasks"."""
    return messages.tab_title(what, header.reference if header else "", is_error=is_error)
