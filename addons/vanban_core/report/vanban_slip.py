from odoo import api, models

from . import form_text


class ReportVanbanSlip(models.AbstractModel):
    """Phiếu giải quyết văn bản đến (NĐ 30/2020 Phụ lục IV)."""

    _name = "report.vanban_core.report_slip"
    _inherit = ["vanban.incoming.form"]
    _description = "Slip for handling an incoming document"

    @api.model
    def _get_report_values(self, docids, data=None):
        documents = self._get_documents(docids)
        return {
            "title": "Phiếu giải quyết văn bản đến",
            "slips": [self._get_slip(document) for document in documents],
        }

    def _get_slip(self, document):
        agency = document.company_id.sudo()
        zone = agency._vanban_tz()
        routings = document.routing_ids.filtered(lambda r: r.state != "withdrawn")
        routings = routings.filtered(lambda r: r.role != "direct")
        first = routings.filtered(
            lambda r: not r.parent_id or r.parent_id.role == "direct"
        )
        return {
            "parent_name": form_text.break_name(agency.vanban_parent_name),
            "agency_name": form_text.break_name(agency.name),
            "place_date": form_text.place_date(
                agency.vanban_place, document.register_date
            ),
            "document": self._get_document_lines(document),
            "leader": [
                self._get_direction(rows, document, zone)
                for rows in first.grouped(
                    lambda r: (r.from_label, r.sent_date)
                ).values()
            ],
            "unit": [
                self._get_assignment(row, zone)
                for row in routings - first
                if row.role != "inform"
            ],
            "proposal": self._get_proposal(document, zone),
        }

    def _get_document_lines(self, document):
        """Return tên loại, số và ký hiệu, date, issuer, then the subject."""
        kind = document.document_type_id.name or "Văn bản"
        entered = form_text.day(document.register_date)
        parts = [kind]
        if document.symbol:
            parts.append(f"số {document.symbol}")
        if document.date:
            parts.append(form_text.long_date(document.date))
        if document.issuer_name:
            parts.append(f"của {document.issuer_name}")
        return [
            " ".join(parts),
            document.subject or "",
            f"Số đến: {document.register_number}; ngày vào sổ: {entered}",
        ]

    def _get_direction(self, rows, document, zone):
        """Return what one person directed at one time."""
        lead = rows.filtered(lambda r: r.role == "lead")[:1]
        deadline = lead.deadline or document.deadline
        texts = []
        for row in rows:
            if row.direction_text and row.direction_text not in texts:
                texts.append(row.direction_text)
        return {
            "who": self._get_sender(rows[:1]),
            "lead": lead.to_label or "",
            "lead_deadline": form_text.minute(form_text.local(deadline, zone))
            if lead
            else "",
            "coordinate": self._list_receivers(rows, "coordinate", zone),
            "inform": self._list_receivers(rows, "inform", zone),
            "text": "\n".join(texts),
            "date": form_text.day(form_text.local(rows[:1].sent_date, zone)),
        }

    def _list_receivers(self, rows, role, zone):
        return "; ".join(
            row.to_label
            + (
                f" (thời hạn: {form_text.minute(form_text.local(row.deadline, zone))})"
                if row.deadline
                else ""
            )
            for row in rows
            if row.role == role
        )

    def _get_assignment(self, row, zone):
        """Return what a unit's head gave to one person."""
        return {
            "who": self._get_sender(row),
            "person": row.to_label,
            "coordinates": row.role == "coordinate",
            "deadline": form_text.minute(form_text.local(row.deadline, zone)),
            "text": row.direction_text or "",
            "date": form_text.day(form_text.local(row.sent_date, zone)),
        }

    def _get_sender(self, row):
        """Return who directed; and who entered it, where that was another account."""
        if row.acted_by_id and row.acted_by_id != row.from_user_id:
            entered_by = row.acted_by_id.sudo().name
            return f"{row.from_label} ({entered_by} nhập theo ủy quyền)"
        return row.from_label or ""

    def _get_proposal(self, document, zone):
        """Return how the handler closed it; nothing while it is open."""
        if document.state != "done":
            return {"text": "", "who": "", "date": ""}
        text = document.outcome_note or ""
        answers = document.answered_by_ids._filtered_access("read")
        if answers:
            listed = "; ".join(
                f"số {answer.symbol} {form_text.long_date(answer.date)}"
                for answer in answers
                if answer.symbol and answer.date
            )
            text = "\n".join(filter(None, (text, f"Đã trả lời bằng văn bản {listed}.")))
        leads = document.routing_ids.filtered(
            lambda r: r.role == "lead" and r.state == "done"
        )
        return {
            "text": text,
            "who": leads[-1:].to_label or "",
            "date": form_text.day(form_text.local(document.done_date, zone)),
        }
