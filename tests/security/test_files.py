"""Files over HTTP: who may put one in, what is taken, and how it comes back."""

import uuid

import pytest

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
BOUNDARY = "----boundary7"


def _form(name: str, content: bytes, *, before: bytes = b"") -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/pdf\r\n\r\n'
    return before + head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def _upload(
    server, body: bytes, *, cookie: str, draft: str = "", origin: str | None = None, kind: str = f"multipart/form-data; boundary={BOUNDARY}"
):
    return server.request(
        "POST", f"/upload?draft={draft or uuid.uuid4().hex}", body=body, cookie=cookie, origin=origin or server.base, content_type=kind
    )


def _file_id(answer) -> str:
    assert answer.status == 201, answer.body
    return answer.body.decode().split('"file_id":"')[1].partition('"')[0]


def test_an_upload_comes_back_to_its_uploader_as_an_attachment_and_unchanged(server):
    cookie = server.sign_in()
    content = PDF + b"%" * 3_000_000

    answer = server.request("GET", f"/files/{_file_id(_upload(server, _form('plan.pdf', content), cookie=cookie))}", cookie=cookie)

    assert (answer.status, answer.body) == (200, content)
    assert answer.headers["content-disposition"] == 'attachment; filename="plan.pdf"'
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert (answer.headers["x-content-type-options"], answer.headers["cache-control"]) == ("nosniff", "private, no-store")


def test_somebody_elses_upload_does_not_exist(server):
    file_id = _file_id(_upload(server, _form("plan.pdf", PDF), cookie=server.sign_in("ana@example.test")))

    answer = server.request("GET", f"/files/{file_id}", cookie=server.sign_in("tom@example.test"))

    assert answer.status == 404
    assert b"PDF" not in answer.body


def test_an_image_may_be_drawn_by_whoever_may_have_it_and_nothing_else_is_ever_inline(server):
    owner, other = server.sign_in("ana@example.test"), server.sign_in("tom@example.test")
    image = b"\x89PNG\r\n\x1a\n" + b"<script>alert(1)</script>"
    picture = f"/files/{_file_id(_upload(server, _form('front.png', image), cookie=owner))}/preview"
    plan = f"/files/{_file_id(_upload(server, _form('plan.pdf', PDF), cookie=owner))}/preview"

    answer = server.request("GET", picture, cookie=owner)

    assert (answer.status, answer.body) == (200, image)
    kept = {name: answer.headers[name] for name in ("content-type", "content-disposition", "x-content-type-options", "cache-control")}
    assert kept == {
        "content-type": "image/png",
        "content-disposition": 'inline; filename="front.png"',
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert [server.request("GET", picture, cookie=cookie).status for cookie in (other, "")] == [404, 401]
    assert server.request("GET", plan, cookie=owner).status == 404


@pytest.mark.parametrize("file_id", ["1", "x" * 32, "..%2f..%2fcasetasks.db", "0" * 32, "%00"])
def test_ids_that_were_guessed_lead_nowhere(server, file_id):
    assert server.request("GET", f"/files/{file_id}", cookie=server.sign_in()).status == 404


def test_an_upload_needs_a_sign_in_and_our_own_page(server):
    stranger = _upload(server, _form("plan.pdf", PDF), cookie="")
    foreign = _upload(server, _form("plan.pdf", PDF), cookie=server.sign_in(), origin="https://evil.example")

    assert (stranger.status, foreign.status) == (401, 403)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", b"MZ" + b"\0" * 500),
        ("plan.exe", PDF),
        ("plan.html", b"<script>alert(1)</script>"),
        ("plan.pdf", b""),
        ("plan.svg", b"<svg/>"),
    ],
)
def test_what_is_not_what_it_says_is_refused_in_words_and_leaves_nothing_behind(server, name, content):
    answer = _upload(server, _form(name, content), cookie=server.sign_in())

    assert answer.status == 422
    assert b'"detail":"' in answer.body
    assert not list((server.folder / "data" / "files" / "arriving").glob("*"))


def test_a_name_that_climbs_is_only_a_name(server):
    cookie = server.sign_in()

    file_id = _file_id(_upload(server, _form("../../../../etc/x.pdf", PDF), cookie=cookie))

    assert server.request("GET", f"/files/{file_id}", cookie=cookie).headers["content-disposition"] == 'attachment; filename="x.pdf"'
    assert not (server.folder / "etc").exists()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "text/plain"),
        (b"abc", "multipart/form-data"),
        (b"rubbish\r\n", f"multipart/form-data; boundary={BOUNDARY}"),
        (b"--", "multipart/form-data; boundary="),
    ],
)
def test_what_is_no_form_is_refused(server, body, kind):
    assert _upload(server, body, cookie=server.sign_in(), kind=kind).status == 422


@pytest.mark.parametrize("draft", ["%20", "a'b", "x" * 81, "..%5C"])
def test_a_draft_key_must_look_like_one(server, draft):
    assert _upload(server, _form("plan.pdf", PDF), cookie=server.sign_in(), draft=draft).status == 400


def test_no_more_files_than_allowed_wait_in_one_draft(server):
    cookie, draft = server.sign_in(), uuid.uuid4().hex

    answers = [_upload(server, _form(f"{number}.pdf", PDF), cookie=cookie, draft=draft).status for number in range(11)]

    assert answers == [201] * 10 + [422]
