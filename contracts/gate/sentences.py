"""What each code of the gate tells a person, in two languages: templates over a finding's data."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "EMPTY_FILE": (
        "Tệp rỗng. Hãy gửi lại tệp.",
        "The file is empty. Send it again.",
    ),
    "FILE_TOO_LARGE": (
        "Tệp {size} byte vượt giới hạn {limit} byte. Hãy giảm dung lượng hoặc chia nhỏ.",
        "A file of {size} bytes passes the limit of {limit}. Reduce or split it.",
    ),
    "TOO_MANY_FILES": (
        "Gói có {count} tệp, quá giới hạn {limit}. Hãy chia thành nhiều lần gửi.",
        "The package has {count} files, over the limit of {limit}. Send it in parts.",
    ),
    "PACKAGE_TOO_LARGE": (
        "Gói {size} byte vượt giới hạn {limit} byte. Hãy chia thành nhiều lần gửi.",
        "A package of {size} bytes passes the limit of {limit}. Send it in parts.",
    ),
    "KIND_NOT_ALLOWED": (
        "Không nhận loại tệp “{extension}”. Hãy gửi một trong các loại: {allowed}.",
        "Files of kind “{extension}” are not taken. Send one of: {allowed}.",
    ),
    "KIND_MISMATCH": (
        "Tên tệp là {extension} nhưng nội dung là {content}. Hãy lưu đúng loại rồi gửi lại.",
        "The name says {extension}, the content is {content}. Save it as what it is, send again.",
    ),
    "EXECUTABLE": (
        "Trong tệp có chương trình chạy được ({content}). Hãy bỏ chương trình đó.",
        "There is a program inside ({content}). Remove it.",
    ),
    "POLYGLOT": (
        "Tệp đồng thời là loại khác ({content}). Hãy xuất lại tệp từ bản gốc.",
        "The file is a {content} at the same time. Export it again from its source.",
    ),
    "LEADING_BYTES": (
        "Có byte lạ trước phần đầu tệp. Hãy xuất lại tệp từ bản gốc.",
        "Strange bytes stand before the start. Export the file again from its source.",
    ),
    "TRAILING_BYTES": (
        "Có {bytes} byte lạ sau phần cuối tệp. Hãy xuất lại tệp từ bản gốc.",
        "{bytes} strange bytes stand after the end. Export the file again from its source.",
    ),
    "ENCRYPTED": (
        "Tệp bị mã hóa hoặc đặt mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
        "The file is encrypted or has a password. Remove it, send again.",
    ),
    "DAMAGED": (
        "Tệp {content} hỏng hoặc thiếu phần ({why}). Hãy gửi lại bản nguyên vẹn.",
        "The {content} is damaged or cut short ({why}). Send an intact copy.",
    ),
    "NAME_NOT_UNICODE": (
        "Tên tệp không phải Unicode. Hãy đặt lại tên.",
        "The file's name is not Unicode. Rename it.",
    ),
    "NAME_CONTROLS": (
        "Tên tệp có ký tự điều khiển {characters}. Hãy đặt lại tên.",
        "The file's name has control characters {characters}. Rename it.",
    ),
    "NAME_DIRECTION": (
        "Tên tệp có ký tự đảo chiều chữ {characters}, che phần đuôi thật. Hãy đặt lại tên.",
        "The file's name turns the writing around with {characters}. Rename it.",
    ),
    "NAME_INVISIBLE": (
        "Tên tệp có ký tự vô hình {characters}. Hãy đặt lại tên.",
        "The file's name has invisible characters {characters}. Rename it.",
    ),
    "NAME_PATH": (
        "Tên tệp chứa đường dẫn. Hãy đặt lại tên, không dùng / \\ : và “..”.",
        "The file's name holds a path. Rename it without / \\ : and “..”.",
    ),
    "NAME_RESERVED": (
        "Tên “{name}” dành riêng cho hệ điều hành. Hãy đặt lại tên.",
        "The name “{name}” belongs to operating systems. Rename it.",
    ),
    "NAME_TOO_LONG": (
        "Tên tệp dài {length}, quá giới hạn {limit}. Hãy rút ngắn.",
        "The name's length {length} passes the limit of {limit}. Shorten it.",
    ),
    "NAME_NOT_PLAIN": (
        "Tên tệp phải là chữ không dấu, số, gạch nối. Hãy đặt lại tên.",
        "The name may have plain letters, digits and dashes only. Rename it.",
    ),
    "NAME_LEGACY": (
        "Tên tệp gõ bằng bảng mã {encoding}, không phải Unicode. Hãy gõ lại tên.",
        "The name is typed in {encoding}, not Unicode. Type it again.",
    ),
    "NAME_COLLISION": (
        "Trong gói có hai tệp cùng tên “{name}”. Hãy đặt tên khác nhau.",
        "Two files of the package have the name “{name}”. Give them different names.",
    ),
    "NAME_LOOKALIKE": (
        "Tên tệp có chữ nhìn giống chữ khác: {characters}. Nên đổi thành “{proposal}”.",
        "The name has look-alike letters: {characters}. Better “{proposal}”.",
    ),
    "NAME_UNUSUAL": (
        "Tên tệp có ký tự lạ {characters}.",
        "The name has unusual characters {characters}.",
    ),
    "NAME_DECOMPOSED": (
        "Tên tệp viết bằng Unicode tổ hợp, được lưu dạng dựng sẵn.",
        "The name is in decomposed Unicode; it is kept in composed form.",
    ),
    "ARCHIVE_OVERLAP": (
        "Các mục nén chồng lên nhau (bom nén). Hãy lưu lại tệp từ bản gốc.",
        "Entries of the archive overlap (a bomb). Save the file again from its source.",
    ),
    "ARCHIVE_BOMB": (
        "Phần nén “{where}” bung ra quá lớn. Hãy lưu lại tệp từ bản gốc.",
        "The part “{where}” unpacks to far too much. Save the file again from its source.",
    ),
    "ARCHIVE_NESTED": (
        "Trong tệp có tệp nén “{where}”. Hãy bỏ tệp nén bên trong.",
        "There is an archive “{where}” inside. Remove it.",
    ),
    "ARCHIVE_PATH": (
        "Mục nén có đường dẫn nguy hiểm “{where}”. Hãy lưu lại tệp từ bản gốc.",
        "An entry has the dangerous path “{where}”. Save the file again from its source.",
    ),
    "ARCHIVE_LINK": (
        "Mục nén “{where}” là liên kết hoặc thiết bị. Hãy lưu lại tệp từ bản gốc.",
        "The entry “{where}” is a link or a device. Save the file again from its source.",
    ),
    "ARCHIVE_NAMES": (
        "Hai mục nén cùng tên “{where}”. Hãy lưu lại tệp từ bản gốc.",
        "Two entries have the name “{where}”. Save the file again from its source.",
    ),
    "ARCHIVE_LIES": (
        "Mục lục nén không khớp nội dung ở “{where}” ({why}). Hãy lưu lại tệp từ bản gốc.",
        "The archive's directory and content differ at “{where}” ({why}). Save the file again.",
    ),
    "MACRO": (
        "Tệp có macro ({where}). Hãy lưu lại không kèm macro.",
        "The file has macros ({where}). Save it without them.",
    ),
    "ACTIVE_CONTROL": (
        "Tệp có điều khiển ActiveX ({where}). Hãy bỏ điều khiển đó.",
        "The file has an ActiveX control ({where}). Remove it.",
    ),
    "EMBEDDED_OBJECT": (
        "Tệp có đối tượng nhúng lạ ({where}). Hãy bỏ hoặc gửi riêng.",
        "The file has a foreign embedded object ({where}). Remove it or send it apart.",
    ),
    "EMBEDDED_FILE": (
        "Trong PDF có tệp đính kèm ({where}). Hãy gửi tệp đó riêng.",
        "The PDF carries an attached file ({where}). Send that file apart.",
    ),
    "REMOTE_CONTENT": (
        "Tệp tự lấy nội dung từ ngoài ({where}: {target}). Hãy nhúng hoặc bỏ nội dung đó.",
        "The file fetches content from outside ({where}: {target}). Embed or remove it.",
    ),
    "DANGEROUS_LINK": (
        "Liên kết nguy hiểm {target}. Hãy bỏ liên kết.",
        "A dangerous link {target}. Remove it.",
    ),
    "DDE_LINK": (
        "Tệp gọi chương trình khác qua DDE ({where}). Hãy bỏ trường đó.",
        "The file calls another program by DDE ({where}). Remove the field.",
    ),
    "SCRIPT": (
        "Tệp có mã kịch bản ({where}). Hãy bỏ mã hoặc in lại ra PDF.",
        "The file has a script ({where}). Remove it or print to PDF again.",
    ),
    "LAUNCH": (
        "PDF có lệnh mở chương trình ({where}). Hãy in lại ra PDF.",
        "The PDF starts a program ({where}). Print it to PDF again.",
    ),
    "XFA_FORM": (
        "PDF là biểu mẫu động XFA. Hãy in lại ra PDF thường.",
        "The PDF is a dynamic XFA form. Print it to an ordinary PDF.",
    ),
    "MEDIA": (
        "PDF có đa phương tiện ({where}). Hãy bỏ phần đó.",
        "The PDF has multimedia ({where}). Remove it.",
    ),
    "XML_DTD": (
        "XML trong “{where}” khai báo DTD. Hãy lưu lại tệp từ bản gốc.",
        "The XML of “{where}” declares a DTD. Save the file again from its source.",
    ),
    "XML_INCLUDE": (
        "XML trong “{where}” chèn tệp ngoài. Hãy lưu lại tệp từ bản gốc.",
        "The XML of “{where}” includes other files. Save the file again from its source.",
    ),
    "XML_BOMB": (
        "XML trong “{where}” lồng quá sâu hoặc quá lớn. Hãy lưu lại tệp từ bản gốc.",
        "The XML of “{where}” is too deep or too large. Save the file again from its source.",
    ),
    "PDF_BOMB": (
        "PDF bung ra quá lớn ({where}). Hãy in lại ra PDF.",
        "The PDF unpacks to far too much ({where}). Print it to PDF again.",
    ),
    "PDF_PAGES": (
        "PDF khai {announced} trang nhưng có {counted}. Hãy in lại ra PDF.",
        "The PDF announces {announced} pages and has {counted}. Print it to PDF again.",
    ),
    "IMAGE_BOMB": (
        "Ảnh quá lớn: {width} x {height} điểm ảnh, {frames} khung. Hãy giảm kích thước.",
        "The picture is too large: {width} x {height} pixels, {frames} frames. Reduce it.",
    ),
    "TEXT_NOT_UNICODE": (
        "Văn bản không phải Unicode, giống bảng mã {encoding}. Hãy chuyển sang UTF-8.",
        "The text is not Unicode; it looks like {encoding}. Convert it to UTF-8.",
    ),
    "TEXT_CONTROLS": (
        "Văn bản có ký tự điều khiển {characters}. Hãy bỏ ký tự đó.",
        "The text has control characters {characters}. Remove them.",
    ),
    "TEXT_TOO_WIDE": (
        "Bảng có {columns} cột, quá giới hạn {limit}. Hãy chia nhỏ bảng.",
        "The table has {columns} columns, over the limit of {limit}. Split it.",
    ),
    "LEGACY_TEXT": (
        "Nội dung gõ bằng bảng mã {encoding}. Nên gõ lại bằng Unicode.",
        "The content is typed in {encoding}. Better type it in Unicode.",
    ),
    "LEGACY_FONT": (
        "Dùng phông cũ {font}, không phải Unicode. Nên đổi sang Times New Roman.",
        "It uses the legacy font {font}, not Unicode. Better use Times New Roman.",
    ),
    "TEXT_DIRECTION": (
        "Văn bản có ký tự đảo chiều chữ {characters}. Hãy đọc cẩn thận.",
        "The text turns the writing around with {characters}. Read with care.",
    ),
    "FORMULA": (
        "Ô bắt đầu bằng công thức ở dòng {row}. Đừng cho phép chạy khi mở.",
        "A cell starts like a formula in row {row}. Do not let it run when opened.",
    ),
    "LINKED_FILE": (
        "Tệp liên kết tới tệp khác: {target}. Phần đó có thể không hiển thị.",
        "The file links to another one: {target}. That part may not show.",
    ),
    "OBJECT_KEPT": (
        "Tệp có đối tượng nhúng thông thường ({where}).",
        "The file has an ordinary embedded object ({where}).",
    ),
    "OLD_PDF": (
        "PDF phiên bản {version}, cũ hơn 1.4.",
        "A PDF of version {version}, older than 1.4.",
    ),
    "PICTURE_PLACE": (
        "Ảnh ghi tọa độ nơi chụp (GPS).",
        "The picture tells where it was taken (GPS).",
    ),
    "SECRET_MARK": (
        "Có dấu độ mật: chỉ giữ thông tin ngoài bì, không giữ tệp. Hãy gửi theo đường cơ yếu.",
        "It bears a secrecy mark: only the envelope is kept, no file. Use the cipher channel.",
    ),
    "MALWARE": (
        "Phát hiện mã độc {name}. Hãy làm sạch máy rồi gửi lại.",
        "Malware {name} was found. Clean the machine, then send again.",
    ),
    "SCANNER_AWAY": (
        "Chưa quét được mã độc ({why}). Tệp được tạm giữ đến khi quét xong.",
        "The malware scanner does not answer ({why}). The file is parked until it does.",
    ),
    "TOO_COSTLY": (
        "Kiểm tra tệp vượt giới hạn {limit}. Hãy lưu lại tệp đơn giản hơn.",
        "Checking the file passes the limit of {limit}. Save it in a simpler form.",
    ),
    "CHECK_CRASHED": (
        "Không kiểm tra được tệp (lỗi ở {where}). Hãy lưu lại tệp từ bản gốc.",
        "The file cannot be checked (failed in {where}). Save it again from its source.",
    ),
}
