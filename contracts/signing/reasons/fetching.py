"""Reasons why an address of an authority gave nothing useful."""

from __future__ import annotations

from contracts.signing.reasons.words import Words

FETCHING = {
    "UNREACHABLE": Words(
        "Không kết nối được tới địa chỉ của tổ chức cấp chứng thư.",
        "The authority's address cannot be reached.",
    ),
    "TOO_SLOW": Words(
        "Địa chỉ của tổ chức cấp chứng thư trả lời quá chậm.",
        "The authority's address answers too slowly.",
    ),
    "ANSWER_TOO_LARGE": Words(
        "Dữ liệu nhận được lớn hơn giới hạn.",
        "What came is larger than the limit.",
    ),
    "NOT_WHAT_WAS_ASKED": Words(
        "Địa chỉ trả về loại dữ liệu khác với yêu cầu.",
        "The address gives another kind of data than was asked for.",
    ),
    "NOT_A_LIST": Words(
        "Dữ liệu nhận được không phải danh sách thu hồi.",
        "What came is no revocation list.",
    ),
    "NOT_ITS_LIST": Words(
        "Danh sách thu hồi không do tổ chức cấp chứng thư này ký.",
        "The revocation list was not signed by this authority.",
    ),
    "NOT_AN_ANSWER": Words(
        "Dữ liệu nhận được không phải trả lời về trạng thái chứng thư.",
        "What came is no answer about a certificate.",
    ),
    "NOT_ITS_ANSWER": Words(
        "Trả lời về trạng thái chứng thư không do tổ chức này ký, hoặc về chứng thư khác.",
        "The answer was not signed by this authority, or speaks of another certificate.",
    ),
    "OUT_OF_DATE": Words(
        "Danh sách hoặc trả lời nhận được đã hết hạn.",
        "The list or answer that came is out of date.",
    ),
    "OLDER_THAN_KEPT": Words(
        "Danh sách thu hồi nhận được cũ hơn danh sách đang giữ.",
        "The revocation list that came is older than the one at hand.",
    ),
}
