"""Lists as files: quoting, formulas made harmless, the zone of the office, a bounded length."""

import csv
import io

import pytest

from casetasks_app.web import exports
from casetasks_app.web.exports import Sheet


def _read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =cmd|' /C calc'!A0", "\uff1d1"])
def test_what_a_spreadsheet_would_compute_is_text(text: str) -> None:
    ((cell,),) = _read(exports.written(Sheet([text], [[text]], "tasks")))[1:]

    assert cell == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Mill Lane", 'The "old" mill, Ångström', "two\r\nlines", "HSG-1042/3", "2026-11-22T16:30+00:00", "a=b"]
)
def test_everything_else_comes_back_as_it_was(text: str) -> None:
    assert _read(exports.written(Sheet(["A", "B"], [[text, "x"]], "tasks"))) == [["A", "B"], [text, "x"]]


def test_the_file_is_utf_8_with_its_mark_and_ends_its_lines_as_the_standard_has_it() -> None:
    assert exports.written(Sheet(["A", "B"], [['say "é"', "a,b"]], "tasks")) == b'\xef\xbb\xbfA,B\r\n"say ""\xc3\xa9""","a,b"\r\n'


def test_what_is_too_long_is_cut_off_and_says_so() -> None:
    rows = _read(exports.written(Sheet(["A", "B"], ([str(n), ""] for n in range(exports.MOST + 1)), "tasks")))

    assert (len(rows), rows[-2]) == (exports.MOST + 2, [str(exports.MOST - 1), ""])
    assert rows[-1] == ["Only the first 10,000 tasks are in this file. Choose filters and export again to get the others.", ""]
    assert len(_read(exports.written(Sheet(["A"], [["x"]] * exports.MOST, "tasks")))) == exports.MOST + 1


def test_moments_are_those_of_the_office_and_the_first_row_says_which() -> None:
    assert exports.moment("2026-07-01T15:30:00Z") == "2026-07-01T16:30+01:00"
    assert exports.moment("") == ""
    assert list(exports.head(["Task", "Target:"])) == ["Task", "Target (Europe/London)"]


@pytest.mark.parametrize(("text", "ids"), [("3,1,2", [3, 1, 2]), ("", []), ("1;2", []), ("1,,2", []), ("-1", []), ("9" * 10, [])])
def test_ticked_rows_are_named_by_numbers_alone(text: str, ids: list[int]) -> None:
    assert exports.ticked({"only": text}) == ids


def test_no_more_rows_are_ticked_than_a_list_can_show() -> None:
    assert len(exports.ticked({"only": ",".join(str(n) for n in range(1000))})) == exports.MOST_TICKED
