"""The links under a long list, and the addresses of its choices."""

import pytest

from casetasks_app.web.ui.pages import Pages, Place, list_href, pages_of, sort_base


def labels(page: int, total: int) -> list[str]:
    return [link.label for link in pages_of(Place("/tasks", {}, page, 25, total), one="task", more="tasks").numbers]


def test_one_page_has_a_summary_and_no_links():
    assert pages_of(Place("/tasks", {}, 1, 25, 25), one="task", more="tasks") == Pages(summary="Showing 1 to 25 of 25 tasks")
    assert pages_of(Place("/tasks", {}, 1, 25, 1), one="task", more="tasks").summary == "Showing 1 to 1 of 1 task"
    assert pages_of(Place("/tasks", {}, 1, 25, 0), one="task", more="tasks").summary == "No tasks"


def test_the_numbers_around_the_page_are_shown_and_the_ends():
    assert labels(5, 225) == ["1", "…", "4", "5", "6", "…", "9"]
    assert labels(1, 225) == ["1", "2", "…", "9"]
    assert labels(2, 50) == ["1", "2"]


@pytest.mark.parametrize("asked", [-3, 0, 1])
def test_a_page_before_the_first_is_the_first(asked: int):
    pages = pages_of(Place("/tasks", {}, asked, 25, 60), one="task", more="tasks")

    assert (pages.previous, pages.next, pages.summary) == ("", "/tasks?page=2", "Showing 1 to 25 of 60 tasks")


def test_a_page_past_the_end_is_the_last_one():
    pages = pages_of(Place("/tasks", {"q": "a b"}, 99, 25, 60), one="task", more="tasks")

    assert (pages.previous, pages.next, pages.summary) == ("/tasks?q=a+b&page=2", "", "Showing 51 to 60 of 60 tasks")


def test_exactly_one_number_is_current():
    pages = pages_of(Place("/tasks", {}, 3, 25, 212), one="task", more="tasks")

    assert [link.label for link in pages.numbers if link.is_current] == ["3"]


def test_a_changed_choice_leads_back_to_the_first_page():
    assert list_href("/tasks", {"q": "x", "page": "4"}, status="new") == "/tasks?q=x&status=new"
    assert list_href("/tasks", {"q": "x"}, q="") == "/tasks"


def test_a_sort_link_keeps_the_other_choices():
    assert sort_base("/tasks", {"q": "x&y", "sort": "name", "dir": "descending", "page": "2"}) == "/tasks?q=x%26y&"
    assert sort_base("/tasks", {}) == "/tasks?"
