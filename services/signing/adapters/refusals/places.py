"""What is wrong with a field, a place on the page, a picture or a text."""

from services.signing.adapters.refusals.refused import SigningRefused


class FieldExists(SigningRefused):
    """The file already has a field of the name that preparation creates."""

    code = "FIELD_EXISTS"
    vi = "Tệp đã có trường {field}. Hãy dùng bản chưa chuẩn bị."
    en = "The file already has the field {field}. Use a draft without it."


class FieldMissing(SigningRefused):
    """The file was not prepared: the field to sign or to fill is not there."""

    code = "FIELD_MISSING"
    vi = "Tệp thiếu trường {field}. Hãy chuẩn bị văn bản trước khi ký."
    en = "The file lacks the field {field}. Prepare it before signing."


class FieldAlreadySigned(SigningRefused):
    """This signature is there already."""

    code = "FIELD_ALREADY_SIGNED"
    vi = "Trường {field} đã được ký. Không ký lại."
    en = "The field {field} is signed already. Do not sign it again."


class FieldAlreadyFilled(SigningRefused):
    """The number or the date stands in the file already."""

    code = "FIELD_ALREADY_FILLED"
    vi = "Trường {field} đã được điền. Không điền lại."
    en = "The field {field} is filled already. Do not fill it again."


class PlacementOffPage(SigningRefused):
    """A field would lie outside its page, or the page does not exist."""

    code = "PLACEMENT_OFF_PAGE"
    vi = "Vị trí ký nằm ngoài trang {page}. Hãy đặt lại vị trí."
    en = "The place lies outside page {page}. Choose another place."


class GlyphMissing(SigningRefused):
    """A letter of the text to be printed is not in the field's typeface."""

    code = "GLYPH_MISSING"
    vi = "Không in được ký tự {letters}. Hãy sửa số, ký hiệu."
    en = "The letters {letters} cannot be printed. Correct number or notation."


class TextTooWide(SigningRefused):
    """The text does not fit its field even in the smallest size."""

    code = "TEXT_TOO_WIDE"
    vi = "“{text}” quá dài so với ô {field}. Hãy nới ô hoặc rút ngắn."
    en = "“{text}” does not fit the field {field}. Widen it or shorten the text."


class ImageNotTransparent(SigningRefused):
    """The picture of a signature or a seal must be a PNG with a transparent background."""

    code = "IMAGE_NOT_TRANSPARENT"
    vi = "Ảnh chữ ký, con dấu phải là PNG nền trong suốt. Hãy thay ảnh."
    en = "The picture must be a PNG with a transparent background. Replace it."


class PictureTooLarge(SigningRefused):
    """The picture in its real size does not fit the place prepared for it."""

    code = "PICTURE_TOO_LARGE"
    vi = "Ảnh {width_mm} × {height_mm} mm lớn hơn ô ký. Hãy nới ô."
    en = "The picture of {width_mm} × {height_mm} mm exceeds its place. Widen it."


class PictureColourWrong(SigningRefused):
    """A leader's picture is blue, an agency's red (regulation 4.1, 4.2)."""

    code = "PICTURE_COLOUR_WRONG"
    vi = "Màu ảnh không đúng quy định ({wanted}). Chữ ký màu xanh, con dấu màu đỏ; hãy thay ảnh."
    en = "The picture must be {wanted}: a signature blue, a seal red. Replace it."


class SealMisplaced(SigningRefused):
    """The seal would not cover about a third of the leader's picture at its left (R9.2b-2)."""

    code = "SEAL_MISPLACED"
    vi = "Dấu trùm {share} % chữ ký, lệch {apart_mm} mm; cần khoảng một phần ba về bên trái."
    en = "The seal takes {share} % of the picture, {apart_mm} mm off; a third at the left is due."


class BlockRoomMissing(SigningRefused):
    """The head of page 1 has no room left for another block of words (regulation 4.3)."""

    code = "BLOCK_ROOM_MISSING"
    vi = "Góc trên bên phải trang 1 không còn chỗ cho “{text}”. Hãy rút ngắn mẫu."
    en = "The top right of page 1 has no room for “{text}”. Shorten the format."
