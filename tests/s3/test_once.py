"""Creating once: of many writers of one key exactly one wins, and the others learn it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import urllib3

from tests.s3.place import Place

WRITERS = 16
CREATE = {"If-None-Match": "*"}


@pytest.mark.parametrize(("kind", "size"), [("place", 16), ("locked", 300_000)])
def test_of_sixteen_who_create_at_once_one_wins(
    request: pytest.FixtureRequest, kind: str, size: int
) -> None:
    place, together = request.getfixturevalue(kind), Barrier(WRITERS)

    def create(writer: int) -> tuple[int, bytes]:
        body = f"{writer:02}".encode() * (size // 2)
        together.wait(30)
        return place.send("PUT", "one", body, CREATE).status, body

    with ThreadPoolExecutor(WRITERS) as crowd:
        answers = list(crowd.map(create, range(WRITERS)))
    counted = Counter(status for status, _ in answers)
    assert counted[200] == 1, counted
    assert set(counted) <= {200, 409, 412}
    assert place.got("one") == dict(answers)[200]


def test_a_signed_link_creates_once_too(place: Place) -> None:
    link = place.client.presigned_put_object(place.bucket, place.key("one"))
    answers = [
        urllib3.request("PUT", link, body=body, headers=CREATE, retries=False)
        for body in (b"first", b"second")
    ]
    assert [answer.status for answer in answers] == [200, 412]
    assert place.got("one") == b"first"


def test_a_change_is_refused_when_the_object_changed_since_it_was_read(place: Place) -> None:
    place.put("one", b"first")
    unchanged = {"If-Match": f'"{place.stat("one").etag}"'}
    assert place.send("PUT", "one", b"second", unchanged).status == 200
    assert place.send("PUT", "one", b"third", unchanged).status == 412
    assert place.got("one") == b"second"
