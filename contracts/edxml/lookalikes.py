"""Messages that look like edXML and are not (thông điệp giống edXML): refused, never guessed at."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from contracts.edxml.cautions import shown
from contracts.edxml.refusals import FormatForeign, LookAlike, NamespaceUnknown
from contracts.edxml.trees import local, namespace

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"

_ROOT = "edXML/edXMLEnvelope/edXMLHeader"
_FOREIGN = {
    "van-ban-qua-mang": ("văn bản qua mạng của cổng tỉnh", "a provincial gateway's own document"),
    "AVReport": ("báo cáo an toàn thông tin", "a report of information security"),
    "html": ("trang HTML", "an HTML page"),
}
_MISPLACED = {
    ("MessageHeader", "Promulgator"): "PromulgationInfo",
    ("MessageHeader", "Signer"): "SignerInfo",
    ("TraceHeader", "Time"): "TraceHeader/Timestamp",
    ("TraceHeader", "Path"): "TraceHeader/OrganId",
    ("edXMLManifest", "Attachment"): "edXMLManifest/Reference",
    ("Manifest", "Attachment"): "Manifest/Reference",
    ("edXMLEnvelope", "edXMLAttachments"): "AttachmentEncoded",
    ("edXML", "edXMLAttachments"): "AttachmentEncoded",
}


def refuse_strangers(root: Element) -> None:
    """Refuse a root that no family has: `FormatForeign`, `LookAlike`, `NamespaceUnknown`."""
    name, space = shown(local(root)), shown(namespace(root))
    if name in _FOREIGN:
        raise FormatForeign(found_vi=_FOREIGN[name][0], found_en=_FOREIGN[name][1])
    if name.lower() in ("edxml", "edxmlenvelope") and name != "edXML":
        raise LookAlike(found=f"<{name}>", expected=_ROOT)
    if name == "edXML" and space != NAMESPACE:
        raise NamespaceUnknown(found=space or '""', expected=NAMESPACE)
    if name == "Envelope" and space != SOAP:
        raise NamespaceUnknown(found=space or '""', expected=SOAP)
    if name not in ("edXML", "Envelope"):
        raise LookAlike(found=f"<{name}>", expected=_ROOT)


def refuse_look_alikes(root: Element) -> None:
    """Refuse what betrays a look-alike further inside: `FormatForeign`, `LookAlike`."""
    for parent in root.iter():
        for child in parent:
            told = (local(parent), local(child))
            if told[1] == "AVReport":
                raise FormatForeign(found_vi=_FOREIGN[told[1]][0], found_en=_FOREIGN[told[1]][1])
            if told in _MISPLACED:
                raise LookAlike(found="/".join(told), expected=_MISPLACED[told])
