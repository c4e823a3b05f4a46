"""Reasons about the signature itself and about what was changed after it."""

from __future__ import annotations

from contracts.signing.reasons.words import Words

SIGNATURE = {
    "DIGEST_DIFFERS": Words(
        "Giá trị băm của phần được ký khác với giá trị ghi trong chữ ký: nội dung đã bị thay đổi.",
        "The digest of the signed part differs from the one in the signature: it was altered.",
    ),
    "SIGNATURE_VALUE_WRONG": Words(
        "Giá trị chữ ký không khớp với khóa công khai của chứng thư.",
        "The signature value does not fit the certificate's public key.",
    ),
    "SIGNATURE_UNREADABLE": Words(
        "Chữ ký bị hỏng, không đọc được.",
        "The signature is damaged and cannot be read.",
    ),
    "ENCODING_UNKNOWN": Words(
        "Chữ ký theo định dạng {encoding} chưa được chấp nhận.",
        "The signature has the encoding {encoding}, which is not accepted.",
    ),
    "IDENTITY_MISMATCH": Words(
        "Chứng thư là của {found}, không phải của {expected} như văn bản ghi.",
        "The certificate is that of {found}, not of {expected} as the document says.",
    ),
    "WEAK_DIGEST": Words(
        "Chữ ký dùng thuật toán băm không đủ an toàn ({algorithms}).",
        "The signature uses a digest algorithm that is too weak ({algorithms}).",
    ),
    "SIGNATURE_TYPE_MISSING": Words(
        "Dấu thời gian của tài liệu không ghi đúng loại (Type).",
        "The document's time stamp does not say what it is (Type).",
    ),
    "SIGNATURE_DICTIONARY_DIRECT": Words(
        "Chữ ký nằm ngay trong ô chữ ký chứ không phải là một đối tượng riêng.",
        "The signature is a part of its field and no object of its own.",
    ),
    "CONTENT_INSIDE_CONTAINER": Words(
        "Chữ ký kèm theo một nội dung khác bên trong, ngoài nội dung của tệp.",
        "The signature encloses a content of its own besides the file's.",
    ),
    "SIGNING_CERTIFICATE_ATTRIBUTE_MISSING": Words(
        "Chữ ký không gắn chứng thư của người ký vào phần được ký như chuẩn PAdES đòi hỏi.",
        "The signature does not bind the signer's certificate as PAdES demands.",
    ),
}
"""About the signature itself."""

CHANGES = {
    "HYBRID_REVISION_AFTER_SIGNATURE": Words(
        "Sau khi ký, tệp được ghi thêm lần sửa kiểu lai, có thể hiển thị khác nhau tùy phần mềm.",
        "A hybrid revision follows the signature; programs may show it differently.",
    ),
    "CHANGE_UNREADABLE": Words(
        "Không phân tích được những thay đổi sau khi ký, nên coi là không được phép.",
        "What was changed after signing cannot be analysed, so it counts as not permitted.",
    ),
    "CHANGE_NOT_PERMITTED": Words(
        "Sau khi ký, tệp bị sửa ngoài những gì được phép (chữ ký tiếp theo, dữ liệu kiểm tra).",
        "After signing, more was changed than further signatures and validation data.",
    ),
    "CHANGE_FORBIDDEN_BY_CERTIFICATION": Words(
        "Tệp bị sửa quá mức {allowed} mà người chứng thực tài liệu cho phép.",
        "The file was changed beyond level {allowed}, which its certifier allowed.",
    ),
    "CHANGE_LEAVES_ORPHANS": Words(
        "Sau khi ký, tệp có thêm đối tượng không nơi nào dùng tới.",
        "After signing, objects were added that nothing uses.",
    ),
    "CHANGE_RAISES_VERSION": Words(
        "Sau khi ký, phiên bản PDF ghi trong tệp bị đổi.",
        "After signing, the PDF version that the file names was changed.",
    ),
    "CHANGE_FILLS_FORM": Words(
        "Sau khi ký, biểu mẫu được điền thêm; người chứng thực tài liệu cho phép điều đó.",
        "After signing, the form was filled in, which its certifier allowed.",
    ),
    "SIGNATURE_COVERS_PAGE": Words(
        "Chữ ký thêm sau tại ô {field} chiếm quá 12 % trang.",
        "The later signature in field {field} takes more than 12 % of the page.",
    ),
    "SIGNATURE_COVERS_TEXT": Words(
        "Chữ ký thêm sau tại ô {field} che chữ trên trang đã ký.",
        "The later signature in field {field} covers text of the page as it was signed.",
    ),
    "SIGNATURE_COVERS_CONTENT": Words(
        "Chữ ký thêm sau tại ô {field} che hình, nét vẽ hoặc ô biểu mẫu trên trang đã ký.",
        "The later signature in field {field} covers a picture, a drawing or a field of the page.",
    ),
    "SIGNATURE_COVERS_SIGNATURE": Words(
        "Chữ ký thêm sau tại ô {field} che một chữ ký có trước.",
        "The later signature in field {field} covers an earlier one.",
    ),
    "SIGNATURE_LEAVES_BOX": Words(
        "Hình của chữ ký thêm sau tại ô {field} bị kéo giãn hoặc xiên so với khung.",
        "The look of the later signature in field {field} is stretched or slanted.",
    ),
    "SIGNATURE_HIDES_PAGE": Words(
        "Chữ ký thêm sau vừa chiếm phần lớn trang vừa che chữ: nội dung đã ký bị thay hình.",
        "A later signature takes much of the page and covers its text: it shows other things.",
    ),
    "SIGNATURE_PLACE_UNREADABLE": Words(
        "Không xác định được chữ ký thêm sau che phần nào của trang.",
        "What later signatures cover of the page cannot be told.",
    ),
    "FILLED_BY_UNKNOWN": Words(
        "Số và ngày văn bản được điền cùng một chữ ký mà danh bạ không biết là của ai.",
        "Number and day were filled under a signature whose holder the directory does not know.",
    ),
}
"""About what was changed after it."""
