from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.tests import new_test_user, tagged

from odoo.addons.vanban_core.tests.matrix import MatrixCase

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestSecurityMatrix(MatrixCase, CalendarCommon):
    """HT-4.2a, HN-7.2b: ``security_matrix.csv`` says what is expected of each cell.

    The secretary acts for the leader; the officer is of the unit that takes part in the
    closed meeting, and officer2 prepares something of it.
    """

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
        today = cls.agency._vanban_today()
        cls.env["vanban.delegation"].create(
            {
                "delegator_id": cls.leader.id,
                "delegate_id": cls.secretary.id,
                "company_id": cls.agency.id,
                "date_from": today,
                "date_to": today + timedelta(days=9),
            }
        )
        cls._read_table()
        cls.records = {
            **cls._create_published(),
            **cls._create_open(),
            **cls._create_feeds(),
        }

    @classmethod
    def _create_published(cls):
        """Return entries of a week that is published."""
        published = cls._create_entry(cls.office_head, name="Giao ban")
        closed = cls._create_entry(
            cls.office_head,
            name="Kiểm điểm",
            day=1,
            vanban_is_closed=True,
            vanban_unit_ids=[(6, 0, cls.unit.ids)],
        )
        closed.message_post(body="Mời đúng giờ")
        paper = cls.env["ir.attachment"].create(
            {
                "name": "tai-lieu.txt",
                "raw": b"noi dung",
                "res_model": "calendar.event",
                "res_id": closed.id,
            }
        )
        check = cls.env["vanban.event.check"].create(
            {"event_id": closed.id, "name": "Tài liệu", "user_id": cls.officer2.id}
        )
        cls._publish()
        unit = cls._create_entry(
            cls.unit_head,
            name="Họp phòng",
            vanban_level="unit",
            vanban_unit_id=cls.unit.id,
        )
        unit.vanban_schedule_id.with_user(cls.unit_head).action_publish()
        return {
            "published": published,
            "closed": closed,
            "invited to closed": closed.attendee_ids,
            "message of closed": closed.message_ids[:1],
            "paper of closed": paper,
            "check of closed": check,
            "dialog of another": cls.env["vanban.event.decide"].create(
                {"decision": "decline", "text": "Bận"}
            ),
            "change of closed": closed.vanban_schedule_id.change_ids.filtered(
                lambda change: change.event_id == closed
            ),
            "published of a unit": unit,
            "published week": published.vanban_schedule_id,
        }

    @classmethod
    def _create_open(cls):
        """Return entries of later weeks that are still arranged, and of people."""
        later = {"day": 7}
        proposal = cls._create_entry(cls.unit_head, name="Đề xuất", **later)
        taken = cls._create_entry(cls.office_head, name="Đã xếp", **later)
        submitted = cls._create_entry(cls.office_head, name="Đã trình", day=14)
        submitted.vanban_schedule_id.with_user(cls.office_head).action_submit()
        ready = cls._create_entry(cls.office_head, name="Xếp xong", day=21)
        approved = cls._create_entry(cls.office_head, name="Đã duyệt", day=28)
        week = approved.vanban_schedule_id.with_user(cls.office_head)
        week.action_submit()
        week.with_user(cls.leader).action_approve(week.revision)
        people = cls.officer | cls.unit_head
        own = {
            "vanban_level": "person",
            "partner_ids": [(6, 0, people.partner_id.ids)],
        }
        public = cls._create_entry(cls.officer, name="Đi cơ sở", **later, **own)
        private = cls._create_entry(
            cls.officer, name="Khám bệnh", privacy="private", **later, **own
        )
        partner = cls.unit_head.partner_id
        unit = cls._create_entry(
            cls.unit_head,
            name="Kế hoạch phòng",
            vanban_level="unit",
            vanban_unit_id=cls.unit.id,
            **later,
        )
        return {
            "proposal": proposal,
            "taken": taken,
            "of a unit": unit,
            "public": public,
            "private": private,
            "invitation": public.attendee_ids.filtered(
                lambda row: row.partner_id == partner
            ),
            "invited to private": private.attendee_ids,
            "arranged week": taken.vanban_schedule_id,
            "submitted week": submitted.vanban_schedule_id,
            "ready week": ready.vanban_schedule_id,
            "approved week": approved.vanban_schedule_id,
            "week of a unit": unit.vanban_schedule_id,
        }

    @classmethod
    def _create_feeds(cls):
        Feed = cls.env["vanban.calendar.feed"]
        Feed.with_user(cls.officer).action_create_own()
        Feed.with_user(cls.admin).with_company(cls.agency).action_create_agency()
        return {
            "own address": Feed.search([("user_id", "=", cls.officer.id)]),
            "address of the agency": Feed.search([("company_id", "=", cls.agency.id)]),
            "none": Feed,
        }

    # ---- calls ----

    def _get_call(self, model, operation):
        """Return the method and the arguments of an operation of the table."""
        method, _space, row = operation.partition(" ")
        if method == "create":
            return method, {"vals_list": [self._get_new(model, row)]}
        record = self.records[row]
        if method == "search_read":
            domain = [["id", "in", record.ids]]
            return method, {"domain": domain, "fields": ["display_name"]}
        return method, {"ids": record.ids, **self._get_arguments(model, record, method)}

    def _get_arguments(self, model, record, method):
        texts = {
            "vanban.schedule": {"year": 2031},
            "vanban.schedule.change": {"words": "…"},
            "mail.message": {"body": "…"},
            "vanban.event.decide": {"text": "…"},
            "calendar.attendee": {"state": "declined"},
            "calendar.recurrence": {"interval": 2},
        }
        return {
            "read": {"fields": ["display_name"]},
            "write": {"vals": texts.get(model, {"name": "…"})},
            "action_vanban_refuse": {"reason": "Trùng"},
            "action_vanban_cancel": {"reason": "Hoãn"},
            "action_vanban_substitute": {"name": "Ông Ba"},
            "action_vanban_decline": {"reason": "Bận"},
            "action_approve": {"revision": record.revision}
            if model == "vanban.schedule"
            else {},
            "action_send_back": {"reason": "Xếp lại"},
        }.get(method, {})

    def _get_new(self, model, row):
        level = {"person": "person", "unit": "unit"}.get(row, "agency")
        start = fields.Datetime.to_string(self._moment(8, 8))
        stop = fields.Datetime.to_string(self._moment(8, 9))
        entry = {"name": "Mới", "start": start, "stop": stop, "vanban_level": level}
        if level == "unit":
            entry["vanban_unit_id"] = self.unit.id
        if row == "for another agency":
            entry["vanban_company_id"] = self.other_agency.id
        return {
            "calendar.event": entry,
            "calendar.attendee": {
                "event_id": self.records["closed"].id,
                "partner_id": self.officer2.partner_id.id,
            },
            "vanban.schedule": {"company_id": self.agency.id, "year": 2031},
            "vanban.event.check": {
                "event_id": self.records["closed"].id,
                "name": "Nước uống",
            },
            "vanban.event.decide": {"decision": "decline", "text": "Bận"},
            "vanban.calendar.feed": {"name": "…", "user_id": self.officer.id},
            "vanban.schedule.change": {
                "schedule_id": self.records["published week"].id
            },
        }[model]

    # ---- cells ----

    def test_entries(self):
        """HN-7.2a HN-7.2b"""
        self._check("calendar.event")

    def test_invited(self):
        """HT-8.14"""
        self._check("calendar.attendee")

    def test_weeks(self):
        """HN-6.2a HN-7.2e"""
        self._check("vanban.schedule", "vanban.schedule.change")

    def test_preparation_and_dialogs(self):
        """HT-8.14"""
        self._check("vanban.event.check", "vanban.event.decide")

    def test_addresses(self):
        self._check("vanban.calendar.feed")

    def test_messages_and_papers(self):
        self._check("mail.message", "ir.attachment")

    def test_table_names_every_role_for_every_operation_once(self):
        """Every cell is there, and no model of ours is left out."""
        self._check_table("vanban_calendar")
