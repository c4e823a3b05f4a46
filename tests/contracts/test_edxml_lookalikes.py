"""What looks like edXML and is not, and what never did: refused by name."""

from __future__ import annotations

import base64
from io import BytesIO
from zipfile import ZipFile

import pytest

from contracts.edxml import (
    EdxmlRefused,
    FormatForeign,
    LayerMissing,
    LookAlike,
    NamespaceUnknown,
    read,
)
from tests.contracts.edxml_letters import (
    HEADER,
    NAMESPACE,
    PDF,
    SOAP,
    TRACE,
    letter,
    message,
    old_letter,
    soap,
    zipped,
)

GO_VN = "http://www.go.vn/eDoc"
FLAT = f'<edXML xmlns="{NAMESPACE}"><From>x</From><Subject>V/v</Subject></edXML>'
SHALLOW = (
    f'<edXML xmlns="{NAMESPACE}"><edXMLEnvelope><MessageHeader>'
    "<Subject>V/v</Subject></MessageHeader></edXMLEnvelope></edXML>"
)
LOOK_ALIKES: dict[str, tuple[str, type[EdxmlRefused], str]] = {
    "another namespace": (letter().replace(NAMESPACE, GO_VN), NamespaceUnknown, GO_VN),
    "no namespace": (
        letter().replace(f' xmlns="{NAMESPACE}"', "").replace("<edXML>", "<edXML>"),
        NamespaceUnknown,
        NAMESPACE,
    ),
    "a namespace of another year": (letter().replace("_2016", "_2022"), NamespaceUnknown, "_2022"),
    "a capital E": (
        f'<EdXMLEnvelope xmlns="{GO_VN}"><Header/></EdXMLEnvelope>',
        LookAlike,
        "EdXMLEnvelope",
    ),
    "an envelope as root": (
        f'<edXMLEnvelope xmlns="{NAMESPACE}"><edXMLHeader/></edXMLEnvelope>',
        LookAlike,
        "<edXMLEnvelope>",
    ),
    "a root in other letters": (
        letter().replace("edXML xmlns", "EDXML xmlns").replace("/edXML>", "/EDXML>"),
        LookAlike,
        "<EDXML>",
    ),
    "a flat message": (FLAT, LayerMissing, "edXMLEnvelope"),
    "an envelope without header": (SHALLOW, LayerMissing, "edXMLHeader"),
    "a header without words": (message("<edXML:TraceHeaderList/>"), LayerMissing, "MessageHeader"),
    "no body": (
        message(f"<edXML:MessageHeader>{''.join(HEADER.values())}</edXML:MessageHeader>"),
        LayerMissing,
        "edXMLBody",
    ),
    "a promulgator": (
        letter().replace("PromulgationInfo>", "Promulgator>"),
        LookAlike,
        "Promulgator",
    ),
    "a signer": (letter().replace("SignerInfo>", "Signer>"), LookAlike, "MessageHeader/Signer"),
    "a station with time": (
        letter(trace=TRACE.replace("Timestamp>", "Time>")),
        LookAlike,
        "TraceHeader/Time",
    ),
    "a station with path": (
        letter(trace=TRACE.replace("OrganId>", "Path>")),
        LookAlike,
        "TraceHeader/Path",
    ),
    "files in the manifest": (
        letter(references="<edXML:Attachment><FileName>a</FileName></edXML:Attachment>"),
        LookAlike,
        "edXMLManifest/Attachment",
    ),
    "files of another form": (
        letter().replace(
            "</edXML:edXMLEnvelope>",
            "<edXML:edXMLAttachments><edXML:Attachment><edXML:AttachmentData>Yg=="
            "</edXML:AttachmentData></edXML:Attachment></edXML:edXMLAttachments>"
            "</edXML:edXMLEnvelope>",
        ),
        LookAlike,
        "AttachmentEncoded",
    ),
    "another root": ("<document><Subject>V/v</Subject></document>", LookAlike, "<document>"),
    "a gateway's own document": (
        "<van-ban-qua-mang><nguoi-ky>A</nguoi-ky></van-ban-qua-mang>",
        FormatForeign,
        "gateway's own",
    ),
    "a gateway's own document inside": (
        "<message><content>"
        + base64.b64encode(b"<van-ban-qua-mang/>").decode()
        + "</content></message>",
        FormatForeign,
        "gateway's own",
    ),
    "a security report": (
        message("<edXML:MessageHeader/>", "<edXML:edXMLBody><AVReport/></edXML:edXMLBody>"),
        FormatForeign,
        "security",
    ),
    "SOAP of another kind": (
        old_letter().replace(SOAP, "http://www.w3.org/2003/05/soap-envelope"),
        NamespaceUnknown,
        SOAP,
    ),
    "SOAP without words": (
        soap("<Token>x</Token>", "<GetOrganizations/>"),
        LayerMissing,
        "MessageHeader",
    ),
    "SOAP without header": (
        f'<s:Envelope xmlns:s="{SOAP}"><s:Body/></s:Envelope>',
        LayerMissing,
        "Header",
    ),
    "MIME without an envelope": (
        "--b\r\nContent-Type: text/plain\r\n\r\nxin chao\r\n--b--",
        LayerMissing,
        "Envelope",
    ),
}


@pytest.mark.parametrize("case", LOOK_ALIKES)
def test_a_look_alike_is_refused_and_told_apart(case: str) -> None:
    text, refused, says = LOOK_ALIKES[case]
    with pytest.raises(refused) as no:
        read(text.encode())
    assert type(no.value) is refused
    assert says in no.value.message("en")


def stored(content: bytes) -> bytes:
    """A zip in which the message stands as it is, for everybody to see."""
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        archive.writestr("a.edxml", content)
    return whole.getvalue()


FOREIGN = {
    "a zip that packs nothing": (stored(letter().encode()), "zip"),
    "a zip": (zipped(("a.edxml", letter().encode())), "zip"),
    "a pdf": (PDF, "PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "image/png"),
    "a program": (b"MZ\x90\x00\x03", "executable"),
    "a page of the web": (b"<html><body>404</body></html>", "HTML"),
    "plain text": ("Kính gửi: UBND huyện".encode(), "plain text"),
    "JSON": (b'{"subject": "V/v"}', "plain text"),
    "noise": (b"\x00\x01\x02\xff\xfe\xfd" * 9, "binary"),
    "base64 of something else": (base64.b64encode(PDF), "plain text"),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_a_file_of_another_kind_is_named(case: str) -> None:
    data, says = FOREIGN[case]
    with pytest.raises(FormatForeign) as no:
        read(data)
    assert says in no.value.message("en")
