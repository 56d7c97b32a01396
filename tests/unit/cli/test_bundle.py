"""One bundle serves every address."""

import gzip
from pathlib import Path

import pytest

from casetasks_app.cli import bundle

BUILT = 'var e={PING:"http://localhost:8000/ping",EVENT:"ws://localhost:8000/_event",TRANSPORT:`websocket`};export{e as t};'
OPEN = 'var e={PING:location.origin+"/ping",EVENT:"ws"+location.origin.slice(4)+"/_event",TRANSPORT:`websocket`};export{e as t};'


@pytest.mark.parametrize("quote", ['"', "'", "`"])
def test_every_built_in_address_becomes_the_address_of_the_page(quote: str):
    assert bundle.without_address(BUILT.replace('"', quote)) == OPEN


def test_a_chunk_without_an_address_is_refused():
    with pytest.raises(bundle.UnknownBundle):
        bundle.without_address("export{};")


def test_an_address_left_over_is_refused():
    with pytest.raises(bundle.UnknownBundle):
        bundle.without_address(BUILT + 'x="http://localhost:3000/ping"')


def test_a_build_without_the_address_chunk_is_refused(tmp_path: Path):
    with pytest.raises(bundle.UnknownBundle):
        bundle.open_to_any_address(tmp_path)


def test_the_compressed_copies_say_the_same_as_the_chunk(tmp_path: Path):
    chunk = tmp_path / "assets" / "reflex-env-abc.js"
    chunk.parent.mkdir()
    chunk.write_text(BUILT, encoding="utf-8")
    chunk.with_name(chunk.name + ".gz").write_bytes(gzip.compress(BUILT.encode()))
    chunk.with_name(chunk.name + ".br").write_bytes(b"old")

    bundle.open_to_any_address(tmp_path)

    assert chunk.read_text(encoding="utf-8") == OPEN
    assert gzip.decompress(chunk.with_name(chunk.name + ".gz").read_bytes()).decode() == OPEN
    assert not chunk.with_name(chunk.name + ".br").exists()
