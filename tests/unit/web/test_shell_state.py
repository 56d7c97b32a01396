"""The page's message, and what is read aloud."""

import pytest
import reflex as rx

from casetasks_app.web import messages, shell
from casetasks_app.web.ui.alerts import Notice
from casetasks_app.web.ui.shell_state import Shell, arrived, notify, say, tell_times


def a_shell() -> Shell:
    return Shell(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]  how the framework makes one


def test_a_message_stays_on_its_page_and_goes_with_it():
    tab = a_shell()

    notify(tab, Notice("Task 6 created."), on="/cases/HSG-1/tasks")
    arrived(tab, at="/cases/HSG-1/tasks")
    assert tab.notice.title == "Task 6 created."
    arrived(tab, at="/my-work")

    assert tab.notice == Notice()


def test_the_same_message_twice_counts_as_two():
    tab = a_shell()

    notify(tab, Notice("Saved."), on="/")
    first = tab.notice.seq
    notify(tab, Notice("Saved."), on="/")

    assert tab.notice.seq == first + 1


def test_equal_words_are_read_again():
    tab = a_shell()

    say(tab, "12 tasks match.")
    first = tab.said
    say(tab, "12 tasks match.")

    assert tab.said != first
    assert tab.said.strip("\u00a0") == "12 tasks match."


def test_titles_name_what_and_where():
    assert shell.title("My work (7)") == "My work (7) - Case tasks"
    assert shell.title("Tasks", "HSG-1042", has_errors=True) == "Error: Tasks - HSG-1042 - Case tasks"
    assert isinstance(shell.title("Tasks", rx.Var("where").to(str)), rx.Var)


def test_the_words_of_the_catalogue():
    assert messages.case_blocked(1) == "You cannot close this case yet. 1 thing is left."
    assert messages.case_blocked(3) == "You cannot close this case yet. 3 things are left."
    assert messages.cancelled(3) == "Task 3 cancelled. The reason is in the case history."
    assert messages.cancelled(3, "Tom Ellis") == "Task 3 cancelled. Tom Ellis was emailed. The reason is in the case history."
    assert messages.updates_pill(3) == "3 updates - show"
    assert [messages.badge_count(n) for n in (0, 7, 100)] == ["", "7", "99+"]


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/London", "Times are UK time."),
        ("America/New_York", "Times are in the time zone America/New York."),
        ("UTC", "Times are in the time zone UTC."),
    ],
)
def test_the_footer_names_the_zone_of_the_settings(zone: str, said: str):
    tab = a_shell()

    tell_times(tab, zone)

    assert (tab.zone, tab.times) == (zone, said)


def test_a_message_after_a_dialog_leaves_the_focus_where_it_is():
    tab = a_shell()

    notify(tab, Notice("Task 6 created."), on="/")
    notify(tab, Notice("Task 5 assigned."), on="/", takes_focus=False)

    assert (tab.notice.title, tab.notice.seq, tab.notice_focus) == ("Task 5 assigned.", 2, 1)
