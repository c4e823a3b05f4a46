"""What the letters of the demonstration say: a request for a report, and the reply to it.

The agencies are real kinds of agencies, the people, figures and matters are invented.
"""

from datetime import date

from services.cli.letter import Letter

_COMMUNES = (
    "Bình An",
    "Bình Chánh",
    "Bình Dương",
    "Bình Giang",
    "Bình Hải",
    "Bình Lãnh",
    "Bình Minh",
    "Bình Nguyên",
    "Bình Phú",
    "Bình Quế",
    "Bình Sa",
    "Bình Trị",
)
_OUTLINE = (
    "I. Đặc điểm, tình hình của cơ quan, đơn vị; số lượng người sử dụng hệ thống; số chứng thư số "
    "cá nhân và chứng thư số cơ quan đang có hiệu lực.",
    "II. Kết quả thực hiện theo tám nội dung của Công văn, mỗi nội dung nêu số liệu, đánh giá và "
    "so sánh với kỳ báo cáo trước.",
    "III. Tồn tại, hạn chế và nguyên nhân; bài học kinh nghiệm rút ra trong tổ chức thực hiện.",
    "IV. Phương hướng, nhiệm vụ và giải pháp trong thời gian tới; kiến nghị, đề xuất.",
)
_DUTIES = (
    "Kết quả tiếp nhận văn bản điện tử: tổng số văn bản đến, số văn bản được tiếp nhận trong giờ "
    "hành chính và ngoài giờ hành chính, số văn bản bị từ chối kèm theo lý do của từng trường "
    "hợp.",
    "Kết quả kiểm tra chữ ký số trên văn bản đến: số văn bản có đủ chữ ký của người có thẩm "
    "quyền và chữ ký của cơ quan, số văn bản chỉ có một trong hai chữ ký, số văn bản không có "
    "chữ ký số; những khó khăn khi kiểm tra hiệu lực của chứng thư số và dấu thời gian.",
    "Kết quả đăng ký, trình và chuyển giao văn bản: thời gian trung bình từ khi văn bản đến hệ "
    "thống đến khi được chuyển giao cho đơn vị hoặc cá nhân xử lý; số văn bản chuyển giao quá "
    "hai giờ làm việc và nguyên nhân của việc chậm chuyển giao.",
    "Kết quả xử lý văn bản có thời hạn: số văn bản hoàn thành trước hạn, đúng hạn và quá hạn; "
    "các nhiệm vụ còn tồn đọng đến thời điểm báo cáo và dự kiến thời gian hoàn thành.",
    "Kết quả phát hành văn bản đi: số văn bản được ký số đầy đủ trên tổng số văn bản đi, số văn "
    "bản phải thu hồi hoặc thay thế sau khi phát hành, số văn bản còn gửi song song bản giấy.",
    "Công tác lập hồ sơ điện tử và nộp lưu hồ sơ vào Lưu trữ cơ quan; tình hình bảo quản tài "
    "liệu điện tử và tài liệu giấy hình thành trong kỳ báo cáo.",
    "Tình hình bố trí nhân sự làm công tác văn thư, quản lý con dấu, quản lý thiết bị lưu khóa "
    "bí mật của cơ quan; việc bàn giao thiết bị khi văn thư nghỉ phép, chuyển công tác.",
    "Các khó khăn, vướng mắc về hạ tầng kỹ thuật, phần mềm và kết nối với trục liên thông văn "
    "bản; kiến nghị, đề xuất gửi cấp có thẩm quyền xem xét, giải quyết.",
)


_REQUEST_OPENING = (
    "Thực hiện quy định của Chính phủ về công tác văn thư và quy chế gửi, nhận văn bản "
    "điện tử giữa các cơ quan nhà nước trên địa bàn tỉnh, để có cơ sở tổng hợp, báo cáo "
    "Ủy ban nhân dân tỉnh, Sở Nội vụ đề nghị quý cơ quan báo cáo tình hình gửi, nhận và "
    "xử lý văn bản điện tử tại cơ quan, đơn vị mình với các nội dung sau đây:",
)
_REQUEST_CLOSING = (
    "Số liệu báo cáo được lấy trực tiếp từ hệ thống quản lý văn bản và điều hành của cơ "
    "quan, tính từ ngày đầu của kỳ báo cáo đến hết ngày làm việc liền trước ngày gửi báo "
    "cáo. Đối với các chỉ tiêu chưa có số liệu, đề nghị nêu rõ lý do và thời điểm dự "
    "kiến có số liệu.",
    "Đề nghị quý cơ quan phân công một đồng chí lãnh đạo phụ trách và một đầu mối liên "
    "hệ để phối hợp trong quá trình tổng hợp; gửi danh sách kèm theo văn bản trả lời.",
    "Văn bản trả lời gửi về Sở Nội vụ qua trục liên thông văn bản <b>trước ngày "
    "{limit}</b>. Quá thời hạn nêu trên, Sở Nội vụ sẽ tổng hợp, báo cáo Ủy ban nhân dân "
    "tỉnh danh sách các cơ quan chưa gửi báo cáo.",
    "Để bảo đảm số liệu thống nhất giữa các cơ quan, đề nghị quý cơ quan đối chiếu danh "
    "sách văn bản đã gửi, đã nhận với hệ thống của cơ quan đối tác trước khi báo cáo; "
    "các văn bản chưa khớp trạng thái được liệt kê riêng, nêu rõ số, ký hiệu, ngày phát "
    "hành và trạng thái tại từng hệ thống.",
    "Trường hợp cần hướng dẫn về nghiệp vụ văn thư, lưu trữ, đề nghị liên hệ Phòng Quản "
    "lý Văn thư - Lưu trữ; về kỹ thuật ký số và kiểm tra chữ ký số, liên hệ đầu mối của "
    "Trung tâm Công nghệ thông tin và Truyền thông tỉnh.",
    "Rất mong nhận được sự quan tâm, phối hợp của quý cơ quan./.",
)
_REPLY = (
    "Phúc đáp Công văn{referred} của Sở Nội vụ về việc báo cáo tình hình gửi, nhận và xử "
    "lý văn bản điện tử, Ủy ban nhân dân huyện Thăng Bình báo cáo như sau:",
    "Ủy ban nhân dân huyện đã chỉ đạo Văn phòng, các phòng chuyên môn và Ủy ban nhân dân "
    "các xã thực hiện tiếp nhận, đăng ký và chuyển giao văn bản trên môi trường điện tử; "
    "văn thư các cấp được giao quản lý con dấu và thiết bị lưu khóa bí mật theo đúng quy "
    "định.",
    "Đến hết kỳ báo cáo, toàn bộ văn bản đến đã được đăng ký trên hệ thống; không có văn "
    "bản nào chuyển giao quá hai giờ làm việc mà chưa rõ nguyên nhân. Kết quả cụ thể tại "
    "các xã được nêu tại Phụ lục kèm theo.",
    "Khó khăn chính là đường truyền tại một số xã vùng cát chưa ổn định, việc kiểm tra "
    "dấu thời gian có lúc chậm. Ủy ban nhân dân huyện kiến nghị hỗ trợ nâng cấp đường "
    "truyền và tổ chức tập huấn cho văn thư cấp xã trong quý tới.",
    "Ủy ban nhân dân huyện Thăng Bình kính báo cáo Sở Nội vụ tổng hợp./.",
)


def request_for_report(reply_by: date, year: int) -> Letter:
    """Sở Nội vụ asks two agencies for a report and a reply by ``reply_by`` (công văn đề nghị)."""
    limit = f"{reply_by.day:02d}/{reply_by.month:02d}/{reply_by.year}"
    return Letter(
        superior="UBND tỉnh Quảng Nam",
        agency="Sở Nội vụ",
        notation="SNV-VTLT",
        place="Quảng Nam",
        year=year,
        subject="báo cáo tình hình gửi, nhận và xử lý văn bản điện tử",
        to=("Sở Tài chính", "Ủy ban nhân dân huyện Thăng Bình"),
        paragraphs=(
            *_REQUEST_OPENING,
            *(f"{row}. {duty}" for row, duty in enumerate(_DUTIES, start=1)),
            *(line.format(limit=limit) for line in _REQUEST_CLOSING),
        ),
        places=(
            "Như trên",
            "UBND tỉnh (để báo cáo)",
            "Giám đốc, các Phó Giám đốc",
            "Lưu: VT, VTLT",
        ),
        post="Giám đốc",
        signer="Nguyễn Văn An",
        appendix=("Đề cương báo cáo", *_OUTLINE),
    )


def reply_to_request(year: int, answered: str = "") -> Letter:
    """UBND huyện Thăng Bình answers; ``answered`` is the number and notation of the request."""
    referred = f" số {answered}" if answered else ""
    rows = tuple(
        f"- Xã {name}: tiếp nhận {41 + 7 * row} văn bản, chuyển giao đúng hạn {40 + 7 * row} văn "
        f"bản; phát hành {18 + 3 * row} văn bản, trong đó {18 + 3 * row} văn bản được ký số đầy "
        f"đủ; hồ sơ điện tử đã lập {6 + row} hồ sơ, không còn nhiệm vụ quá hạn chưa xử lý."
        for row, name in enumerate(_COMMUNES)
    )
    return Letter(
        superior="Tỉnh Quảng Nam",
        agency="UBND huyện Thăng Bình",
        notation="UBND-VP",
        place="Thăng Bình",
        year=year,
        subject="trả lời đề nghị báo cáo tình hình gửi, nhận và xử lý văn bản điện tử",
        to=("Sở Nội vụ tỉnh Quảng Nam",),
        paragraphs=tuple(line.format(referred=referred) for line in _REPLY),
        places=("Như trên", "Thường trực Huyện ủy", "Lãnh đạo UBND huyện", "Lưu: VT, VP"),
        post="Chủ tịch",
        signer="Lê Quang Huy",
        appendix=("Kết quả tại các xã trong kỳ báo cáo", *rows),
    )
