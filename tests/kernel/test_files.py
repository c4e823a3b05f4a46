"""The file store on a real S3 server: named by digest, whole or not at all, checked on reading."""

import io
import os
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

import pytest

from contracts.errors import FileDamaged, FileMissing, FileTooLarge, Invalid, Unavailable
from infra.local.world import World
from services.kernel.files import CHUNK, MOST_BYTES, Files, KeptFile
from tests.kernel.store import NOWHERE, Store, send, some


@pytest.fixture
def files(world: World) -> Files:
    """The store of this module's world."""
    return Files(world.s3_url)


@pytest.fixture
def store(world: World) -> Store:
    """The same store from behind."""
    return Store(world.s3_url)


def test_an_uploaded_file_is_kept_under_its_digest_and_the_upload_goes(
    files: Files, store: Store
) -> None:
    content, sha256 = some()
    offer = files.offer(sha256, len(content))
    assert send("PUT", offer.url, content).status == 200
    assert store.keys(sha256) == {f"uploads/{sha256}"}
    with pytest.raises(FileMissing):
        files.read(sha256)

    assert files.accept(sha256, len(content)) == KeptFile(sha256, len(content))
    assert store.keys(sha256) == {f"files/{sha256}"}
    assert files.read(sha256) == content


def test_accepting_again_is_harmless_with_and_without_a_second_upload(
    files: Files, store: Store
) -> None:
    content, sha256 = some()
    send("PUT", files.offer(sha256, len(content)).url, content)
    first = files.accept(sha256, len(content))
    store.overwrite(f"files/{sha256}", content)
    assert files.accept(sha256, len(content)) == first

    send("PUT", files.offer(sha256, len(content)).url, b"something else")
    assert files.accept(sha256, len(content)) == first
    assert store.keys(sha256) == {f"files/{sha256}"}
    assert store.is_untouched(f"files/{sha256}")
    assert files.read(sha256) == content


def test_many_who_accept_one_file_at_once_all_succeed(files: Files, store: Store) -> None:
    content, sha256 = some()
    send("PUT", files.offer(sha256, len(content)).url, content)
    together = Barrier(8)

    def accept(_: int) -> KeptFile:
        together.wait(30)
        return files.accept(sha256, len(content))

    with ThreadPoolExecutor(8) as crowd:
        assert set(crowd.map(accept, range(8))) == {KeptFile(sha256, len(content))}
    assert store.keys(sha256) == {f"files/{sha256}"}


def one_bit_wrong(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


@pytest.mark.parametrize(
    "damage",
    [one_bit_wrong, lambda content: content[:-1], lambda content: content + b"x", lambda _: b""],
    ids=["one bit", "too short", "too long", "empty"],
)
def test_of_a_damaged_upload_nothing_is_kept(
    files: Files, store: Store, damage: Callable[[bytes], bytes]
) -> None:
    content, sha256 = some()
    send("PUT", files.offer(sha256, len(content)).url, damage(content))
    with pytest.raises(FileDamaged) as no:
        files.accept(sha256, len(content))
    assert no.value.data["sha256"] == sha256
    assert store.keys(sha256) == set()

    send("PUT", files.offer(sha256, len(content)).url, content)
    files.accept(sha256, len(content))
    assert files.read(sha256) == content


def test_the_right_bytes_with_a_wrong_size_are_refused(files: Files, store: Store) -> None:
    content, sha256 = some()
    send("PUT", files.offer(sha256, len(content) + 1).url, content)
    with pytest.raises(FileDamaged):
        files.accept(sha256, len(content) + 1)
    assert store.keys(sha256) == set()


def test_a_kept_file_of_another_size_is_not_taken_for_the_promised_one(
    files: Files, store: Store
) -> None:
    content, sha256 = some()
    files.keep(content)
    with pytest.raises(FileDamaged):
        files.accept(sha256, len(content) + 1)
    assert store.keys(sha256) == {f"files/{sha256}"}


def test_an_upload_replaced_after_it_was_verified_is_not_kept(
    files: Files, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, sha256 = some()
    offer = files.offer(sha256, len(content))
    send("PUT", offer.url, content)
    copy = files._s3.copy_object

    def replace_then_copy(*what: Any) -> object:
        send("PUT", offer.url, os.urandom(len(content)))
        return copy(*what)

    monkeypatch.setattr(files._s3, "copy_object", replace_then_copy)
    with pytest.raises(FileDamaged):
        files.accept(sha256, len(content))
    assert store.keys(sha256) == set()


def test_an_interrupted_upload_is_no_upload(files: Files, store: Store) -> None:
    content, sha256 = some()
    url = urlsplit(files.offer(sha256, len(content)).url)
    connection = HTTPConnection(url.netloc)
    connection.putrequest("PUT", f"{url.path}?{url.query}")
    connection.putheader("Content-Length", str(len(content)))
    connection.endheaders(content[: len(content) // 2])
    connection.close()
    with pytest.raises(FileMissing):
        files.accept(sha256, len(content))
    assert store.keys(sha256) == set()


def test_a_file_over_the_limit_is_refused_before_anything_moves(files: Files) -> None:
    for ask in (files.offer, files.accept):
        with pytest.raises(FileTooLarge) as no:
            ask(NOWHERE, MOST_BYTES + 1)
        assert no.value.data == {"size": MOST_BYTES + 1, "limit": MOST_BYTES}


@pytest.mark.parametrize(
    "name", ["", "../" + NOWHERE[3:], NOWHERE.replace("0", "A"), NOWHERE + "\n"]
)
def test_only_a_digest_names_a_file(files: Files, name: str) -> None:
    for ask in (
        lambda: files.offer(name, 1),
        lambda: files.accept(name, 1),
        lambda: files.read(name),
        lambda: files.require([name]),
        lambda: files.link(name, 60, "a.pdf"),
    ):
        with pytest.raises(Invalid):
            ask()


def test_a_result_is_kept_once_from_bytes_or_from_a_stream(files: Files, store: Store) -> None:
    content, sha256 = some()
    assert files.keep(content) == KeptFile(sha256, len(content))
    store.overwrite(f"files/{sha256}", content)
    stream = io.BytesIO(content)
    stream.seek(50)
    assert files.keep(stream) == KeptFile(sha256, len(content))
    assert store.is_untouched(f"files/{sha256}")
    assert files.read(sha256) == content


def test_two_who_keep_the_same_result_at_once_both_succeed(files: Files, store: Store) -> None:
    for _ in range(5):
        (content, sha256), together = some(), Barrier(2)

        def keep(content: bytes, together: Barrier = together) -> KeptFile:
            together.wait(30)
            return files.keep(content)

        with ThreadPoolExecutor(2) as pair:
            assert set(pair.map(keep, [content, content])) == {KeptFile(sha256, len(content))}
        assert files.read(sha256) == content


@pytest.mark.parametrize("place", [0, 50_000, 99_999], ids=["first", "middle", "last"])
def test_one_wrong_byte_in_the_store_is_found_on_reading(
    files: Files, store: Store, place: int
) -> None:
    content, sha256 = some()
    files.keep(content)
    wrong = bytearray(content)
    wrong[place] ^= 1
    store.overwrite(f"files/{sha256}", bytes(wrong))
    with pytest.raises(FileDamaged, match=sha256):
        files.read(sha256)


def test_a_damaged_file_never_comes_out_whole_in_a_stream(files: Files, store: Store) -> None:
    content, sha256 = some(3 * CHUNK)
    files.keep(content)
    store.overwrite(f"files/{sha256}", one_bit_wrong(content))
    came = bytearray()
    with pytest.raises(FileDamaged):
        for chunk in files.open(sha256):
            came += chunk
    assert 0 < len(came) < len(content)
    store.overwrite(f"files/{sha256}", content)
    assert b"".join(files.open(sha256)) == content


def test_a_file_is_streamed_in_little_memory(files: Files) -> None:
    content, sha256 = some(24 * 1024 * 1024)
    send("PUT", files.offer(sha256, len(content)).url, content)
    tracemalloc.start()
    files.accept(sha256, len(content))
    files.keep(io.BytesIO(content))
    total = sum(len(chunk) for chunk in files.open(sha256))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == len(content)
    assert most < 4 * 1024 * 1024


def test_what_an_act_needs_can_be_required_before_it(files: Files) -> None:
    kept = files.keep(some()[0]).sha256
    files.require([])
    files.require([kept, kept])
    with pytest.raises(FileMissing, match=NOWHERE):
        files.require([kept, NOWHERE])


def test_the_store_is_ready_only_with_its_bucket(files: Files, world: World) -> None:
    files.ping()
    with pytest.raises(Unavailable):
        Files(world.s3_url + "-elsewhere").ping()


@pytest.mark.parametrize(
    "url", ["", "http://host:1/bucket", "http://a:b@host:1", "http://a:b@host:1/", "http://a@h/b"]
)
def test_a_store_without_address_secret_or_bucket_does_not_start(url: str) -> None:
    with pytest.raises(ValueError, match="S3 url"):
        Files(url)
