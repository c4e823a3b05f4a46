"""Working time (giờ hành chính, ngày làm việc): office hours, days off, deadlines. Pure arithmetic.

    calendar = Calendar.of("A")
    calendar.effective_receipt(raw)                    # the legal time of receipt, +07:00
    transfer_due(calendar, raw, paperless=True).due_at # two working hours later

Instants are aware datetimes of any offset and are answered in +07:00 (C9). Everything refused is a
typed `ClockRefused`, which is also a `ValueError`. The rules C1 to C15 are named where they live:
hours (C1 to C6, C8) and days, months, years (C10 to C14) in `calendar`, urgency and the first day
(C7, C15) in `deadlines`, the time zone (C9) in `instants`.
"""

from .calendar import Calendar, Deadline
from .deadlines import (
    PAPERLESS_HOURS,
    SUSPENSION_WORKING_DAYS,
    URGENT_WITHIN,
    archive_due,
    cancel_due,
    issue_due,
    receipt_notice_due,
    register_due,
    send_due,
    sent_at,
    silence_alarms,
    suspension_announce_by,
    transfer_due,
    urgent_due,
)
from .holidays import YEARS, WorkYear, computed_year
from .hours import PROFILES, OfficeHours, Season, profile
from .instants import VIETNAM, day_of, in_vietnam, midnight
from .periods import CutOff, Period, Quarter, agency_report_due, months, period, quarter_of
from .refusals import (
    ClockRefused,
    InstantOutOfReach,
    InstantWithoutOffset,
    NoticeRefused,
    ProfileUnknown,
    QuarterUnknown,
    SpanRefused,
    YearNotLoaded,
)

__all__ = [
    "PAPERLESS_HOURS",
    "PROFILES",
    "SUSPENSION_WORKING_DAYS",
    "URGENT_WITHIN",
    "VIETNAM",
    "YEARS",
    "Calendar",
    "ClockRefused",
    "CutOff",
    "Deadline",
    "InstantOutOfReach",
    "InstantWithoutOffset",
    "NoticeRefused",
    "OfficeHours",
    "Period",
    "ProfileUnknown",
    "Quarter",
    "QuarterUnknown",
    "Season",
    "SpanRefused",
    "WorkYear",
    "YearNotLoaded",
    "agency_report_due",
    "archive_due",
    "cancel_due",
    "computed_year",
    "day_of",
    "in_vietnam",
    "issue_due",
    "midnight",
    "months",
    "period",
    "profile",
    "quarter_of",
    "receipt_notice_due",
    "register_due",
    "send_due",
    "sent_at",
    "silence_alarms",
    "suspension_announce_by",
    "transfer_due",
    "urgent_due",
]
