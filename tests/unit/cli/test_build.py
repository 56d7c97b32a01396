"""The front end is built when its sources change, and only then."""

from pathlib import Path

import pytest

from casetasks_app.cli import build, place


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "app" / "pages").mkdir(parents=True)
    (tmp_path / "app" / "pages" / "page.py").write_text("one", encoding="utf-8")
    (tmp_path / "rxconfig.py").write_text("config", encoding="utf-8")
    return tmp_path


NAMES = ("app", "rxconfig.py", "absent")


def test_the_fingerprint_is_the_same_for_the_same_sources(sources: Path):
    before = build.fingerprint(sources, NAMES)

    (sources / "app" / "pages" / "page.py").touch()

    assert build.fingerprint(sources, NAMES) == before


def test_the_fingerprint_changes_with_a_file(sources: Path):
    before = build.fingerprint(sources, NAMES)

    (sources / "app" / "pages" / "page.py").write_text("two", encoding="utf-8")

    assert build.fingerprint(sources, NAMES) != before


def test_the_fingerprint_changes_with_a_name(sources: Path):
    before = build.fingerprint(sources, NAMES)

    (sources / "app" / "pages" / "page.py").rename(sources / "app" / "page.py")

    assert build.fingerprint(sources, NAMES) != before


def test_what_python_leaves_behind_does_not_change_the_fingerprint(sources: Path):
    before = build.fingerprint(sources, NAMES)

    (sources / "app" / "page.cpython-311.pyc").write_bytes(b"compiled")

    assert build.fingerprint(sources, NAMES) == before


def test_the_order_in_a_lock_file_does_not_change_the_fingerprint(tmp_path: Path):
    lock = tmp_path / "package.json"
    lock.write_text('{"name": "reflex", "type": "module"}', encoding="utf-8")
    before = build.fingerprint(tmp_path, ("package.json",))

    lock.write_text('{"type": "module", "name": "reflex"}', encoding="utf-8")

    assert build.fingerprint(tmp_path, ("package.json",)) == before


def test_a_plugin_changes_no_page(tmp_path: Path):
    plugin = tmp_path / "casetasks_app" / "plugins" / "survey" / "forms.py"
    plugin.parent.mkdir(parents=True)
    plugin.write_text("one", encoding="utf-8")
    before = build.fingerprint(tmp_path, ("casetasks_app",))

    plugin.write_text("two", encoding="utf-8")

    assert build.fingerprint(tmp_path, ("casetasks_app",)) == before


def test_a_folder_without_rxconfig_is_not_where_the_product_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(place, "ROOT", tmp_path)

    with pytest.raises(place.NotInCheckout):
        build.ensure_built()


def test_without_a_bundle_nothing_is_current(sources: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(place, "ROOT", sources)
    monkeypatch.setattr(place, "WEB", sources / ".web")

    assert not build.is_current()
