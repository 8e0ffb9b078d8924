import base64
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.tests import new_test_user, tagged

from .common import VanbanCommon, make_pdf
from .matrix import MatrixCase


@tagged("post_install", "-at_install")
class TestSecurityMatrix(MatrixCase, VanbanCommon):
    """HT-4.2a: ``security_matrix.csv`` says what is expected of each cell."""

    table = Path(__file__).with_name("security_matrix.csv")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nobody = new_test_user(
            cls.env,
            "nobody",
            groups="base.group_user",
            company_id=cls.agency.id,
            company_ids=[(6, 0, cls.agency.ids)],
        )
        cls._read_table()
        cls.records = {
            **cls._create_documents(),
            **cls._create_settings(),
        }
        cls.records |= cls._get_rows(cls.records)

    @classmethod
    def _create_documents(cls):
        cls.env["vanban.register"].search(
            [("company_id", "=", cls.agency.id), ("secret", "=", True)]
        ).keeper_ids = cls.clerk
        incoming = cls._create_registered()
        incoming.with_user(cls.office_head).action_route(
            [
                {"user_id": cls.officer.id, "role": "lead"},
                {"user_id": cls.secretary.id, "role": "coordinate"},
            ]
        )
        review = cls._create_draft()
        review.action_submit(
            [
                {"user_id": cls.unit_head.id, "kind": "approve"},
                {"user_id": cls.leader.id, "kind": "sign"},
            ]
        )
        return {
            "incoming": incoming,
            "arrived": cls._create_incoming(),
            "secret": cls._create_registered(files=0, subject=False, secrecy="secret"),
            "draft": cls._create_draft(),
            "review": review,
            "approved": cls._create_approved(),
            "issued": cls._create_issued(),
        }

    @classmethod
    def _create_settings(cls):
        today = cls.agency._vanban_today()
        case = cls.env["vanban.case"].with_user(cls.officer)
        closed = case.create({"title": "Hồ sơ đã xong"})
        closed.action_close()
        archived = case.create({"title": "Hồ sơ đã nộp lưu"})
        archived.action_close()
        archived.with_user(cls.archivist).action_take_over()
        env = cls.env
        return {
            "open case": case.create({"title": "Hồ sơ"}),
            "closed case": closed,
            "archived case": archived,
            "register": env["vanban.register"].create(
                {"name": "Sổ", "direction": "outgoing", "company_id": cls.agency.id}
            ),
            "principal": env["vanban.principal"]._get_for(cls.officer),
            "member": env["vanban.principal.member"].search([], limit=1),
            "delegation": env["vanban.delegation"].create(
                {
                    "delegator_id": cls.officer2.id,
                    "delegate_id": cls.archivist.id,
                    "date_from": today - timedelta(days=9),
                    "date_to": today - timedelta(days=8),
                    "company_id": cls.agency.id,
                }
            ),
            "kind": env["vanban.document.type"].create({"name": "Loại thử"}),
            "field": env["vanban.topic"].create(
                {"name": "Lĩnh vực", "company_id": cls.agency.id}
            ),
            "dialog of another": env["vanban.document.decide"].create(
                {"decision": "finish", "text": "Xong"}
            ),
            "step of another": env["vanban.document.submit.step"].create(
                {
                    "submit_id": env["vanban.document.submit"]
                    .create({"document_id": cls._create_draft().id})
                    .id,
                    "user_id": cls.leader.id,
                }
            ),
            **cls._create_prints(),
            **cls._create_work_time(today.year),
            "desk": env["vanban.desk"],
            "leader": cls.leader,
        }

    @classmethod
    def _create_prints(cls):
        values = {
            "register_id": cls.env["vanban.register"]
            .search([("company_id", "=", cls.agency.id)], limit=1)
            .id,
            "date_from": "2026-01-01",
            "date_to": "2026-01-31",
        }
        job = {**values, "name": "so.pdf", "user_id": cls.env.uid}
        return {
            "print of another": cls.env["vanban.register.print"].create(values),
            "job of another": cls.env["vanban.print.job"].create(job),
        }

    @classmethod
    def _create_work_time(cls, year):
        Day = cls.env["vanban.work.day"]
        values = {"name": "Ngày nghỉ", "source": "1/TB"}
        own = {**values, "company_id": cls.agency.id}
        Day.action_propose(year + 1)
        return {
            "day": Day.create({**own, "date": f"{year}-12-01"}),
            "national day": Day.create({**values, "date": f"{year}-12-02"}),
            "proposed day": Day.search([("state", "=", "proposed")], limit=1),
            "season": cls.env["vanban.work.season"].create(
                {
                    "name": "Mùa hè",
                    "calendar_id": cls.agency.resource_calendar_id.id,
                    "company_id": cls.agency.id,
                }
            ),
        }

    @classmethod
    def _get_rows(cls, records):
        """Return the rows that belong to the documents."""
        plain = {name: record.sudo() for name, record in records.items()}
        files = cls.env["vanban.document.file"].sudo()
        return {
            "file of incoming": plain["incoming"].file_ids,
            "file of draft": plain["draft"].file_ids,
            "signed file": files.search(
                [("document_id", "=", plain["issued"].id), ("role", "=", "signed")]
            ),
            "draft file of issued": files.search(
                [("document_id", "=", plain["issued"].id), ("role", "=", "draft")]
            ),
            "hand-over": plain["incoming"].routing_ids[:1],
            "step": plain["review"].review_ids[:1],
            "recipient of draft": plain["draft"].recipient_ids,
            "recipient of issued": plain["issued"].recipient_ids,
            "line": plain["incoming"].register_entry_id,
            "secret line": plain["secret"].register_entry_id,
            "talk of draft": plain["draft"].message_post(body="Chờ ý kiến"),
            "talk of incoming": plain["incoming"].message_post(body="Chờ ý kiến"),
        }

    # ---- calls ----

    def _get_target(self, model, row):
        record = self.records[row]
        return record.attachment_id if model == "ir.attachment" else record

    def _get_call(self, model, operation):
        """Return the method and the arguments of an operation of the table."""
        method, _space, row = operation.partition(" ")
        if method == "create":
            return method, {"vals_list": [self._get_new(model, row)]}
        if method == "write" and " of incoming" in row and model == "vanban.document":
            record = self.records["incoming"]
            name = {"state": "state", "number": "register_number"}
            name = name.get(row.split()[0], "principal_ids")
            value = {"state": "done", "register_number": 9}.get(name, [[5]])
            return method, {"ids": record.ids, "vals": {name: value}}
        record = self._get_target(model, row)
        if method == "search_read":
            domain = [["id", "=", record.id]]
            return method, {"domain": domain, "fields": ["display_name"]}
        if method == "parse_symbol":
            return method, {"symbol": "12/QĐ-UBND"}
        if model == "vanban.desk":
            return method, {}
        return method, {"ids": record.ids, **self._get_arguments(model, method)}

    def _get_arguments(self, model, method):
        tomorrow = fields.Date.to_string(
            self.agency._vanban_today() + timedelta(days=2)
        )
        return {
            "read": {"fields": ["display_name"]},
            "write": {"vals": self._get_change(model)},
            "action_return": {"reason": "Sai thể thức"},
            "action_route": {"lines": [{"user_id": self.clerk.id, "role": "lead"}]},
            "action_wait": {"reason": "Chờ", "until": tomorrow},
            "action_finish": {"outcome": "note", "note": "Xong"},
            "action_submit": {"steps": [{"user_id": self.leader.id, "kind": "sign"}]},
            "action_cancel": {"reason": "Thôi"},
            "action_send_back": {"opinion": "Sửa"},
            "action_forward": {"user": self.officer2.id},
            "action_recall": {"reason": "Sai"},
            "message_post": {"body": "Đã xem"},
        }.get(method, {})

    def _get_change(self, model):
        return {
            "vanban.document": {"copy_count": 2},
            "vanban.document.file": {"name": "b.pdf"},
            "vanban.document.decide": {"text": "Khác"},
            "vanban.routing": {"direction_text": "Khác"},
            "vanban.review": {"opinion": "Khác"},
            "vanban.recipient": {"name": "Khác"},
            "vanban.register.entry": {"number": 77},
            "vanban.principal": {"user_id": self.clerk.id},
            "vanban.principal.member": {"user_id": self.clerk.id},
            "vanban.delegation": {
                "date_to": fields.Date.to_string(self.agency._vanban_today())
            },
            "vanban.case": {"title": "Khác"},
            "vanban.document.submit.step": {"kind": "sign"},
            "vanban.register.print": {"volume": "2"},
        }.get(model, {"name": "Khác"})

    def _get_new(self, model, row):
        """Return the values of a new record of a model, for a document of the table."""
        content = base64.b64encode(make_pdf()).decode()
        agency = {"company_id": self.agency.id}
        target = (
            row.removeprefix("in ").removeprefix("on ").removeprefix("recipient of ")
        )
        document = {"document_id": self.records.get(target, self.records["review"]).id}
        on_record = {"res_model": "vanban.document", "res_id": document["document_id"]}
        date = fields.Date.to_string(self.agency._vanban_today())
        person = {"user_id": self.officer.id}
        pair = {"delegator_id": self.leader.id, "delegate_id": self.officer.id}
        return {
            "vanban.document": {
                "direction": "incoming" if row == "incoming" else "outgoing"
            },
            "vanban.document.file": {
                **document,
                "name": "a.pdf",
                "role": "draft" if row == "in draft" else "other",
                "content": content,
            },
            "vanban.routing": {
                **document,
                "role": "lead",
                "to_user_id": self.officer.id,
            },
            "vanban.review": {**document, **person, "round": 1, "sequence": 1},
            "vanban.recipient": {**document, "name": "Sở khác"},
            "vanban.register": {"name": "Sổ mới", "direction": "incoming", **agency},
            "vanban.register.entry": {
                "register_id": self.records["register"].id,
                "number": 5,
                "year": 2026,
                "date": date,
                "state": "used",
                **agency,
            },
            "vanban.principal": person,
            "vanban.principal.member": person,
            "vanban.delegation": {**pair, "date_to": date, **agency},
            "vanban.document.type": {"name": "Loại mới"},
            "vanban.topic": {"name": "Lĩnh vực mới", **agency},
            "vanban.work.day": {
                "date": f"{date[:4]}-12-03",
                "name": "Ngày nghỉ",
                "source": "1/TB",
                **agency,
            },
            "vanban.work.season": {
                "name": "Mùa đông",
                "calendar_id": self.agency.resource_calendar_id.id,
                "month_from": 11,
                "month_to": 12,
                **agency,
            },
            "vanban.case": {"title": "Hồ sơ mới"},
            "vanban.document.decide": {"decision": "finish"},
            "vanban.document.route": {},
            "vanban.document.submit": {"document_id": self.records["draft"].id},
            "vanban.document.submit.step": {
                "submit_id": self.records["step of another"].submit_id.id,
                **person,
            },
            "vanban.register.print": {
                "register_id": self.records["register"].id,
                "date_from": date,
                "date_to": date,
            },
            "vanban.print.job": {
                "register_id": self.records["register"].id,
                "name": "so.pdf",
                **person,
                "date_from": date,
                "date_to": date,
            },
            "ir.attachment": {"name": "a.pdf", "datas": content, **on_record},
            "mail.followers": {**on_record, "partner_id": self.officer.partner_id.id},
            "mail.activity": {
                "res_model_id": self.env["ir.model"]._get_id("vanban.document"),
                "res_id": document["document_id"],
                "summary": "Xem",
            },
        }[model]

    def test_documents(self):
        """HT-4.2a HT-4.2c"""
        self._check("vanban.document")

    def test_files(self):
        """HT-4.2a HT-4.2c HT-2a"""
        self._check("vanban.document.file", "ir.attachment")

    def test_history(self):
        """HT-3.1"""
        self._check("vanban.routing", "vanban.review", "vanban.recipient")

    def test_registers(self):
        """BS-14.2a"""
        self._check("vanban.register", "vanban.register.entry")

    def test_people(self):
        """HT-3.1"""
        self._check(
            "vanban.principal",
            "vanban.principal.member",
            "vanban.delegation",
            "res.users",
        )

    def test_catalogues(self):
        """HT-4.2a"""
        self._check("vanban.document.type", "vanban.topic")

    def test_working_time(self):
        """HT-4.2a design §4.5"""
        self._check("vanban.work.day", "vanban.work.season")

    def test_case_files(self):
        """HT-4.2a"""
        self._check("vanban.case")

    def test_dialogs_and_desk(self):
        """HT-4.2a"""
        self._check(
            "vanban.document.decide",
            "vanban.document.route",
            "vanban.document.submit",
            "vanban.document.submit.step",
            "vanban.register.print",
            "vanban.print.job",
            "vanban.desk",
        )

    def test_chatter(self):
        """HT-4.2c"""
        self._check("mail.message", "mail.followers", "mail.activity")

    def test_table_names_every_role_for_every_operation_once(self):
        """Every cell is there, and no model of ours is left out."""
        self._check_table("vanban_core")
