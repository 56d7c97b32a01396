"""The raw-socket attacker: what a hostile client may try over the wire, and what it gets."""

import re

import pytest
import websocket

from tests.security.client import ME, STATE, VICTIM, Tab

NOBODY = ""


def _is_loaded(tab: Tab) -> bool:
    return bool(tab.var(VICTIM, "rows"))


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null", "http://127.0.0.1.evil.example"])
def test_a_socket_from_another_site_is_refused_even_with_a_living_sign_in(server, open_tab, origin):
    cookie = server.sign_in()

    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        open_tab(cookie=cookie, origin=origin)


@pytest.mark.parametrize("cookie", [NOBODY, "sid=", "sid=" + "a" * 43, "sid=' OR 1=1 --", "__Host-sid=x"])
def test_a_socket_without_a_living_sign_in_is_refused(open_tab, cookie):
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        open_tab(cookie=cookie)


def test_a_socket_without_an_origin_is_refused(server, open_tab):
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        open_tab(cookie=server.sign_in(), origin="")


def test_the_transport_without_an_origin_check_is_closed(server):
    answer = server.request("GET", "/_event/?EIO=4&transport=polling", cookie=server.sign_in())

    assert answer.status == 400


def test_a_stolen_tab_token_is_useless_to_somebody_else_also_after_its_owner_left(server, open_tab):
    owner = open_tab(cookie=server.sign_in("ana@example.test"))
    owner.load()
    assert owner.until(_is_loaded)
    thief = server.sign_in("tom@example.test")

    for _ in range(2):
        with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
            open_tab(cookie=thief, token=owner.token)
        owner.close()


def test_after_the_owner_signed_out_a_new_sign_in_gets_the_tab_emptied(server, open_tab):
    cookie = server.sign_in("ana@example.test")
    owner = open_tab(cookie=cookie)
    owner.load()
    assert owner.until(_is_loaded)
    owner.close()
    server.post("/sign-out", {}, cookie=cookie)

    heir = open_tab(cookie=server.sign_in("tom@example.test"), token=owner.token)
    heir.load()

    assert heir.until(lambda tab: tab.var(VICTIM, "rows") == ["secret of Tom Ellis"])
    assert "Ana" not in heir.everything()


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("administer", {}),
        ("forgotten", {}),
        ("helper", {}),
        ("set_is_admin", {"value": True}),
        ("setvar", {"var_name": "is_admin", "value": True}),
        ("with_default", {"is_dry": False}),
        ("reset", {}),
        ("get_state", {"state_cls": "x"}),
        ("_get_root_state", {}),
        ("__init__", {}),
    ],
)
def test_a_handler_that_does_not_allow_the_person_does_not_run(server, open_tab, name, payload):
    tab = open_tab(cookie=server.sign_in())
    tab.load()
    assert tab.until(_is_loaded)

    tab.send(f"{VICTIM}.{name}", payload)
    tab.finish()

    assert (tab.var(VICTIM, "is_admin"), tab.var(VICTIM, "dry")) == (False, "")


def test_an_administrator_may_call_what_is_allowed_to_administrators(server, open_tab):
    tab = open_tab(cookie=server.sign_in("ada@example.test"))
    tab.load()

    tab.send(f"{VICTIM}.administer")

    assert tab.until(lambda tab: tab.var(VICTIM, "is_admin"))


@pytest.mark.parametrize(
    "payload", [{"case_id": {"$gt": 0}}, {"case_id": "x"}, {"case_id": [1]}, {}, {"case_id": 1, "actor": "ada"}, {"self": 1}]
)
def test_arguments_of_the_wrong_kind_do_not_reach_a_handler(server, open_tab, payload):
    tab = open_tab(cookie=server.sign_in())
    tab.load()
    assert tab.until(_is_loaded)

    tab.send(f"{VICTIM}.take", payload)
    tab.finish()

    assert tab.var(VICTIM, "taken") == ""


def test_arguments_of_the_right_kind_do(server, open_tab):
    tab = open_tab(cookie=server.sign_in())
    tab.load()

    tab.send(f"{VICTIM}.take", {"case_id": 7})

    assert tab.until(lambda tab: tab.var(VICTIM, "taken") == "7")


def test_who_somebody_is_cannot_be_said_by_the_client(server, open_tab):
    tab = open_tab(cookie=server.sign_in())
    tab.load()
    assert tab.until(_is_loaded)

    tab.send(
        f"{STATE}.reflex___state____update_vars_internal_state.update_vars_internal",
        {"vars": {f"{ME}.is_administrator": True, f"{ME}._digest": "x"}},
    )
    tab.send(f"{ME}.setvar", {"var_name": "_digest", "value": "x"})
    tab.send(f"{VICTIM}.administer")
    tab.finish()

    assert (tab.var(ME, "is_administrator"), tab.var(VICTIM, "is_admin")) == (False, False)


def test_events_that_do_not_exist_or_are_none_are_dropped_and_logged_once_without_headers(server, open_tab):
    tab = open_tab(cookie=server.sign_in())
    tab.load()
    assert tab.until(_is_loaded)

    for _ in range(50):
        tab.send(f"{VICTIM}.no_such_thing", {"password": "hunter2hunter2"})
    for frame in ('42/_event,["event", 5]', '42/_event,["event"]', '42/_event,["event", {"name": 1}]', '42/_event,["event","{\\"name\\""]'):
        tab.raw(frame)
    tab.send(f"{VICTIM}.take", {"case_id": 9})

    assert tab.until(lambda tab: tab.var(VICTIM, "taken") == "9")
    assert server.log.count("no_such_thing") == 1
    assert "hunter2" not in server.log


def test_the_cookie_is_nowhere_behind_the_gate(server, open_tab):
    cookie = server.sign_in()
    tab = open_tab(cookie=cookie)
    tab.load()
    assert tab.until(_is_loaded)
    tab.send(f"{VICTIM}.break_down")
    tab.finish()

    secret = cookie.partition("=")[2]

    assert secret not in tab.everything()
    assert secret not in server.log
    assert "authorization" not in tab.everything()


def test_an_error_shows_a_reference_that_is_in_the_log_and_no_inner_detail(server, open_tab):
    tab = open_tab(cookie=server.sign_in())
    tab.load()

    tab.send(f"{VICTIM}.break_down")

    assert tab.until(lambda tab: "service desk" in tab.everything())
    reference = re.search(r"service desk: ([0-9A-Z]{4}), \d\d:\d\d", tab.everything())[1]
    assert f"Error {reference}" in server.log
    assert "inner detail" not in tab.everything()


def test_a_known_error_is_shown_in_its_own_words(server, open_tab):
    tab = open_tab(cookie=server.sign_in())
    tab.load()

    tab.send(f"{VICTIM}.refuse")

    assert tab.until(lambda tab: "You are not allowed to do this." in tab.everything())


def test_a_flood_is_slowed_then_cut_off_and_others_do_not_notice(server, open_tab):
    flooder, other = open_tab(cookie=server.sign_in("tom@example.test")), open_tab(cookie=server.sign_in("ana@example.test"))
    other.load()
    assert other.until(_is_loaded)

    _flood(flooder, f"{VICTIM}.take", 5000)
    other.send(f"{VICTIM}.take", {"case_id": 3})

    assert other.until(lambda tab: tab.var(VICTIM, "taken") == "3", seconds=5)
    assert flooder.until(lambda tab: tab.is_closed, seconds=30)


def test_an_oversized_message_closes_only_its_own_socket(server, open_tab):
    tab, other = open_tab(cookie=server.sign_in()), open_tab(cookie=server.sign_in())
    tab.load()

    tab.send(f"{VICTIM}.take", {"case_id": "9" * 400_000})
    other.load()

    assert other.until(_is_loaded)
    assert not tab.until(lambda tab: tab.var(VICTIM, "taken"), seconds=5)
    assert tab.is_closed


def _flood(tab: Tab, name: str, count: int) -> None:
    tab.socket.settimeout(5)
    try:
        for number in range(count):
            tab.send(name, {"case_id": number})
    except (OSError, websocket.WebSocketException):
        return
