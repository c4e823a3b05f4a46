"""Reasons about the file and about which of its bytes a signature covers."""

from __future__ import annotations

from contracts.signing.reasons.words import Words

FILE = {
    "FILE_NOT_FOUND": Words(
        "Không có tệp ở nơi đã nêu. Hãy kiểm tra lại đường dẫn.",
        "No file stands there. Check the path.",
    ),
    "FILE_NOT_READ": Words(
        "Không đọc được tệp từ ổ đĩa ({error}). Hãy kiểm tra quyền đọc.",
        "The file cannot be read from the disk ({error}). Check who may read it.",
    ),
    "EMPTY_FILE": Words(
        "Tệp rỗng, không có gì để kiểm tra.",
        "The file is empty; there is nothing to verify.",
    ),
    "NOT_A_PDF": Words(
        "Tệp không phải là PDF nên không thể mang chữ ký số PDF.",
        "The file is no PDF, so it cannot bear PDF signatures.",
    ),
    "LEADING_BYTES": Words(
        "Trước phần đầu PDF có {bytes} byte lạ, nơi có thể giấu một tệp khác.",
        "{bytes} strange bytes stand before the PDF; another file could hide there.",
    ),
    "TOO_LARGE": Words(
        "Tệp có {bytes} byte, vượt giới hạn kiểm tra {limit} byte.",
        "The file has {bytes} bytes, more than the {limit} bytes that are verified.",
    ),
    "TOO_MANY_OBJECTS": Words(
        "Tệp khai {announced} đối tượng, vượt giới hạn {limit}.",
        "The file announces {announced} objects, more than the limit of {limit}.",
    ),
    "XREF_TOO_LARGE": Words(
        "Bảng tham chiếu khai {announced} đối tượng, nhiều hơn {room} mà tệp chứa được.",
        "A list announces {announced} objects, more than the {room} the file has room for.",
    ),
    "XREF_LOOP": Words(
        "Các bảng tham chiếu của tệp dẫn vòng tròn (byte {offset}).",
        "The file's cross-reference lists lead in a circle (byte {offset}).",
    ),
    "DECODE_LIMIT": Words(
        "Dữ liệu nén trong tệp bung ra lớn hơn mức được đọc.",
        "Packed data in the file unpacks to more than is read.",
    ),
    "TOO_MANY_REVISIONS": Words(
        "Tệp có {revisions} lần sửa, vượt giới hạn {limit}.",
        "The file has {revisions} revisions, more than the limit of {limit}.",
    ),
    "TOO_MANY_SIGNATURES": Words(
        "Tệp có {signatures} chữ ký, vượt giới hạn {limit}.",
        "The file has {signatures} signatures, more than the limit of {limit}.",
    ),
    "NESTING_TOO_DEEP": Words(
        "Cấu trúc tệp lồng nhau quá sâu nên không được đọc tiếp.",
        "The file is nested too deeply to be read on.",
    ),
    "PROOF_UNREADABLE": Words(
        "Kho bằng chứng trong tệp có {number} mục không phải chứng thư hay dữ liệu thu hồi.",
        "The file's store of proof holds {number} pieces that are none.",
    ),
    "RESOURCE_LIMIT": Words(
        "Việc đọc tệp vượt giới hạn thời gian hoặc bộ nhớ nên đã bị dừng.",
        "Reading the file passed the limit of time or memory and was stopped.",
    ),
    "VERIFIER_FAILED": Words(
        "Chương trình kiểm tra dừng bất thường khi đọc tệp này.",
        "The verifier ended abnormally while reading this file.",
    ),
    "ENCRYPTED": Words(
        "Tệp được mã hóa bằng mật khẩu nên không đọc được.",
        "The file is encrypted with a password and cannot be read.",
    ),
    "UNPARSABLE": Words(
        "Cấu trúc tệp PDF bị hỏng, không đọc được.",
        "The structure of the PDF is damaged and cannot be read.",
    ),
    "ENCRYPTED_WITH_EMPTY_PASSWORD": Words(
        "Tệp được mã hóa với mật khẩu rỗng; đã mở được để kiểm tra.",
        "The file is encrypted with an empty password; it was opened to be verified.",
    ),
    "PARSED_LENIENTLY": Words(
        "Tệp không hoàn toàn đúng chuẩn PDF; phải đọc theo cách nới lỏng.",
        "The file does not fully follow the PDF standard and was read leniently.",
    ),
    "SIGNATURE_NOT_REACHABLE": Words(
        "Trong tệp có dấu vết một chữ ký (byte {offset}) mà tài liệu không còn tham chiếu tới.",
        "The file holds a signature (byte {offset}) that the document no longer refers to.",
    ),
    "SIGNATURE_USED_TWICE": Words(
        "Một chữ ký được dùng cho nhiều ô chữ ký.",
        "One signature is used by several signature fields.",
    ),
    "CONTENT_UNREADABLE": Words(
        "Không đọc hết được nội dung tệp để tìm phần tự chạy hoặc bị che giấu.",
        "Not all of the file could be read for content that acts or is hidden.",
    ),
    "BYTES_BETWEEN_REVISIONS": Words(
        "Giữa hai lần sửa có {bytes} byte (từ byte {offset}) không thuộc lần nào.",
        "Between two revisions stand {bytes} bytes (from byte {offset}) that belong to none.",
    ),
    "HYBRID_LISTS_DIFFER": Words(
        "Hai bảng tham chiếu chỉ đối tượng {object} ở hai nơi, mỗi phần mềm hiển thị một khác.",
        "Two lists put object {object} at two places: old and new programs show different things.",
    ),
    "SEAL_WITHOUT_LEADER": Words(
        "Chữ ký của cơ quan tại ô {field} không đi sau chữ ký của người có thẩm quyền nào.",
        "The agency's seal in field {field} follows no signature of a competent person.",
    ),
    "SEAL_BEFORE_LEADER": Words(
        "Chữ ký của cơ quan tại ô {field} có trước chữ ký của người có thẩm quyền.",
        "The agency's seal in field {field} came before the competent person's signature.",
    ),
}
"""About the file as a whole."""

ACTIVE = {
    "JAVASCRIPT": Words(
        "Tệp chứa mã JavaScript (đối tượng {object}, {count} chỗ).",
        "The file holds JavaScript (object {object}, {count} in all).",
    ),
    "LAUNCH": Words(
        "Tệp có lệnh khởi chạy chương trình khác (đối tượng {object}, {count} chỗ).",
        "The file can launch another program (object {object}, {count} in all).",
    ),
    "SUBMIT_FORM": Words(
        "Tệp có lệnh gửi dữ liệu đi (đối tượng {object}, {count} chỗ).",
        "The file can send data away (object {object}, {count} in all).",
    ),
    "IMPORT_DATA": Words(
        "Tệp có lệnh nạp dữ liệu từ tệp khác (đối tượng {object}, {count} chỗ).",
        "The file can take in data of another file (object {object}, {count} in all).",
    ),
    "GO_TO_REMOTE": Words(
        "Tệp có liên kết mở tệp khác (đối tượng {object}, {count} chỗ).",
        "The file leads to another file (object {object}, {count} in all).",
    ),
    "GO_TO_EMBEDDED": Words(
        "Tệp có liên kết mở tệp nhúng bên trong (đối tượng {object}, {count} chỗ).",
        "The file leads to a file embedded in it (object {object}, {count} in all).",
    ),
    "HIDE_ACTION": Words(
        "Tệp có lệnh ẩn hoặc hiện nội dung (đối tượng {object}, {count} chỗ).",
        "The file can hide or show content (object {object}, {count} in all).",
    ),
    "OPTIONAL_CONTENT": Words(
        "Tệp có lớp nội dung bật, tắt được (đối tượng {object}, {count} chỗ).",
        "The file has layers that can be switched (object {object}, {count} in all).",
    ),
    "XFA": Words(
        "Biểu mẫu của tệp có phần XFA, có thể hiển thị khác (đối tượng {object}, {count} chỗ).",
        "The form has an XFA part, which may show otherwise (object {object}, {count} in all).",
    ),
    "EMBEDDED_FILE": Words(
        "Tệp mang theo tệp khác bên trong (đối tượng {object}, {count} chỗ).",
        "Other files are embedded in it (object {object}, {count} in all).",
    ),
    "RICH_MEDIA": Words(
        "Tệp chứa phim, âm thanh hoặc mô hình (đối tượng {object}, {count} chỗ).",
        "The file holds film, sound or models (object {object}, {count} in all).",
    ),
    "EXTERNAL_STREAM": Words(
        "Một phần nội dung nằm ở tệp khác (đối tượng {object}, {count} chỗ).",
        "A part of the content lies in another file (object {object}, {count} in all).",
    ),
}
"""About content that acts, hides or reaches elsewhere."""

COVERAGE = {
    "BYTE_RANGE_WRONG": Words(
        "Vùng ký (ByteRange) ghi sai, không xác định được chữ ký bảo vệ những byte nào.",
        "The byte range is malformed: it cannot be told which bytes the signature protects.",
    ),
    "BYTE_RANGE_BEYOND_FILE": Words(
        "Vùng ký kéo dài tới byte {offset}, quá cuối tệp.",
        "The byte range reaches to byte {offset}, beyond the end of the file.",
    ),
    "BYTE_RANGE_GAP_WRONG": Words(
        "Khoảng không được ký (từ byte {offset}) chứa nội dung khác ngoài chính chữ ký.",
        "The gap that is not signed (from byte {offset}) holds more than the signature itself.",
    ),
    "CONTAINER_DIFFERS_FROM_GAP": Words(
        "Chữ ký được đọc ra khác với chữ ký nằm ở khoảng trống của vùng ký (byte {offset}).",
        "The signature as read differs from the one in the gap of its byte range (byte {offset}).",
    ),
    "CONTAINER_PADDING_NOT_ZERO": Words(
        "Phần đệm sau chữ ký không phải toàn số 0.",
        "The padding after the signature is not all zeros.",
    ),
    "SIGNED_PART_UNREADABLE": Words(
        "Phần được ký (tới byte {offset}) tự nó không đọc được như một tệp PDF.",
        "The signed part (up to byte {offset}) cannot be read as a PDF by itself.",
    ),
    "SIGNATURE_DICTIONARY_DIFFERS": Words(
        "Trong phần được ký, ô này chứa một chữ ký khác với chữ ký đang hiển thị.",
        "Within the signed part this field held another signature than it shows now.",
    ),
    "UNCOVERED_TAIL": Words(
        "Sau phần được ký (từ byte {offset}) có dữ liệu không thuộc lần sửa hợp lệ nào.",
        "After the signed part (from byte {offset}) there is data that belongs to no revision.",
    ),
    "TRAILING_LINE_BREAK": Words(
        "Sau phần được ký chỉ có thêm dấu xuống dòng.",
        "Only a line break follows the signed part.",
    ),
}
"""About the bytes that a signature covers."""
