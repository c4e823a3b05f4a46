"""Access: for who holds the secret, or a link signed with it that has not expired."""

import base64
import dataclasses
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import urllib3
from minio.error import S3Error

from tests.s3.place import Place

A_MINUTE = timedelta(minutes=1)


def ask(method: str, url: str, body: bytes = b"", **headers: str) -> urllib3.BaseHTTPResponse:
    """A caller without credentials."""
    return urllib3.request(method, url, body=body, headers=headers, retries=False, timeout=30)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"secret": "guessed-secret"}, "SignatureDoesNotMatch"),
        ({"access": "nobody"}, "InvalidAccessKeyId"),
    ],
)
def test_a_wrong_key_or_secret_is_refused(place: Place, wrong: dict[str, str], code: str) -> None:
    place.put("one", b"content")
    stranger = dataclasses.replace(place, account=dataclasses.replace(place.account, **wrong))
    for act in (lambda: stranger.put("two", b"x"), lambda: stranger.got("one"), stranger.names):
        with pytest.raises(S3Error, match=code):
            act()
    assert place.names() == ["one"]


def test_who_shows_nothing_gets_nothing(place: Place) -> None:
    place.put("one", b"content")
    bucket = f"http://{place.account.host}/{place.bucket}"
    assert ask("GET", bucket).status == 403
    for method, name in [("GET", "one"), ("PUT", "two"), ("DELETE", "one")]:
        assert ask(method, f"{bucket}/{place.key(name)}").status == 403
    assert place.names() == ["one"]


def test_a_link_downloads_one_object_and_nothing_else(place: Place) -> None:
    place.put("one", b"content")
    place.put("two", b"not yours")
    link = place.client.presigned_get_object(place.bucket, place.key("one"), A_MINUTE)
    assert ask("GET", link).data == b"content"
    assert ask("GET", link.replace("/one?", "/two?")).status == 403
    assert ask("PUT", link, b"changed").status == 403
    assert ask("DELETE", link).status == 403
    assert place.got("one") == b"content"


def test_a_link_sets_the_name_and_type_of_the_download(place: Place) -> None:
    place.put("one", b"content")
    named = "attachment; filename=\"so 1.pdf\"; filename*=UTF-8''s%E1%BB%91%201.pdf"
    told: dict[str, Any] = {
        "response-content-disposition": named,
        "response-content-type": "application/octet-stream",
    }
    key = place.key("one")
    link = place.client.presigned_get_object(place.bucket, key, A_MINUTE, response_headers=told)
    answer = ask("GET", link)
    assert answer.headers["Content-Disposition"] == named
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert ask("GET", link.replace("so%201.pdf", "so%202.exe")).status == 403


def test_a_link_uploads_one_object_without_credentials(place: Place) -> None:
    link = place.client.presigned_put_object(place.bucket, place.key("one"), A_MINUTE)
    assert ask("PUT", link, b"content").status == 200
    assert ask("PUT", link.replace("/one?", "/two?"), b"content").status == 403
    assert place.got("one") == b"content"
    assert place.names() == ["one"]


def test_a_link_refuses_a_body_that_differs_from_its_declared_digest(place: Place) -> None:
    link = place.client.presigned_put_object(place.bucket, place.key("one"), A_MINUTE)
    other = base64.b64encode(hashlib.md5(b"other content").digest()).decode()
    assert ask("PUT", link, b"content", **{"Content-MD5": other}).status == 400
    assert place.names() == []


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_an_expired_link_is_refused(place: Place, method: str) -> None:
    place.put("one", b"content")
    body = b"changed" if method == "PUT" else b""
    for seconds, status in [(50, 403), (600, 200)]:
        link = place.client.get_presigned_url(
            method,
            place.bucket,
            place.key("one"),
            timedelta(seconds=seconds),
            request_date=datetime.now(UTC) - A_MINUTE,
        )
        assert place.got("one") == b"content"
        assert ask(method, link, body).status == status
