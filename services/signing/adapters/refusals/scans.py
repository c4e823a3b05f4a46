"""What is wrong with a scan of a paper, and with what a copy is to be made of."""

from services.signing.adapters.refusals.refused import SigningRefused


class ScanVersionOld(SigningRefused):
    """A scan is PDF 1.4 or later (R8.2a-2)."""

    code = "SCAN_VERSION_OLD"
    vi = "Bản quét là PDF {version}, cần 1.4 trở lên. Hãy quét lại."
    en = "The scan is PDF {version}; 1.4 or later is due. Scan it again."


class ScanNotPicture(SigningRefused):
    """A page of a scan is one picture from edge to edge (R8.2a-2: 100 % scale)."""

    code = "SCAN_NOT_PICTURE"
    vi = "Trang {page} không phải ảnh quét phủ kín trang. Hãy quét lại tỷ lệ 100 %."
    en = "Page {page} is no picture from edge to edge. Scan it again at 100 %."


class ScanTooCoarse(SigningRefused):
    """A scan has 200 dots an inch or more (R8.2a-2)."""

    code = "SCAN_TOO_COARSE"
    vi = "Trang {page} quét {dpi} dpi, cần ít nhất {least} dpi. Hãy quét lại."
    en = "Page {page} has {dpi} dpi; {least} dpi or more are due. Scan it again."


class ScanNotColour(SigningRefused):
    """A scan is in colour (R8.2a-2)."""

    code = "SCAN_NOT_COLOUR"
    vi = "Trang {page} không phải ảnh màu. Hãy quét lại ở chế độ màu."
    en = "Page {page} is not in colour. Scan it again in colour."


class ScanNotFullSize(SigningRefused):
    """A page of a scan is as large as the paper (R8.2a-2: 100 % scale)."""

    code = "SCAN_NOT_FULL_SIZE"
    vi = "Trang {page} cỡ {width_mm} × {height_mm} mm, bản giấy {wide} × {high} mm. Hãy quét lại."
    en = "Page {page} has {width_mm} × {height_mm} mm, the paper {wide} × {high} mm. Scan it again."


class SourceNotOriginal(SigningRefused):
    """A copy is made of a document with both good signatures, or of a scanned paper (N30-25)."""

    code = "SOURCE_NOT_ORIGINAL"
    vi = "Văn bản nguồn không đủ chữ ký số hợp lệ ({verdict}, {legal_value}). Hãy dùng bản gốc."
    en = "The source lacks good signatures ({verdict}, {legal_value}). Take the original."


class SourceNotTrueCopy(SigningRefused):
    """A sao lục is made of a true copy (sao y) alone (N30-25..27)."""

    code = "SOURCE_NOT_TRUE_COPY"
    vi = "Chỉ sao lục từ bản sao y có chữ ký số hợp lệ ({verdict}). Hãy dùng bản sao y."
    en = "A second copy is made of a true copy with a good signature ({verdict}) only. Take one."


class PagesMissing(SigningRefused):
    """Pages asked for are not in the source."""

    code = "PAGES_MISSING"
    vi = "Văn bản chỉ có {count} trang, không có trang {pages}. Hãy chọn lại trang."
    en = "The document has {count} pages and no page {pages}. Choose other pages."
