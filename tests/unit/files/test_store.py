"""The private store: what is taken, what is refused in which words, and what is left on disk."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casetasks_app import settings
from casetasks_app.files import store
from casetasks_app.files.store import FileRefused, Part, Upload
from tests.unit.files.making import DOCX, EVERY, JPG, PDF, XLSX, package

NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def data(tmp_path: Path) -> Iterator[Path]:
    """Give an empty data folder."""
    patch = pytest.MonkeyPatch()
    patch.setenv("CASETASKS_DATA_DIR", str(tmp_path))
    patch.setenv("CASETASKS_MAX_FILE_MB", "1")
    settings.load.cache_clear()
    yield tmp_path
    patch.undo()
    settings.load.cache_clear()


def upload(name: str, content: bytes, piece: int = 1000) -> Upload:
    part = Part(name)
    for at in range(0, len(content), piece):
        part.write(content[at : at + piece])
    return part.finish()


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        upload(name, content)
    return refused.value.message


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_each_kind_is_recognised_however_it_arrives(name: str, piece: int) -> None:
    found = upload(name, EVERY[name], piece)

    assert found.part.read_bytes() == EVERY[name]
    assert (found.size, found.sha256) == (len(EVERY[name]), hashlib.sha256(EVERY[name]).hexdigest())


REFUSED = {
    "an executable": ("plan.exe", b"MZ\x90\x00", "'plan.exe' must be a PDF, Word, Excel, JPG or PNG."),
    "an executable called pdf": ("plan.pdf", b"MZ\x90\x00", "'plan.pdf' must be a PDF, Word, Excel, JPG or PNG."),
    "a page called png": ("a.png", b"<html><script>", "'a.png' must be a PDF, Word, Excel, JPG or PNG."),
    "a pdf called docx": ("a.docx", PDF, "'a.docx' must be a PDF, Word, Excel, JPG or PNG."),
    "a sheet called docx": ("a.docx", XLSX, "'a.docx' must be a PDF, Word, Excel, JPG or PNG."),
    "any zip called docx": ("a.docx", package("readme.txt"), "'a.docx' must be a PDF, Word, Excel, JPG or PNG."),
    "half a zip": ("a.docx", DOCX[:60], "'a.docx' must be a PDF, Word, Excel, JPG or PNG."),
    "macros": (
        "a.docx",
        package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        "'a.docx' must be a PDF, Word, Excel, JPG or PNG.",
    ),
    "no ending": ("plan", PDF, "'plan' must be a PDF, Word, Excel, JPG or PNG."),
    "nothing": ("empty.pdf", b"", "'empty.pdf' is empty."),
    "too much": ("big.pdf", PDF + b"x" * 1_000_000, "'big.pdf' must be smaller than 1 MB."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_names_the_file_and_leaves_nothing_behind(case: str, data: Path) -> None:
    name, content, message = REFUSED[case]

    assert refusal(name, content) == message
    assert everything_in(data) == []


def test_one_byte_less_than_the_limit_is_taken(data: Path) -> None:
    content = JPG + b"x" * (1_000_000 - len(JPG) - 1)

    assert upload("a.jpg", content, 65536).size == 999_999


def test_a_kept_file_lies_under_a_random_id_and_only_we_can_read_it(data: Path) -> None:
    file_id = store.keep(upload("../../../etc/passwd.pdf", PDF))

    path = store.path_of(file_id)
    assert path.relative_to(data / "files") == Path(file_id[:2]) / file_id
    assert path.read_bytes() == PDF
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert {oct(folder.stat().st_mode & 0o777) for folder in (path.parent, data / "files")} == {"0o700"}


def test_a_disk_that_refuses_is_told_in_words(data: Path) -> None:
    (data / "files").write_text("in the way")

    assert refusal("plan.pdf", PDF) == "'plan.pdf' could not be uploaded. Try again."


NAMES = {
    "../../etc/plan.pdf": "plan.pdf",
    "C:\\temp\\plan.pdf": "plan.pdf",
    "plan\u202efdp.exe.pdf": "planfdp.exe.pdf",
    "a\x00b\r\n.pdf": "ab.pdf",
    "...hidden.pdf": "hidden.pdf",
    "  two   words .pdf ": "two words .pdf",
    "": "file",
    "x" * 300 + ".docx": "x" * 195 + ".docx",
    "Prüfung – 検査.pdf": "Prüfung – 検査.pdf",
}


@pytest.mark.parametrize("name", NAMES, ids=[f"{number}" for number, _ in enumerate(NAMES)])
def test_a_name_is_made_safe_to_show_and_to_save(name: str) -> None:
    assert store.shown_name(name) == NAMES[name]


def test_what_is_no_id_of_ours_has_no_path() -> None:
    for wrong in ("", "../x", "A" * 32, "0" * 31, "0" * 33, "0" * 31 + "/"):
        with pytest.raises(ValueError, match="not the id"):
            store.path_of(wrong)


def test_too_many_files_at_once_are_counted_in_words() -> None:
    store.check_count(10)

    with pytest.raises(store.TooMany, match=r"^You can add up to 10 files. Remove 2 files.$"):
        store.check_count(12)
    with pytest.raises(store.TooMany, match=r"^You can add up to 10 files. Remove 1 file.$"):
        store.check_count(11)


def test_parts_that_were_never_finished_go_after_a_day(data: Path) -> None:
    part = Part("plan.pdf")
    part.write(PDF)
    part.close()

    assert store.drop_unfinished(NOW) == 0
    assert store.drop_unfinished(NOW + timedelta(days=2)) == 1
    assert everything_in(data) == []
