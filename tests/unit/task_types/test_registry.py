"""Loading: bundled plugins first, foreign ones through the same door, and what happens to a broken one."""

import sys

import pytest

from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import Form, field
from casetasks_app.task_types.jobs import sends
from casetasks_app.task_types.registry import Candidate, NotLoaded, PluginBroken
from tests.unit.task_types.packages import install, reading

BROKEN = {
    "raising": "raise RuntimeError('no licence')",
    "leaving": "import sys; sys.exit('go away')",
    "empty": "",
    "wrong": "plugin = 'a text'",
}


class Note(Form):
    """One question."""

    note: str = field("Note")


def a_plugin(plugin_id="note", **more) -> TaskPlugin:
    return TaskPlugin(**{"id": plugin_id, "name": "Note", "version": "1.0", "summary": "A note.", "forms": {"note": Note}, **more})


def accept(plugin):
    return []


def refuse(plugin):
    return ["process.bpmn:3: broken"]


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    monkeypatch.setattr(registry, "_state", [])
    yield
    for name in [*BROKEN, "noise_reading", "second_reading", "sorry", "sorry.summary"]:
        sys.modules.pop(name, None)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_asking_before_loading_is_a_mistake_of_whoever_put_the_application_together():
    with pytest.raises(NotLoaded, match=r"registry\.load"):
        registry.installed()


def test_the_bundled_plugins_are_found_without_being_named():
    found = registry.load(check=accept)

    assert set(found.plugins) >= {"approval", "collect_information", "standard"}
    assert not found.refused


def test_a_plugin_from_elsewhere_needs_no_change_of_the_core(place):
    """S12."""
    install(place, "noise_reading", reading("noise_reading"))

    found = registry.load(check=accept)

    assert found.plugins["noise_reading"].name == "Noise reading"
    assert list(found.plugins)[-1] == "noise_reading"
    assert registry.installed() is found.plugins


def test_broken_foreign_plugins_take_nothing_else_down(place):
    for package, code in BROKEN.items():
        install(place, package, code)
    install(place, "noise_reading", reading("noise_reading"))

    found = registry.load(check=accept)

    assert "noise_reading" in found.plugins
    assert [str(each) for each in found.refused] == [
        "empty 1.0, empty:plugin (empty 1.0, empty:plugin): AttributeError while it was loaded: module 'empty' has no attribute 'plugin'",
        "leaving 1.0, leaving:plugin (leaving 1.0, leaving:plugin): SystemExit while it was loaded: go away",
        "raising 1.0, raising:plugin (raising 1.0, raising:plugin): RuntimeError while it was loaded: no licence",
        "wrong 1.0, wrong:plugin (wrong 1.0, wrong:plugin): plugin must be a TaskPlugin, not str.",
    ]


def raises(*_):
    raise RuntimeError("no luck")


TROUBLES = {
    "a form that raises": ({"forms": {"note": raises}}, "RuntimeError while it was loaded: no luck"),
    "a form that is none": (
        {"forms": {"note": lambda _: "a text"}},
        "forms['note'] must be a Form class, or a function from settings to one.",
    ),
    "settings that are no form": ({"settings": dict}, "settings must be a Form class."),
    "a letter that is missing": ({"jobs": {"send": sends("moon", to="team")}}, "jobs['send']: emails/moon/subject.txt is missing."),
    "a note that is none": ({"note": 3}, "note must be a function from a step's name and its answers to a Note or nothing."),
    "a job that is none": ({"jobs": {"send": "a text"}}, "jobs['send'] must be a function, a Job, or what sends(…) gives."),
    "a package that is not there": ({"package": "moon"}, "ModuleNotFoundError while it was loaded: No module named 'moon'"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_plugin_in_trouble_is_refused_in_words_and_the_others_are_used(trouble):
    changes, sentence = TROUBLES[trouble]
    found = [
        Candidate("bad 1.0", False, lambda: a_plugin("bad", **changes)),
        Candidate("note 1.0", False, a_plugin),
        Candidate("late 1.0", False, raises),
    ]

    loaded = registry.load(check=accept, found=found)

    assert list(loaded.plugins) == ["note"]
    assert sentence in loaded.refused[0].reasons
    assert loaded.refused[1].reasons == ("RuntimeError while it was loaded: no luck",)


@pytest.mark.parametrize("text", [b"<definitions>\xe9", "<definitions/>".encode("utf-16")])
def test_a_process_that_is_not_saved_as_utf_8_is_told_in_words(place, text):
    (install(place, "other_letters", reading("other_letters")) / "process.bpmn").write_bytes(text)

    loaded = registry.load(check=lambda plugin: registry.model_xml(plugin) and [])

    assert [str(refusal) for refusal in loaded.refused] == [
        "other_letters (other_letters 1.0, other_letters:plugin): process.bpmn is not text in UTF-8; save it so."
    ]


def test_a_mark_of_byte_order_is_read_over(place):
    (install(place, "marked", reading("marked")) / "process.bpmn").write_bytes(b"\xef\xbb\xbf<definitions/>")

    plugin = registry.load(check=accept).plugins["marked"]

    assert registry.model_xml(plugin) == "<definitions/>"


def test_a_check_that_raises_keeps_one_plugin_out_and_no_other():
    found = [Candidate("bad 1.0", False, lambda: a_plugin("bad")), Candidate("note 1.0", False, a_plugin)]

    loaded = registry.load(check=lambda plugin: raises() if plugin.id == "bad" else [], found=found)

    assert list(loaded.plugins) == ["note"]
    assert str(loaded.refused[0]) == "bad (bad 1.0): RuntimeError while it was loaded: no luck"


def test_a_summary_that_cannot_be_imported_is_found_at_start(place):
    package = install(place, "sorry", reading("sorry"))
    (package / "summary.py").write_text("from casetasks_app.task_types.summary import Nothing\n")

    (refusal,) = registry.load(check=accept).refused

    assert refusal.id == "sorry"
    assert refusal.reasons[0].startswith("ImportError while it was loaded: cannot import name 'Nothing'")


def test_a_summary_without_its_function_is_found_at_start(place):
    package = install(place, "sorry", reading("sorry"))
    (package / "summary.py").write_text("summary = 'all well'\n")

    (refusal,) = registry.load(check=accept).refused

    assert refusal.reasons == ("summary.py has no function called summary.",)


def test_of_two_plugins_with_one_id_the_second_is_refused_and_both_are_named(place):
    install(place, "noise_reading", reading("approval"))
    install(place, "second_reading", reading("noise_reading"))

    found = registry.load(check=accept)

    assert found.plugins["approval"].package == "casetasks_app.plugins.approval"
    assert found.plugins["noise_reading"].package == "second_reading"
    assert [str(each) for each in found.refused] == [
        "approval (noise_reading 1.0, noise_reading:plugin): The id approval is taken by casetasks_app.plugins.approval."
    ]


def test_what_the_check_of_the_process_finds_keeps_a_plugin_out(place):
    install(place, "noise_reading", reading("noise_reading"))

    found = registry.load(check=lambda plugin: ["process.bpmn:3: broken"] if plugin.id == "noise_reading" else [])

    assert found.refused[0].reasons == ("process.bpmn:3: broken",)


def test_a_broken_bundled_plugin_stops_the_start():
    candidates = [Candidate("casetasks_app.plugins.note", True, a_plugin)]

    with pytest.raises(PluginBroken) as stopped:
        registry.load(check=refuse, found=candidates)

    assert stopped.value.message == "The plugin note (casetasks_app.plugins.note): process.bpmn:3: broken"


def test_with_strict_plugins_a_broken_foreign_one_stops_the_start_too():
    candidates = [Candidate("noise 1.0", False, lambda: "text")]

    with pytest.raises(PluginBroken, match=r"noise 1\.0"):
        registry.load(check=accept, strict=True, found=candidates)


def test_loading_that_fails_leaves_what_was_loaded():
    before = registry.load(check=accept)

    with pytest.raises(PluginBroken):
        registry.load(check=accept, strict=True, found=[Candidate("noise 1.0", False, lambda: "text")])

    assert registry.loaded() is before


def test_several_forms_need_a_process_model():
    candidates = [Candidate("noise 1.0", False, lambda: a_plugin(forms={"a": Note, "b": Note}))]

    (refusal,) = registry.load(check=accept, found=candidates).refused

    assert refusal.reasons == ("There is no process.bpmn, so one form is needed; forms has a, b.",)


def test_a_plugin_may_be_in_use_for_a_test_alone():
    registry.load(check=accept)
    before = registry.installed()

    with registry.registered(a_plugin()):
        assert registry.installed()["note"].name == "Note"
        assert set(registry.installed()) == {*before, "note"}

    assert registry.installed() is before
