"""The content policy names exactly the inline scripts of the build."""

import base64
import hashlib

from casetasks_app.web.headers import content_policy, script_hashes


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_each_inline_script_of_each_page_is_named_once_and_no_other(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "index.html").write_text(
        '<script>first()</script><script type="module" async="">import "/assets/a.js";\nsecond()</script>'
        '<script src="/assets/b.js"></script>'
        '<script type="application/json">{"no": "script"}</script><script></script>'
    )
    (tmp_path / "deep" / "index.html").write_text("<script>first()</script><SCRIPT>third()</SCRIPT>")

    found = script_hashes(tmp_path)

    assert found == sorted([_hash("first()"), _hash('import "/assets/a.js";\nsecond()'), _hash("third()")])


def test_without_a_build_no_inline_script_is_named(tmp_path):
    assert script_hashes(tmp_path / "missing") == []


def test_the_policy_allows_no_eval_and_no_other_inline_script():
    policy = dict(part.strip().split(" ", 1) for part in content_policy(["'sha256-x'"]).split(";"))

    assert policy["script-src"] == "'self' 'sha256-x'"
    assert {policy["object-src"], policy["base-uri"], policy["frame-ancestors"]} == {"'none'"}
