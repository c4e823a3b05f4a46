"""Downloading a kept file by a link: for a while, under a name that cannot deceive."""

from unicodedata import normalize
from urllib.parse import unquote

import pytest

from contracts.errors import FileMissing
from infra.local.world import World
from services.kernel.files import Files, content_disposition
from tests.conftest import until
from tests.kernel.store import NOWHERE, send, some


@pytest.fixture
def files(world: World) -> Files:
    """The store of this module's world."""
    return Files(world.s3_url)


def test_a_link_downloads_the_file_under_its_name_until_it_expires(files: Files) -> None:
    content, sha256 = some()
    files.keep(content)
    link = files.link(sha256, 3, "Quyết định số 12.pdf")
    answer = send("GET", link)
    assert answer.data == content
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == content_disposition("Quyết định số 12.pdf")
    until(lambda: send("GET", link).status == 403, seconds=15)
    with pytest.raises(FileMissing):
        files.link(NOWHERE, 60, "a.pdf")


@pytest.mark.parametrize(
    ("name", "plain", "true"),
    [
        ("Đề nghị số 5.pdf", "De nghi so 5.pdf", "Đề nghị số 5.pdf"),
        (normalize("NFD", "Đề nghị số 5.pdf"), "De nghi so 5.pdf", "Đề nghị số 5.pdf"),
        ("cong-van\u202efdp.exe", "cong-vanfdp.exe", "cong-vanfdp.exe"),
        ("\u2066\u200bma\u200fy\ufeff.pdf", "may.pdf", "may.pdf"),
        ("a\r\nSet-Cookie: x=1\r\n.pdf", "a Set-Cookie x_1 .pdf", "a Set-Cookie x=1 .pdf"),
        ('a"; filename="b.exe', "a _ filename_ b.exe", "a ; filename= b.exe"),
        ("../../etc/passwd", "etc passwd", "etc passwd"),
        ("C:\\so\\1.pdf", "C so 1.pdf", "C so 1.pdf"),
        (".htaccess", "htaccess", "htaccess"),
        ("文件", "van-ban", "文件"),
        ("\u202e", "van-ban", "van-ban"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_a_download_name_is_vietnamese_and_without_tricks(name: str, plain: str, true: str) -> None:
    shadow, _, encoded = content_disposition(name).partition("; filename*=UTF-8''")
    assert shadow == f'attachment; filename="{plain}"'
    assert encoded.isascii()
    assert unquote(encoded) == true
