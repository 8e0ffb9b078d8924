from odoo import api, models
from odoo.fields import Domain

from . import form_text

# NĐ 30/2020 Phụ lục IV: ten columns each, with their width in mm of 267
INCOMING_COLUMNS = [
    ("Ngày đến", 20),
    ("Số đến", 14),
    ("Tác giả", 33),
    ("Số, ký hiệu văn bản", 27),
    ("Ngày tháng văn bản", 20),
    ("Tên loại và trích yếu nội dung văn bản", 57),
    ("Đơn vị hoặc người nhận", 33),
    ("Ngày chuyển", 20),
    ("Ký nhận", 24),
    ("Ghi chú", 19),
]
OUTGOING_COLUMNS = [
    ("Số, ký hiệu văn bản", 27),
    ("Ngày tháng văn bản", 20),
    ("Tên loại và trích yếu nội dung văn bản", 62),
    ("Người ký", 27),
    ("Nơi nhận văn bản", 38),
    ("Đơn vị, người nhận bản lưu", 25),
    ("Số lượng bản", 12),
    ("Ngày chuyển", 20),
    ("Ký nhận", 16),
    ("Ghi chú", 20),
]
TITLES = {
    "incoming": "Sổ đăng ký văn bản đến",
    "outgoing": "Sổ đăng ký văn bản đi",
}
INCOMING_FIELDS = [
    "received_date",
    "issuer_name",
    "symbol",
    "date",
    "document_type_id",
    "subject",
    "state",
    "recall_reason",
    "urgency",
    "secrecy",
    "note",
]
OUTGOING_FIELDS = [
    "symbol",
    "date",
    "document_type_id",
    "subject",
    "signer_name",
    "signer_title",
    "unit_id",
    "copy_count",
    "state",
    "recall_reason",
    "urgency",
    "secrecy",
    "note",
]


class ReportVanbanRegister(models.AbstractModel):
    """The book of one register and period (NĐ 30/2020 Phụ lục IV, BS-14.2a).

    Reads as superuser: whoever may print the book, sees it whole. The wizard checks it.
    """

    _name = "report.vanban_core.report_register"
    _description = "Register as a book"

    @api.model
    def _get_report_values(self, docids, data=None):
        wizards = self.env["vanban.register.print"].browse(docids)
        books = [wizard._get_book() for wizard in wizards]
        return {"title": books[0]["title"], "books": books}

    @api.model
    def _get_book(self, register, date_from, date_to, volume):
        """Return cover, columns and rows of a book.

        :param register: a ``vanban.register`` that the user may print
        :return: dict with ``rows``, a list of ``{"number", "voided", "cells"}``
        """
        register = register.sudo()
        entries = register.env["vanban.register.entry"].search_fetch(
            [
                ("register_id", "=", register.id),
                ("date", ">=", date_from),
                ("date", "<=", date_to),
            ],
            ["number", "year", "date", "state", "void_reason", "document_id"],
            order="year, number",
        )
        incoming = register.direction == "incoming"
        agency = register.company_id
        if incoming:
            cells = self._get_incoming_cells(entries.document_id, agency._vanban_tz())
        else:
            cells = self._get_outgoing_cells(entries.document_id, agency._vanban_tz())
        rows = [self._get_row(entry, incoming, cells) for entry in entries]
        return {
            "title": TITLES[register.direction],
            "register": register.name,
            "agency": agency.name,
            "parent": agency.vanban_parent_name or "",
            "year": self._get_years(date_from, date_to),
            "date_from": form_text.day(date_from),
            "date_to": form_text.day(date_to),
            "number_from": rows[0]["number"] if rows else "",
            "number_to": rows[-1]["number"] if rows else "",
            "volume": volume or "",
            "columns": INCOMING_COLUMNS if incoming else OUTGOING_COLUMNS,
            "narrow": {0, 1, 4, 7} if incoming else {1, 6, 7},
            "rows": rows,
        }

    def _get_years(self, date_from, date_to):
        if date_from.year == date_to.year:
            return str(date_from.year)
        return f"{date_from.year}-{date_to.year}"

    def _get_row(self, entry, incoming, cells):
        """Return the line of one number; a voided one keeps its place (Điều 15)."""
        own = cells.get(entry.document_id.id)
        voided = entry.state != "used"
        if own is None:
            own = [""] * 10
            own[0 if incoming else 1] = form_text.day(entry.date)
        own = list(own)
        if incoming:
            own[1] = str(entry.number)
        elif not own[0]:
            own[0] = f"{entry.number:02d}"
        if voided:
            reason = entry.void_reason or ""
            own[9] = "\n".join(
                filter(None, (own[9], f"Số bị hủy: {reason}".strip(": ")))
            )
        return {"number": entry.number, "voided": voided, "cells": own}

    # ---- incoming ----

    def _get_incoming_cells(self, documents, zone):
        """Return the ten cells by id of the document."""
        documents = self._fetch(documents, INCOMING_FIELDS)
        handed = self._get_handed(documents)
        return {
            document.id: [
                form_text.day(form_text.local(document.received_date, zone)),
                "",
                document.issuer_name or "",
                document.symbol or "",
                form_text.day(document.date),
                form_text.kind_and_subject(
                    document.document_type_id.name, document.subject
                ),
                *self._get_hand_over_cells(handed.get(document.id), zone),
                self._get_note(document),
            ]
            for document in documents
        }

    def _fetch(self, documents, names):
        return documents.search_fetch([("id", "in", documents.ids)], names)

    def _get_handed(self, documents):
        """Return the hand-overs that count as the transfer, by id of the document.

        To whom it was directed; before that, to whom it went for directions.
        """
        routings = documents.env["vanban.routing"].search_fetch(
            Domain("document_id", "in", documents.ids)
            & Domain("state", "!=", "withdrawn"),
            [
                "document_id",
                "parent_id",
                "role",
                "to_label",
                "sent_date",
                "seen_date",
                "seen_by_id",
            ],
            order="document_id, id",
        )
        handed = {}
        for document, rows in routings.grouped("document_id").items():
            asked = rows.filtered(lambda r: r.role == "direct")
            directed = (rows - asked).filtered(
                lambda r, asked=asked: not r.parent_id or r.parent_id in asked
            )
            handed[document.id] = directed or asked
        return handed

    def _get_hand_over_cells(self, rows, zone):
        """Return to whom, when, and who accepted it in the system and when."""
        if not rows:
            return ["", "", ""]
        days = []
        for row in rows:
            day = form_text.day(form_text.local(row.sent_date, zone))
            if day not in days:
                days.append(day)
        accepted = [
            f"{row.seen_by_id.name or row.to_label}"
            f" {form_text.local(row.seen_date, zone):%H:%M %d/%m/%Y}"
            for row in rows
            if row.seen_date
        ]
        receivers = [
            row.to_label + (" (để biết)" if row.role == "inform" else "")
            for row in rows
        ]
        return [";\n".join(receivers), "\n".join(days), ";\n".join(accepted)]

    # ---- outgoing ----

    def _get_outgoing_cells(self, documents, zone):
        """Return the ten cells by id of the document."""
        documents = self._fetch(documents, OUTGOING_FIELDS)
        recipients = documents.env["vanban.recipient"].search_fetch(
            [("document_id", "in", documents.ids)],
            ["document_id", "name", "state", "sent_date"],
        )
        by_document = recipients.grouped("document_id")
        return {
            document.id: self._get_outgoing_row(
                document, by_document.get(document, recipients.browse()), zone
            )
            for document in documents
        }

    def _get_outgoing_row(self, document, recipients, zone):
        sent = sorted(
            {
                form_text.local(r.sent_date, zone).date()
                for r in recipients
                if r.sent_date
            }
        )
        received = len(recipients.filtered(lambda r: r.state == "received"))
        signer = filter(None, (document.signer_name, document.signer_title))
        kept_by = filter(None, ("Văn thư", document.unit_id.name))
        return [
            document.symbol or "",
            form_text.day(document.date),
            form_text.kind_and_subject(
                document.document_type_id.name, document.subject
            ),
            ", ".join(signer),
            "; ".join(recipients.mapped("name")),
            "; ".join(kept_by),
            str(document.copy_count or ""),
            "\n".join(form_text.day(day) for day in sent),
            f"{received}/{len(recipients)} nơi đã nhận" if received else "",
            self._get_note(document),
        ]

    def _get_note(self, document):
        """Return *ghi chú*: degree of urgency and secrecy, recall, the clerk's note."""
        parts = [
            form_text.SECRECY_WORDS.get(document.secrecy),
            form_text.URGENCY_WORDS.get(document.urgency),
        ]
        if document.state == "recalled":
            parts.append(f"Đã thu hồi: {document.recall_reason or ''}".strip(": "))
        parts.append(document.note)
        return "\n".join(part for part in parts if part)
