from pathlib import Path

from odoo import fields
from odoo.tests import new_test_user, tagged

from odoo.addons.vanban_core.tests.matrix import MatrixCase

from .common import TaskCommon, make_file

DIALOGS = ("ask", "decide", "extend", "send", "score.say", "import", "summary")


@tagged("post_install", "-at_install")
class TestSecurityMatrix(MatrixCase, TaskCommon):
    """HT-4.2a, DT-4.2a: ``security_matrix.csv`` says what is expected of each cell."""

    table = Path(__file__).with_name("security_matrix.csv")
    moment = None  # keys of clients end by the clock of the database

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
        cls.records = {**cls._create_tasks(), **cls._create_rows()}

    @classmethod
    def _create_tasks(cls):
        pair = [(cls.other_agency, "lead"), (cls.helper_agency, "coordinate")]
        lead, helper = cls._give(*pair)
        lead.with_user(cls.exec_head).action_route(
            [{"unit_id": cls.exec_unit.id, "role": "lead"}]
        )
        lead.with_user(cls.stranger).action_note("Đã phân công", 10)
        lead.with_user(cls.stranger).action_request_answer(helper.ids, "Gửi số liệu")
        return {
            "draft": cls._create_task(*pair),
            "task": lead.task_id,
            "open": lead,
            "coordinating": helper,
            "inner": cls._give((cls.unit2, "lead"), files=0, source="direct"),
        }

    @classmethod
    def _create_rows(cls):
        waiting = cls._give()
        report = cls._report(waiting)
        extended = cls._give()
        extension = cls._ask_extension(extended)
        lead = waiting.search([("routing_ids", "!=", False)], limit=1)
        programme = cls.env["vanban.task.programme"].create(
            {"name": "Chương trình", "company_id": cls.agency.id}
        )
        draft = cls._create_task()
        return {
            "fresh": cls._give(),
            "waiting": waiting,
            "report": report,
            "extension": extension,
            "request": lead.coordinator_ids.request_ids,
            "hand-over": lead.routing_ids,
            "note": lead.progress_ids,
            "file of task": waiting.task_id.file_ids.filtered(
                lambda f: not f.assignment_id
            ),
            "file of report": report.file_ids,
            "file of draft": draft.file_ids,
            "row of draft": draft._get_assignments(),
            "programme": programme,
            "dialog of another": cls.env["vanban.task.route"].create({}),
            "rule": cls.env["vanban.task.score.rule"].search(
                [("company_id", "=", cls.agency.id)], limit=1
            ),
            "proposal": cls._create_proposal(),
            **cls._create_score(lead),
            **cls._create_counted(),
            **{
                f"{model} of another": cls._create_dialog(model, waiting)
                for model in DIALOGS
            },
        }

    @classmethod
    def _create_dialog(cls, model, row):
        """Return a dialog that somebody else is filling in."""
        filled = {
            "ask": {"assignment_id": row.id, "text": "Gửi số liệu"},
            "decide": {"decision": "refuse", "text": "Chưa đủ"},
            "send": {"assignment_id": row.id},
            "score.say": {"act": "object", "text": "Có lý do"},
        }
        return cls.env[f"vanban.task.{model}"].create(filled.get(model, {}))

    @classmethod
    def _create_proposal(cls):
        document = cls._create_issued()
        values = {"document_id": document.id, "number": "1", "content": "Rà soát"}
        return cls.env["vanban.task.proposal"]._vanban_in_action().create(values)

    @classmethod
    def _create_score(cls, row):
        """Return periods without and with a score, and closed, and what is in them."""
        records = {"period": cls._create_period(2026)}
        for number, (name, state) in enumerate((("", "open"), ("closed ", "closed"))):
            period = cls._create_period(2025 - number)
            records |= {
                f"{name}score": cls._create_score_row(period, row),
                f"{name}deduction": cls._create_deduction(period, row),
            }
            period._vanban_in_action().write({"state": state})
            records["closed period"] = period
        return records

    @classmethod
    def _create_period(cls, year):
        return cls.env["vanban.task.score.period"].create(
            {
                "name": f"Kỳ thử {year}",
                "company_id": cls.agency.id,
                "date_from": f"{year}-01-01",
                "date_to": f"{year}-12-31",
            }
        )

    @classmethod
    def _prepare_charge(cls, period, row):
        return {
            "period_id": period.id,
            "company_id": cls.agency.id,
            "agency_id": row.agency_id.id,
            "partner_id": row.partner_id.id,
            "agency_name": row.assignee_name,
        }

    @classmethod
    def _create_score_row(cls, period, row):
        values = {**cls._prepare_charge(period, row), "total": 98, "rank": 1}
        return cls.env["vanban.task.score"]._vanban_in_action().create(values)

    @classmethod
    def _prepare_deduction(cls, period, row):
        fact = {"kind": "open_late", "assignment_id": row.id, "state": "kept"}
        points = {"day": f"{period.date_to}", "points": 2, "deducted": 2}
        return {**cls._prepare_charge(period, row), **fact, **points}

    @classmethod
    def _create_deduction(cls, period, row):
        values = cls._prepare_deduction(period, row)
        return cls.env["vanban.task.score.line"]._vanban_in_action().create(values)

    @classmethod
    def _create_counted(cls):
        """Return a line of an import and of a summary that the officer looks at."""
        records = {}
        for name, model, field in (
            ("line of officer", "import", "import_id"),
            ("result of officer", "summary", "summary_id"),
        ):
            Dialog = cls.env[f"vanban.task.{model}"].with_user(cls.officer)
            Line = cls.env[f"vanban.task.{model}.line"].with_user(cls.officer).sudo()
            records[name] = Line.create({field: Dialog.create({}).id})
        return records

    # ---- calls ----

    def _get_call(self, model, operation):
        """Return the method and the arguments of an operation of the table."""
        method, _space, row = operation.partition(" ")
        if method == "create":
            return method, {"vals_list": [self._get_new(model)]}
        if row == "all":
            return method, {"domain": [], "fields": ["display_name"]}
        record = self.records[row]
        if model == "ir.attachment":
            record = record.attachment_id
        if method == "search_read":
            domain = [["id", "=", record.id]]
            return method, {"domain": domain, "fields": ["display_name"]}
        return method, {"ids": record.ids, **self._get_arguments(model, method)}

    def _get_arguments(self, model, method):
        document = {
            "symbol": "9/VP",
            "date": fields.Date.to_string(self.agency._vanban_today()),
            "files": [make_file()],
        }
        day = fields.Date.to_string(self._get_day(20))
        extension = {**document, "deadline_day": day, "reason": "Chờ số liệu"}
        answer = self._prepare_answer()
        route = [{"user_id": self.exec_officer.id, "role": "lead"}]
        return {
            "read": {"fields": ["display_name"]},
            "write": {"vals": self._get_change(model)},
            "action_withdraw": {"reason": "Giao nhầm"},
            "action_report": {"values": answer},
            "action_request_extension": {"values": extension},
            "action_request_answer": {
                "coordinator_ids": self.records["coordinating"].ids,
                "text": "Gửi thêm",
            },
            "action_route": {"lines": route},
            "action_note": {"text": "Đang làm", "percent": 5},
            "action_approve": {"note": "Đạt"},
            "action_refuse": {"reason": "Chưa đủ"},
            "action_object": {"text": "Đã gửi trước hạn"},
            "action_keep": {"reason": "Không có lý do"},
            "action_waive": {"reason": "Có lý do"},
            "action_accept": {"values": extension}
            if model == "vanban.task.extension"
            else {},
            "message_post": {"body": "Đề nghị sớm"},
        }.get(method, {})

    def _get_change(self, model):
        return {
            "vanban.task": {"note": "Khác"},
            "vanban.task.assignment": {
                "deadline_day": fields.Date.to_string(self._get_day(30))
            },
            "vanban.task.report": {"decision": "approved"},
            "vanban.task.extension": {"state": "accepted"},
            "vanban.task.request": {"text": "Khác"},
            "vanban.task.routing": {"direction_text": "Khác"},
            "vanban.task.progress": {"percent": 100},
            "vanban.task.route": {"direction_text": "Khác"},
            "vanban.task.score.rule": {"points": 2},
            "vanban.task.score.say": {"text": "Khác"},
            "vanban.task.score.line": {"deducted": 0, "state": "waived"},
            "vanban.task.score": {"total": 100},
            "vanban.task.import.line": {"error": ""},
        }.get(model, {"name": "Khác"})

    def _get_new(self, model):
        today = fields.Datetime.to_string(fields.Datetime.now())
        row = {"assignment_id": self.records["open"].id}
        values = self._prepare_task()
        values |= {"source_date": fields.Date.to_string(values["source_date"])}
        line = self._prepare_line(self.third_agency)
        line["deadline_day"] = fields.Date.to_string(line["deadline_day"])
        values["assignment_ids"] = [[0, 0, line]]
        values["unit_id"] = False
        period, charged = self.records["period"], self.records["open"]
        return {
            "vanban.task": values,
            "vanban.task.assignment": {**line, "task_id": self.records["draft"].id},
            "vanban.task.report": {
                **row,
                "sent_date": today,
                "sent_by_id": self.officer.id,
            },
            "vanban.task.extension": {**row, "reason": "Chờ"},
            "vanban.task.request": {**row, "text": "Chờ"},
            "vanban.task.routing": {**row, "role": "lead"},
            "vanban.task.progress": {**row, "text": "Xong", "date": today},
            "vanban.task.file": {"task_id": self.records["draft"].id, **make_file()},
            "vanban.task.programme": {
                "name": "Chương trình mới",
                "company_id": self.agency.id,
            },
            "vanban.task.route": {},
            "vanban.task.score": self._prepare_charge(period, charged),
            "vanban.task.score.line": self._prepare_deduction(period, charged),
            "vanban.task.import.line": {
                "import_id": self.records["line of officer"].import_id.id
            },
        }[model]

    def test_tasks(self):
        """DT-4.2a"""
        self._check("vanban.task")

    def test_assignments(self):
        """DT-4.2a DT-4.3 DT-4.5b"""
        self._check("vanban.task.assignment")

    def test_rows(self):
        """DT-5.1b DT-14.6"""
        self._check(
            "vanban.task.report",
            "vanban.task.extension",
            "vanban.task.request",
            "vanban.task.routing",
            "vanban.task.progress",
        )

    def test_files(self):
        """DT-14.4b"""
        self._check("vanban.task.file", "ir.attachment")

    def test_lists_and_dialogs(self):
        self._check("vanban.task.programme", "vanban.task.route")
        self._check(*(f"vanban.task.{model}" for model in DIALOGS))

    def test_scores_and_proposals(self):
        """DT-15.2"""
        self._check(
            "vanban.task.score",
            "vanban.task.score.line",
            "vanban.task.score.rule",
            "vanban.task.score.period",
            "vanban.task.proposal",
            "vanban.task.import.line",
            "vanban.task.summary.line",
        )

    def test_table_names_every_role_for_every_operation_once(self):
        """Every cell is there, and no model of ours is left out."""
        self._check_table("vanban_tasks")
