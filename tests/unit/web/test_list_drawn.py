"""How a list is drawn: what is kept, and what the style sheet must know to hide it."""

import pytest

from casetasks_app.people.own_lists import MOST_COLUMNS, Setting
from casetasks_app.web.pages.case_tasks import arranging
from casetasks_app.web.pages.cases import shown
from casetasks_app.web.pages.my_work import asking
from casetasks_app.web.ui.list_drawn import Drawn, drawn_again, drawn_of
from tests.architecture import source

COLUMNS = {"case": "Case", "who": "Assigned to"}
KINDS = [*asking.KINDS.values(), shown.KIND, arranging.KIND]


def test_a_hidden_column_of_another_view_counts_for_nothing():
    drawn = drawn_of(Setting(is_compact=True, hidden=("who", "team")), COLUMNS)

    assert (drawn.density, drawn.hidden, drawn.hidden_count) == ("compact", "who", 1)
    assert [(each.label, each.is_shown) for each in drawn.columns] == [("Case", True), ("Assigned to", False)]


def test_another_choice_keeps_the_columns():
    before = drawn_of(Setting(hidden=("who",)), COLUMNS)

    assert drawn_again(Setting(), before.columns) == drawn_of(Setting(), COLUMNS)
    assert before != Drawn()


@pytest.mark.parametrize("kind", KINDS)
def test_the_style_sheet_can_hide_every_column_that_may_be_hidden(kind):
    sheet = source.text("assets/tokens.css")

    assert kind.columns
    assert [key for key in kind.columns if f'.ct-table[data-hidden~="{key}"] [data-column="{key}"]' not in sheet] == []


def test_as_many_columns_may_be_hidden_as_there_are_in_any_list():
    work = {key for kind in asking.KINDS.values() for key in kind.columns}

    assert max(len(work), *(len(kind.columns) for kind in KINDS)) <= MOST_COLUMNS
    assert not {"task", "target"} & {key for kind in KINDS for key in kind.columns}
