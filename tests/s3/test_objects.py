"""Objects: what is put is what is got, under the very name it was given."""

import base64
import hashlib
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from minio.commonconfig import CopySource
from minio.deleteobjects import DeleteObject
from minio.error import S3Error

from tests.s3.place import Place

MIB = 1024 * 1024


@pytest.mark.parametrize("size", [0, 1, 65_537, 9 * MIB])
def test_an_object_comes_back_byte_for_byte(place: Place, size: int) -> None:
    content = hashlib.shake_256(b"object").digest(size)
    place.put("one", content)
    assert place.got("one") == content
    assert place.stat("one").size == size


def test_a_range_is_cut_exactly(place: Place) -> None:
    content = hashlib.shake_256(b"range").digest(6 * MIB)
    place.put("one", content)
    middle = 5 * MIB - 3
    assert place.got("one", offset=middle, length=10) == content[middle : middle + 10]
    assert place.got("one", offset=len(content) - 1) == content[-1:]


def test_a_later_put_replaces_and_a_missing_key_is_named_so(place: Place) -> None:
    place.put("one", b"before")
    place.put("one", b"after")
    assert place.got("one") == b"after"
    for ask in (place.stat, place.got):
        with pytest.raises(S3Error, match="NoSuchKey"):
            ask("none")


def test_removing_is_harmless_to_repeat(place: Place) -> None:
    place.put("one", b"x")
    place.remove("one")
    place.remove("one")
    assert place.names() == []


def test_a_list_of_several_pages_is_whole_and_sorted_and_can_be_deleted_at_once(
    place: Place,
) -> None:
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda number: place.put(f"files/{number:04}", b"x"), range(1_050)))
    place.put("uploads/1", b"x")
    names = place.names("files/")
    assert len(names) == 1_050
    assert all(before < after for before, after in pairwise(names))
    folders = [one.object_name for one in place.client.list_objects(place.bucket, place.prefix)]
    assert folders == [place.key("files/"), place.key("uploads/")]

    everything = [DeleteObject(place.key(name)) for name in place.names()]
    assert list(place.client.remove_objects(place.bucket, everything)) == []
    assert place.names() == []


def test_two_spellings_of_one_vietnamese_name_are_two_keys(place: Place) -> None:
    composed = unicodedata.normalize("NFC", "công văn/Quyết định số 1.pdf")
    taken_apart = unicodedata.normalize("NFD", composed)
    place.put(composed, b"NFC")
    place.put(taken_apart, b"NFD")
    assert place.got(composed) == b"NFC"
    assert place.got(taken_apart) == b"NFD"
    assert set(place.names()) == {composed, taken_apart}


@pytest.mark.parametrize(
    ("header", "digest"), [("Content-MD5", "md5"), ("x-amz-checksum-sha256", "sha256")]
)
def test_a_body_that_differs_from_its_declared_digest_is_refused(
    place: Place, header: str, digest: str
) -> None:
    for name, status in [(b"other content", 400), (b"this content", 200)]:
        declared = base64.b64encode(hashlib.new(digest, name).digest()).decode()
        answer = place.send("PUT", "one", b"this content", {header: declared})
        assert answer.status == status
        assert place.names() == ([] if status == 400 else ["one"])


def test_an_upload_cut_off_in_the_middle_leaves_nothing(place: Place) -> None:
    url = urlsplit(place.client.presigned_put_object(place.bucket, place.key("one")))
    connection = HTTPConnection(place.account.host)
    connection.putrequest("PUT", f"{url.path}?{url.query}")
    connection.putheader("Content-Length", str(2 * MIB))
    connection.endheaders(b"x" * MIB)
    connection.close()
    place.put("two", b"served after the cut")
    assert place.names() == ["two"]


def test_a_copy_is_made_only_of_the_bytes_that_were_meant(place: Place) -> None:
    def copy(etag: str) -> None:
        source = CopySource(place.bucket, place.key("from"), match_etag=etag)
        place.client.copy_object(place.bucket, place.key("to"), source)

    place.put("from", b"verified")
    etag = place.stat("from").etag
    place.put("from", b"replaced")
    with pytest.raises(S3Error, match="PreconditionFailed"):
        copy(etag)
    assert place.names() == ["from"]
    copy(place.stat("from").etag)
    assert place.got("to") == b"replaced"


def test_a_large_object_may_travel_in_parts(place: Place) -> None:
    content = hashlib.shake_256(b"parts").digest(11 * MIB)
    place.put("one", content, part_size=5 * MIB)
    assert place.got("one") == content


def begin(place: Place) -> str:
    """Begin an upload of object `one` in parts; the id of the upload."""
    answer = place.send("POST", "one", query={"uploads": ""}).data.decode()
    return str(re.findall(r"<UploadId>(.+)</UploadId>", answer)[0])


def test_parts_may_arrive_in_any_order(place: Place) -> None:
    upload, tags = begin(place), {}
    parts = {2: b"b" * MIB, 1: b"a" * (5 * MIB)}
    for number, part in parts.items():
        query = {"uploadId": upload, "partNumber": str(number)}
        tags[number] = place.send("PUT", "one", part, query=query).headers["ETag"]
    assert place.names() == []

    named = (f"<PartNumber>{n}</PartNumber><ETag>{tags[n]}</ETag>" for n in (1, 2))
    inner = "".join(f"<Part>{part}</Part>" for part in named)
    body = f"<CompleteMultipartUpload>{inner}</CompleteMultipartUpload>".encode()
    assert place.send("POST", "one", body, query={"uploadId": upload}).status == 200
    assert place.got("one") == parts[1] + parts[2]


def test_an_abandoned_upload_in_parts_is_no_object(place: Place) -> None:
    upload = begin(place)
    part = {"uploadId": upload, "partNumber": "1"}
    assert place.send("PUT", "one", b"a" * MIB, query=part).status == 200
    assert place.send("DELETE", "one", query={"uploadId": upload}).status == 204
    assert place.send("PUT", "one", b"a" * MIB, query=part).status == 404
    assert place.names() == []
