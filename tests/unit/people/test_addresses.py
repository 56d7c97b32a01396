"""Who asks, seen through reverse proxies and past what visitors invent."""

from ipaddress import ip_network

import pytest
from pydantic import ValidationError

from casetasks_app.people.addresses import real_address
from casetasks_app.settings import Settings

PROXIES = tuple(ip_network(each) for each in ("127.0.0.1", "10.0.0.0/24", "2001:db8::/64"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "real"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["203.0.113.7"], "203.0.113.7"),
        ("127.0.0.1", ["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
        ("127.0.0.1", ["198.51.100.1", "203.0.113.7"], "203.0.113.7"),
        ("127.0.0.1", ["198.51.100.1, 127.0.0.1, 203.0.113.7"], "203.0.113.7"),
        ("127.0.0.1", ["198.51.100.1, 203.0.113.7, 10.0.0.9"], "203.0.113.7"),
        ("127.0.0.1", ["10.0.0.3, 10.0.0.9"], "10.0.0.3"),
        ("127.0.0.1", ["203.0.113.7:51324"], "203.0.113.7"),
        ("2001:db8::5", ["[2001:db8:1::9]:443"], "2001:db8:1::9"),
        ("::ffff:127.0.0.1", ["::ffff:203.0.113.7"], "203.0.113.7"),
        ("127.0.0.1", ["203.0.113.7, unknown"], "127.0.0.1"),
        ("127.0.0.1", ["203.0.113.7, "], "127.0.0.1"),
        ("127.0.0.1", ["' OR 1=1 --"], "127.0.0.1"),
        ("", ["203.0.113.7"], ""),
    ],
)
def test_only_what_a_trusted_proxy_wrote_is_believed(peer: str, forwarded: list[str], real: str):
    assert real_address(peer, forwarded, PROXIES) == real


def test_without_trusted_proxies_the_header_counts_for_nothing():
    assert real_address("127.0.0.1", ["203.0.113.7"], ()) == "127.0.0.1"


def test_the_setting_takes_addresses_and_networks():
    config = Settings(trusted_proxies="127.0.0.1, 10.0.0.0/24,2001:db8::/64")

    assert config.proxies == PROXIES


def test_what_is_no_address_is_refused_at_the_start():
    with pytest.raises(ValidationError, match="does not appear to be an IPv4 or IPv6 network"):
        Settings(trusted_proxies="proxy.example")


def test_believing_everybody_is_unfit_for_production():
    config = Settings(public_url="https://tasks.example.gov.uk", trusted_proxies="0.0.0.0/0")

    assert config.problems() == ["CASETASKS_TRUSTED_PROXIES believes everybody: name the addresses of the reverse proxies alone."]
