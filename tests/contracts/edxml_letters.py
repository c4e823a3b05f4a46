"""Messages as other systems write them, by hand and not by our writer; all names are invented.

A builder gives a sound message; a test changes what it is about with `changed`, which insists that
there was something to change.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
E_DOC = "http://www.e-doc.vn/Schema/"
INETCLOUD = "http://www.inetcloud.vn/ns/edxml"
XLINK = "http://www.w3.org/1999/xlink"
WIRE_ID = "000.00.05.H47,2024/04/26,15/SVD-VP"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n"

FROM = """
<edXML:From>
  <edXML:OrganId>000.00.05.H47</edXML:OrganId>
  <edXML:OrganizationInCharge>UBND tỉnh Mẫu</edXML:OrganizationInCharge>
  <edXML:OrganName>Sở Ví dụ</edXML:OrganName>
  <edXML:OrganAdd>Số 2 đường Mẫu</edXML:OrganAdd>
  <edXML:Email>vanthu@svd.example.vn</edXML:Email>
  <edXML:Telephone>0235 000 001</edXML:Telephone>
  <edXML:Fax>0235 000 002</edXML:Fax>
  <edXML:Website>svd.example.vn</edXML:Website>
</edXML:From>"""
TO = """
<edXML:To>
  <edXML:OrganId>H47.31</edXML:OrganId>
  <edXML:OrganName>UBND huyện Minh họa</edXML:OrganName>
</edXML:To>"""
HEADER = {
    "From": FROM,
    "To": TO,
    "DocumentId": f"<edXML:DocumentId>{WIRE_ID}</edXML:DocumentId>",
    "Code": "<edXML:Code><edXML:CodeNumber>15</edXML:CodeNumber>"
    "<edXML:CodeNotation>SVD-VP</edXML:CodeNotation></edXML:Code>",
    "PromulgationInfo": "<edXML:PromulgationInfo><edXML:Place>Thị xã Mẫu</edXML:Place>"
    "<edXML:PromulgationDate>2024/04/26</edXML:PromulgationDate></edXML:PromulgationInfo>",
    "DocumentType": "<edXML:DocumentType><edXML:Type>2</edXML:Type>"
    "<edXML:TypeDetail>18</edXML:TypeDetail><edXML:TypeName>Công văn</edXML:TypeName>"
    "</edXML:DocumentType>",
    "Subject": "<edXML:Subject>V/v góp ý dự thảo quy chế mẫu</edXML:Subject>",
    "Content": "<edXML:Content>Góp ý trước ngày 10/5</edXML:Content>",
    "SignerInfo": "<edXML:SignerInfo><edXML:Competence>KT. GIÁM ĐỐC</edXML:Competence>"
    "<edXML:Position>Phó Giám đốc</edXML:Position><edXML:FullName>Trần Văn Mẫu</edXML:FullName>"
    "</edXML:SignerInfo>",
    "DueDate": "<edXML:DueDate>2024/05/10</edXML:DueDate>",
    "OtherInfo": "<edXML:OtherInfo><edXML:Priority>1</edXML:Priority>"
    "<edXML:SphereOfPromulgation>Trong tỉnh</edXML:SphereOfPromulgation>"
    "<edXML:TyperNotation>TVC</edXML:TyperNotation>"
    "<edXML:PromulgationAmount>3</edXML:PromulgationAmount><edXML:PageAmount>2</edXML:PageAmount>"
    "<edXML:Direction>false</edXML:Direction>"
    "<edXML:Appendixes><edXML:Appendix>Dự thảo</edXML:Appendix></edXML:Appendixes>"
    "</edXML:OtherInfo>",
    "ResponseFor": "<edXML:ResponseFor><edXML:OrganId>H47.31</edXML:OrganId>"
    "<edXML:Code>7/UBND</edXML:Code><edXML:DocumentId>H47.31,2024/04/01,7/UBND</edXML:DocumentId>"
    "<edXML:PromulgationDate>2024/04/01</edXML:PromulgationDate></edXML:ResponseFor>",
    "SteeringType": "<edXML:SteeringType>1</edXML:SteeringType>",
    "ToPlaces": "<edXML:ToPlaces><edXML:Place>Như trên</edXML:Place>"
    "<edXML:Place>Lưu: VT</edXML:Place></edXML:ToPlaces>",
}
TRACE = (
    "<edXML:TraceHeader><edXML:OrganId>000.00.05.H47</edXML:OrganId>"
    "<edXML:Timestamp>2024/04/26 09:30:00</edXML:Timestamp></edXML:TraceHeader>"
)
CLAUSE_ORDER = [
    *["From", "To", "Code", "PromulgationInfo", "DocumentType", "Subject", "Content"],
    *["SignerInfo", "DueDate", "ToPlaces", "OtherInfo", "ResponseFor", "SteeringType"],
    "DocumentId",
]


def changed(text: str, old: str, new: str) -> str:
    """The text with one thing exchanged, which must have been there."""
    assert old in text, old
    return text.replace(old, new)


def organ(code: str) -> str:
    """The code of an agency as it stands on the wire."""
    return f"<edXML:OrganId>{code}</edXML:OrganId>"


def business(action: int, inside: str = "", reason: str = "Văn bản điện tử mới") -> str:
    """A `Bussiness` block as it stands on the wire."""
    return (
        f"<edXML:Bussiness>{inside}<edXML:BussinessDocType>{action}</edXML:BussinessDocType>"
        f"<edXML:BussinessDocReason>{reason}</edXML:BussinessDocReason>"
        "<edXML:Paper>0</edXML:Paper></edXML:Bussiness>"
    )


def b64(content: bytes) -> str:
    """Base64 without line breaks."""
    return base64.b64encode(content).decode()


def zipped(*files: tuple[str, bytes]) -> bytes:
    """A zip of these files."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def reference(cid: str = "cid:1", name: str = "cv-15.pdf", kind: str = "application/pdf") -> str:
    """An entry of the manifest."""
    return (
        f"<edXML:Reference><edXML:ContentId>{cid}</edXML:ContentId>"
        f"<edXML:ContentType>{kind}</edXML:ContentType>"
        f"<edXML:AttachmentName>{name}</edXML:AttachmentName></edXML:Reference>"
    )


def attachment(
    content: bytes | str = PDF,
    cid: str = "cid:1",
    name: str = "cv-15.pdf",
    kind: str = "application/pdf",
) -> str:
    """A file as it stands beside the envelope; text is taken for base64 already."""
    data = content if isinstance(content, str) else b64(content)
    return (
        f"<Attachment><ContentId>{cid}</ContentId><AttachmentName>{name}</AttachmentName>"
        f"<ContentType>{kind}</ContentType>"
        f'<edXML:ContentTransferEncoded xmlns:edXML="{NAMESPACE}">{data}'
        "</edXML:ContentTransferEncoded></Attachment>"
    )


def message(header: str, body: str = "", beside: str = "") -> str:
    """The layers of the 2016 family around what they hold."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<edXML xmlns="{NAMESPACE}"><edXML:edXMLEnvelope xmlns:edXML="{NAMESPACE}">'
        f"<edXML:edXMLHeader>{header}</edXML:edXMLHeader>{body}</edXML:edXMLEnvelope>"
        f"{beside}</edXML>"
    )


def letter(
    order: Iterable[str] = HEADER,
    trace: str = business(0) + TRACE,
    references: str | None = None,
    attachments: str | None = None,
    signature: str = "",
) -> str:
    """A document of the 2016 family."""
    references = reference() if references is None else references
    attachments = attachment() if attachments is None else attachments
    words = "".join(HEADER[name] for name in order)
    return message(
        f"<edXML:MessageHeader>{words}</edXML:MessageHeader>"
        f"<edXML:TraceHeaderList>{trace}</edXML:TraceHeaderList>{signature}",
        '<edXML:edXMLBody><edXML:edXMLManifest version="1.0">'
        f"{references}</edXML:edXMLManifest></edXML:edXMLBody>",
        f"<AttachmentEncoded>{attachments}</AttachmentEncoded>",
    )


STATUS = {
    "From": FROM.replace("000.00.05.H47", "H47.31").replace("Sở Ví dụ", "UBND huyện Minh họa"),
    "ResponseFor": "<edXML:ResponseFor><edXML:OrganId>000.00.05.H47</edXML:OrganId>"
    f"<edXML:Code>15/SVD-VP</edXML:Code><edXML:DocumentId>{WIRE_ID}</edXML:DocumentId>"
    "<edXML:PromulgationDate>2024/04/26</edXML:PromulgationDate></edXML:ResponseFor>",
    "StaffInfo": "<edXML:StaffInfo><edXML:Department>Văn phòng</edXML:Department>"
    "<edXML:Staff>Lê Thị Minh Họa</edXML:Staff><edXML:Mobile>0900000001</edXML:Mobile>"
    "<edXML:Email>ltmhoa@mh.example.vn</edXML:Email></edXML:StaffInfo>",
    "StatusCode": "<edXML:StatusCode>03</edXML:StatusCode>",
    "Description": "<edXML:Description>Văn thư đã tiếp nhận</edXML:Description>",
    "Timestamp": "<edXML:Timestamp>2024/04/26 10:05:00</edXML:Timestamp>",
}
OLD_ORDER = ["ResponseFor", "From", "StatusCode", "Description", "Timestamp", "StaffInfo"]


def status(code: str = "03", wrapper: str = "MessageHeader") -> str:
    """A status of the 2016 family: variant A, or B when wrapped in `Status`."""
    words = changed("".join(STATUS.values()), ">03<", f">{code}<")
    return message(f"<edXML:{wrapper}>{words}</edXML:{wrapper}>")


def _old_days(text: str) -> str:
    return (
        text.replace("2024/04/26", "26/04/2024")
        .replace("2024/05/10", "10/05/2024")
        .replace("2024/04/01", "01/04/2024")
    )


def soap(header: str, body: str = "", beside: str = "", namespace: str = INETCLOUD) -> str:
    """The SOAP envelope of the older family."""
    return (
        f'<SOAP-ENV:Envelope xmlns:SOAP-ENV="{SOAP}" xmlns:edXML="{namespace}" '
        f'xmlns:xlink="{XLINK}"><SOAP-ENV:Header>{header}</SOAP-ENV:Header>'
        f"<SOAP-ENV:Body>{body}</SOAP-ENV:Body>{beside}</SOAP-ENV:Envelope>"
    )


def old_letter(namespace: str = INETCLOUD, beside: str = "") -> str:
    """A document of the 2803 family."""
    words = _old_days("".join(HEADER[name] for name in CLAUSE_ORDER))
    words = words.replace("<edXML:OrganId>", '<edXML:OrganId type="edXMLString">')
    return soap(
        '<edXML:MessageHeader OriginalBodyRequested="false" ImmediateResponseRequired="true">'
        f"{words}</edXML:MessageHeader><edXML:TraceHeaderList>{_old_days(TRACE)}{business(0)}"
        "</edXML:TraceHeaderList>",
        '<edXML:Manifest version="1.0"><edXML:Reference xlink:href="cid:1.pdf" '
        'xlink:role="XLinkRole" xlink:type="simple"><edXML:Description>cv</edXML:Description>'
        "<edXML:AttachmentName>cv-15.pdf</edXML:AttachmentName></edXML:Reference></edXML:Manifest>",
        beside,
        namespace,
    )


def old_status(code: str = "03", namespace: str = INETCLOUD) -> str:
    """A status of the 2803 family, variant C."""
    words = _old_days("".join(STATUS[name] for name in OLD_ORDER))
    words = changed(words, ">03<", f">{code}<")
    return soap(f"<edXML:Status>{words}</edXML:Status>", namespace=namespace)


def old_file(content: bytes = PDF, name: str = "cv-15.pdf") -> str:
    """A file as the 2803 library wraps it in a document of its own."""
    return (
        f'<edXML:Document xmlns:edXML="{INETCLOUD}"><edXML:Attach><edXML:Attachment '
        'Content-Type="application/pdf" Content-Transfer-Encoding="base64">'
        f"<edXML:name>{name}</edXML:name><edXML:FieldName/><edXML:MimeType/>"
        f"<edXML:value>{b64(content)}</edXML:value></edXML:Attachment></edXML:Attach>"
        "</edXML:Document>"
    )


def mime(envelope: str, *parts: tuple[str, bytes], head: str = "", boundary: str = "=_1") -> bytes:
    """MIME as senders write it: an envelope part, then parts with their header lines."""
    first = (
        "Content-Type: text/xml; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        "Content-ID: <Start>"
    )
    told = head.encode()
    for headers, body in ((first, envelope.encode()), *parts):
        told += f"--{boundary}\r\n{headers}\r\n\r\n".encode() + body + b"\r\n"
    return told + f"--{boundary}--\r\n".encode()
