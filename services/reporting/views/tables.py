"""The read tables.

Every table and column says in the database what it means, for people who analyse them there.
Instants are UTC in the tables; days are Vietnamese days.
"""

from __future__ import annotations


def _table(name: str, key: str, meaning: str, columns: str, *indexes: str) -> str:
    """DDL of a table from lines `column | type | meaning`."""
    told = [[word.strip() for word in line.split("|")] for line in columns.strip().splitlines()]
    body = ", ".join(f"{column} {kind}" for column, kind, _ in told)
    ddl = [f"CREATE TABLE IF NOT EXISTS {name} ({body}, PRIMARY KEY ({key}))"]
    ddl.append(f"COMMENT ON TABLE {name} IS '{meaning}'")
    ddl += [f"COMMENT ON COLUMN {name}.{column} IS '{words}'" for column, _, words in told]
    for number, index in enumerate(indexes, 1):
        ddl.append(f"CREATE INDEX IF NOT EXISTS {name}_{number} ON {name} {index}")
    return ";\n".join(ddl)


INCOMING_REGISTER = _table(
    "incoming_register",
    "document_id",
    "Sổ đăng ký văn bản đến: incoming register, a line per delivery (Decree 30/2020, Annex IV)",
    """
    document_id      | uuid             | Identity of the delivery
    agency           | text             | Cơ quan nhận: code of the receiving agency
    year             | int              | Năm: year of the number series
    number           | int              | 2. Số đến: arrival number, empty until registered
    arrived_on       | date             | 1. Ngày đến: day of effective receipt
    author           | text             | 3. Tác giả: issuing agency
    notation         | text             | 4. Số, ký hiệu văn bản: number and notation
    issued_on        | date             | 5. Ngày tháng văn bản: document date
    kind             | text             | 6. Tên loại: kind of document
    subject          | text             | 6. Trích yếu nội dung: summary
    received_by_unit | text             | 7. Đơn vị hoặc người nhận: lead unit
    transferred_on   | date             | 8. Ngày chuyển: day of transfer to the unit
    acknowledged     | text             | 9. Ký nhận: who took it up in the unit
    reply_notation   | text             | 10. Ghi chú: notation of the first reply
    note             | text             | 10. Ghi chú: note of the closing act
    """,
    "(agency, year, number)",
)

OUTGOING_REGISTER = _table(
    "outgoing_register",
    "document_id",
    "Sổ đăng ký văn bản đi: outgoing register, a line per document (Decree 30/2020, Annex IV)",
    """
    document_id | uuid             | Identity of the document
    agency      | text             | Cơ quan ban hành: code of the issuing agency
    year        | int              | Năm: year of the number series
    number      | int              | Số: running number
    notation    | text             | 1. Số, ký hiệu văn bản: number and notation
    issued_on   | date             | 2. Ngày tháng văn bản: document date
    kind        | text             | 3. Tên loại: kind of document
    subject     | text             | 3. Trích yếu nội dung: summary
    signer      | text             | 4. Người ký: name, capacity and post
    recipients  | text             | 5. Nơi nhận văn bản: names, by semicolon
    kept_by     | text             | 6. Đơn vị, người nhận bản lưu: unit keeping the file copy
    copies      | int              | 7. Số lượng bản: one for each recipient
    passed_on   | date             | 8. Ngày chuyển: day of issue
    """,
    "(agency, year, number)",
)

DELIVERIES = _table(
    "deliveries",
    "delivery_id",
    "Dòng nơi nhận: one document at one recipient, as the recipient told the sender",
    """
    delivery_id     | uuid             | Identity of the delivery
    document_id     | uuid             | Identity of the document at its sender
    sender          | text             | Cơ quan gửi: code of the sending agency
    recipient       | text             | Cơ quan nhận: code of the receiving agency
    recipient_name  | text             | Tên nơi nhận: name of the recipient
    issued_at       | timestamptz      | Phát hành: issue, empty until the line is open
    acknowledged_at | timestamptz      | 01 Đã đến: first success answer
    refused_at      | timestamptz      | 02 Từ chối tiếp nhận: refused
    refusal         | text             | 02: reason of the refusal
    accepted_at     | timestamptz      | 03 Đã tiếp nhận: registered
    assigned_at     | timestamptz      | 04 Phân công: first transferred to a unit
    started_at      | timestamptz      | 05 Đang xử lý: work first started
    completed_at    | timestamptz      | 06 Hoàn thành: completed
    reply_due_at    | timestamptz      | Hạn trả lời: 24:00 of the last day of the reply asked for
    answered_on     | date             | Ngày trả lời: day of the first reply
    """,
    "(document_id)",
    "(sender, issued_at)",
    "(sender, reply_due_at) WHERE reply_due_at IS NOT NULL",
)

ARRIVALS = _table(
    "arrivals",
    "document_id",
    "Văn bản đến: the acts on each arrival with their due instants",
    """
    document_id     | uuid             | Identity of the delivery
    agency          | text             | Cơ quan nhận: code of the receiving agency
    subject         | text             | Trích yếu nội dung: summary
    entered_at      | timestamptz      | Thời điểm đến: raw entry
    effective_at    | timestamptz      | Thời điểm nhận: legal receipt
    answer_due_at   | timestamptz      | Hạn tiếp nhận hoặc từ chối: 03 or 02 due
    registered_at   | timestamptz      | Đăng ký: registered
    refused_at      | timestamptz      | Từ chối: refused or quarantined
    paperless       | boolean          | Văn bản điện tử không kèm bản giấy: no paper goes along
    transfer_due_at | timestamptz      | Hạn chuyển xử lý: transfer due
    counted_at      | timestamptz      | Kỳ tính I16: when due and registered; its period counts
    directed_at     | timestamptz      | Chỉ đạo: directed to a unit
    handling_due_at | timestamptz      | Hạn xử lý: 24:00 of the last day for handling
    transferred_at  | timestamptz      | Chuyển xử lý: transferred to the unit
    closed_at       | timestamptz      | Kết thúc: completed, or refused
    """,
    "(closed_at, agency)",
    "(agency, counted_at) WHERE paperless",
)

ESCALATIONS = _table(
    "escalations",
    "kind, document_id, due_at",
    "Việc trễ hạn đã báo cáo: late matters that were put before the leaders",
    """
    kind         | text        | Loại việc: ANSWER, TRANSFER, HANDLING or REPLY
    document_id  | uuid        | Identity of the delivery; of the document for REPLY
    due_at       | timestamptz | Thời hạn: the due instant that passed
    agency       | text        | Cơ quan: code of the agency whose leaders were told
    escalated_at | timestamptz | Thời điểm báo cáo: when they were told
    """,
)
