"""What the clock says no to. Each is a typed refusal and a `ValueError`; each says what to do."""

from __future__ import annotations

from contracts.errors import Invalid


class ClockRefused(Invalid, ValueError):
    """The ancestor of every refusal of working time; never raised itself."""


class InstantWithoutOffset(ClockRefused):
    """`instant` names no offset, so it is no moment at all (C9)."""

    vi = "Thời điểm {instant} không có múi giờ. Hãy ghi rõ, ví dụ {instant}+07:00."
    en = "The instant {instant} has no offset. Write one, for example {instant}+07:00."


class YearNotLoaded(ClockRefused):
    """The calendar holds no days off for `year`; it reaches from `first` to `last`."""

    vi = (
        "Lịch {calendar} chỉ có dữ liệu từ {first} đến {last}, không có năm {year}. "
        "Hãy nạp thông báo ngày nghỉ của năm {year} (Calendar.with_notice)."
    )
    en = (
        "Calendar {calendar} reaches from {first} to {last} and does not hold {year}. "
        "Load the yearly notice of {year} (Calendar.with_notice)."
    )


class InstantOutOfReach(ClockRefused):
    """`instant` lies so near the end of time that it cannot be written in +07:00."""

    vi = "Không đổi được {instant} sang giờ Việt Nam. Hãy kiểm tra năm."
    en = "The instant {instant} cannot be written in Vietnamese time. Check its year."


class SpanRefused(ClockRefused):
    """`count` is no length of time: negative, endless, or broken where whole days are counted."""

    vi = "Không tính được khoảng {count}. Hãy dùng số không âm; ngày và tháng phải là số nguyên."
    en = "The span {count} cannot be counted. Use zero or more; days and months are whole numbers."


class ProfileUnknown(ClockRefused):
    """There are no office hours named `profile`."""

    vi = "Không có khung giờ hành chính {profile}. Hãy chọn: {known}."
    en = "There are no office hours {profile}. Choose one of: {known}."


class NoticeRefused(ClockRefused):
    """A yearly notice contradicts itself or skips a year; `why_vi` and `why_en` say how."""

    vi = "Không nạp được thông báo năm {year}: {why_vi}. Hãy sửa rồi nạp lại."
    en = "The notice of {year} cannot be loaded: {why_en}. Correct it and load it again."


class QuarterUnknown(ClockRefused):
    """`period` is no reporting period: its number or its year is outside the range."""

    vi = "Không có kỳ báo cáo {period}. Hãy xem lại số kỳ và năm."
    en = "There is no reporting period {period}. Check its number and its year."
