"""Who plays in the story: three agencies and their people, all invented (nhân vật)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.values import Role, Route

PASSWORD = "mật khẩu của câu chuyện"


ISSUERS = (Role.OFFICER, Role.UNIT_HEAD, Role.FORM_CHECKER, Role.LEADER, Role.CLERK)


@dataclass(frozen=True)
class Agency:
    """An agency of the story; its people's ids are `<role>.<notation>`, but for its leader's."""

    code: str
    name: str
    notation: str
    unit: str
    leader: str
    leader_name: str
    leader_post: str
    route: Route = Route.PLATFORM
    people: tuple[Role, ...] = ISSUERS

    def person(self, role: Role) -> str:
        """Id and user name of whoever has this role."""
        words = f"{role}.{self.notation}".lower().replace("_", "-")
        return self.leader if role is Role.LEADER else words


SENDER = Agency("H47.05", "Sở Nội vụ", "SNV", "VTLT", "nguyen-van-an", "Nguyễn Văn An", "Giám đốc")
ANSWERER = Agency(
    "H47.30", "UBND huyện Thăng Bình", "UBND", "VP", "le-quang-huy", "Lê Quang Huy", "Chủ tịch"
)
REFUSER = Agency(
    "H47.10",
    "Sở Tài chính",
    "STC",
    "VP",
    "tran-thi-bich",
    "Trần Thị Bích",
    "Giám đốc",
    Route.AXIS,
    (Role.CLERK, Role.AXIS),
)
AGENCIES = (SENDER, ANSWERER, REFUSER)
SECOND_OPERATOR = "quan-tri-hai"
"""Who agrees when the operator proposes to trust something."""
POSTS = {
    Role.OFFICER: ("Phạm Minh Châu", "Chuyên viên"),
    Role.UNIT_HEAD: ("Võ Thị Dung", "Trưởng phòng"),
    Role.FORM_CHECKER: ("Huỳnh Văn Em", "Chánh Văn phòng"),
    Role.CLERK: ("Đặng Thị Phượng", "Văn thư"),
    Role.OPERATOR: ("Bùi Quốc Khánh", "Quản trị viên thứ hai"),
    Role.AXIS: ("Trục liên thông tỉnh", "Cổng kết nối"),
}


@dataclass(frozen=True)
class Told:
    """One line of the story as it happens: who, and what in two languages."""

    at: datetime
    who: str
    vi: str
    en: str
