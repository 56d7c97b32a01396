"""One running product for the hostile clients of this folder."""

import pytest

from tests.security.client import Tab
from tests.security.server import serving


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("attacked")) as running:
        yield running


@pytest.fixture
def open_tab(server):
    opened: list[Tab] = []

    def open_one(**how) -> Tab:
        opened.append(Tab(server.base, **how))
        return opened[-1]

    yield open_one
    for tab in opened:
        tab.close()
