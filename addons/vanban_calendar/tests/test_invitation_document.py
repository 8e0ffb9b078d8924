from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.vanban_core.tests.common import make_pdf
from odoo.addons.vanban_core.tools import demo_pdf

from .common import CalendarCommon

PLACE = "Phòng họp số 1, tầng 2, trụ sở UBND tỉnh Mẫu"


class InvitationCommon(CalendarCommon):
    """Invitations whose paper was made for the test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invitation = cls.env.ref("vanban_core.vanban_document_type_invitation")
        cls.leader.name = "Lương Thế Khải"
        cls.officer2.name = "Mạc Thị Hiền"
        cls.day = cls.monday + timedelta(days=1)

    @classmethod
    def _make_paper(cls, *lines, day=None):
        """Return the PDF of an invitation for next Tuesday."""
        day = day or cls.day
        lines = lines or (
            f"1. Thời gian: 14 giờ 00 phút, ngày {day:%d/%m/%Y}.",
            f"2. Địa điểm: {PLACE}.",
            "3. Chủ trì: Đồng chí Lương Thế Khải, Phó Chủ tịch UBND tỉnh.",
            "4. Thành phần:",
            "- Lãnh đạo Sở Mẫu;",
            "- Bà Mạc Thị Hiền, chuyên viên Phòng Khoa giáo;",
            "- Ông Tạ Quốc Bảo, trưởng thôn Bến Trúc.",
            "5. Chuẩn bị tài liệu: Phòng Tổng hợp.",
        )
        today = cls.agency._vanban_today()
        return demo_pdf.render(
            {
                "agency": "Ủy ban nhân dân tỉnh Mẫu",
                "title": "Giấy mời",
                "subject": "Họp bàn việc sửa đường vào chợ Bến Trúc",
                "place_date": f"Mẫu, ngày {today:%d} tháng {today:%m} năm {today:%Y}",
                "to": ["Sở Mẫu"],
                "paragraphs": ["Trân trọng kính mời dự họp như sau:", *lines],
                "signer": "Lãnh đạo",
            }
        )

    @classmethod
    def _issue_invitation(cls, paper=None, **values):
        """Return an invitation that the officer drafted and the clerk issued."""
        approved = cls._create_approved(
            **{
                "document_type_id": cls.invitation.id,
                "subject": "Họp bàn việc sửa đường vào chợ Bến Trúc",
                "recipient_ids": [
                    (0, 0, {"partner_id": cls.other_agency.partner_id.id, "kind": "to"})
                ],
                **values,
            }
        )
        if paper is None:
            paper = cls._make_paper()
        cls._add_file(approved, "signed", "giay-moi.pdf", paper)
        approved.action_issue()
        return approved.with_user(cls.officer)

    @classmethod
    def _receive_invitation(cls, paper=None, **values):
        """Return an invitation that came in, in the hands of the officer."""
        document = cls._create_incoming(
            files=0,
            document_type_id=cls.invitation.id,
            subject="Dự hội nghị đầu mối về nước sạch",
            **values,
        )
        cls._add_file(document, "scan", "giay-moi.pdf", paper or cls._make_paper())
        document.action_register()
        document.with_user(cls.office_head).action_route(
            [{"user_id": cls.officer.id, "role": "lead"}]
        )
        return document.with_user(cls.officer)

    def _enter(self, document):
        """Press the button; return the entry as who pressed it sees it."""
        action = document.action_vanban_to_calendar()
        return document.env[action["res_model"]].browse(action["res_id"])


@tagged("post_install", "-at_install")
class TestInvitationDocument(InvitationCommon):
    """An invitation becomes an entry of the schedule (HT-9a)."""

    def test_issued_invitation_becomes_an_entry_in_one_click(self):
        """HT-9a: time, place, chair, people from its text and its recipients."""
        document = self._issue_invitation(urgency="urgent")
        entry = self._enter(document)
        self.assertEqual(entry.name, document.subject)
        self.assertEqual(entry.vanban_level, "agency")
        self.assertEqual(entry.vanban_company_id, self.agency)
        self.assertEqual(entry.start, self._moment(1, 14))
        self.assertGreater(entry.stop, entry.start)
        self.assertEqual(entry.vanban_session, "afternoon")
        self.assertEqual(entry.vanban_room_id, self.room)
        self.assertEqual(entry.location, "tầng 2, trụ sở UBND tỉnh Mẫu")
        self.assertEqual(entry.vanban_chair_id, self.leader)
        invited = entry.partner_ids
        self.assertLessEqual(
            self.other_agency.partner_id
            | self.officer2.partner_id
            | self.leader.partner_id,
            invited,
        )
        self.assertNotIn(self.officer.partner_id, invited)
        self.assertIn("Tạ Quốc Bảo", entry.vanban_guests)
        self.assertNotIn("Mạc Thị Hiền", entry.vanban_guests)
        self.assertEqual(entry.vanban_preparing_unit_id, self.unit)
        self.assertEqual(entry.vanban_urgency, "urgent")
        self.assertEqual(entry.vanban_state, "proposed")
        self.assertEqual(entry.sudo().vanban_document_id, document)
        self.assertFalse(entry.sudo().res_model or entry.sudo().res_id)

    def test_received_invitation_becomes_an_entry_in_one_click(self):
        """HT-9a: the other direction; a place elsewhere is no room of ours."""
        document = self._receive_invitation()
        entry = self._enter(document)
        self.assertEqual(entry.name, document.subject)
        self.assertEqual(entry.start, self._moment(1, 14))
        self.assertFalse(entry.vanban_room_id)
        self.assertEqual(entry.location, PLACE)
        self.assertIn("Lãnh đạo Sở Mẫu", entry.vanban_guests)

    def test_button_says_where_the_form_opened_it(self):
        """What the client sends along does not make it a meeting “about” a record."""
        document = self._issue_invitation()
        entry = self._enter(
            document.with_context(
                active_model="vanban.document",
                active_id=document.id,
                default_name="Khác",
                default_allday=True,
            )
        )
        self.assertFalse(entry.sudo().res_model or entry.allday)
        self.assertEqual(entry.name, document.subject)

    def test_office_head_need_not_arrange_what_is_clear(self):
        document = self._issue_invitation().with_user(self.office_head)
        entry = self._enter(document)
        self.assertFalse(entry.vanban_to_check_words)
        self.assertEqual(entry.vanban_state, "accepted")

    # ---- what is not clear ----

    def test_what_is_unclear_is_marked_and_blocks(self):
        """HT-9a: never silently wrong; even who arranges looks at it first."""
        paper = self._make_paper("1. Thời gian: sáng thứ Ba tuần tới.")
        document = self._issue_invitation(paper).with_user(self.office_head)
        entry = self._enter(document)
        self.assertEqual(entry.vanban_state, "proposed")
        said = entry.vanban_to_check_words
        self.assertIn("sáng thứ Ba tuần tới", said)
        with self.assertRaisesRegex(UserError, "(?i)time, place"):
            entry.action_vanban_accept()
        self.assertEqual(entry.vanban_state, "proposed")
        with self.assertRaises(AccessError):
            entry.with_user(self.officer2).action_vanban_checked()
        entry.action_vanban_checked()
        self.assertFalse(entry.vanban_to_check_words)
        entry.action_vanban_accept()
        self.assertEqual(entry.vanban_state, "accepted")

    def test_day_without_an_hour_takes_the_hours_of_work(self):
        paper = self._make_paper(
            f"1. Thời gian: buổi sáng, ngày {self.day:%d/%m/%Y}.",
            "2. Địa điểm: Nhà văn hóa thôn Bến Trúc.",
        )
        entry = self._enter(self._issue_invitation(paper))
        start, stop = entry._vanban_span()
        self.assertEqual(start.date(), self.day)
        self.assertEqual(stop.date(), self.day)
        self.assertLess(stop.hour, 13)
        self.assertIn("when", entry.sudo().vanban_to_check)

    def test_meeting_of_several_days_ends_on_the_last(self):
        last = self.day + timedelta(days=1)
        paper = self._make_paper(
            f"1. Thời gian: 08 giờ 00, từ ngày {self.day:%d/%m/%Y} đến hết ngày "
            f"{last:%d/%m/%Y}.",
            "2. Địa điểm: Nhà văn hóa thôn Bến Trúc.",
        )
        entry = self._enter(self._issue_invitation(paper))
        self.assertEqual(entry.start, self._moment(1, 8))
        self.assertEqual(entry._vanban_span()[1].date(), last)

    def test_scan_without_words_is_looked_at_whole(self):
        """The next working day at eight, and everything is marked."""
        document = self._issue_invitation(make_pdf())
        entry = self._enter(document)
        start = entry._vanban_span()[0]
        today = self.agency._vanban_today()
        self.assertEqual(start.date(), self.agency._vanban_shift_days(today, 1))
        self.assertEqual((start.hour, start.minute), (8, 0))
        self.assertEqual(
            set(entry.sudo().vanban_to_check),
            {"when", "place", "chair", "people", "preparing"},
        )
        self.assertEqual(entry.partner_ids, self.other_agency.partner_id)

    def test_people_of_one_name_are_not_guessed(self):
        self.officer2.name = self.leader.name
        entry = self._enter(self._issue_invitation())
        self.assertFalse(entry.vanban_chair_id)
        self.assertIn("Lương Thế Khải", entry.vanban_chair_name)
        self.assertIn("Phó Chủ tịch", entry.vanban_chair_name)

    # ---- urgency ----

    def test_express_invitation_is_told_at_once(self):
        """HT-8.15: once in the schedule, before its week is published."""
        document = self._issue_invitation(urgency="express")
        entry = self._enter(document)
        self.assertEqual(entry.vanban_urgency, "express")
        self.assertFalse(entry.vanban_is_published)
        arranged = entry.with_user(self.office_head)
        arranged.action_vanban_checked()
        arranged.action_vanban_accept()
        self.assertTrue(entry.vanban_is_published)
        self.assertNotEqual(entry.vanban_schedule_id.sudo().state, "published")

    # ---- once ----

    def test_second_click_opens_the_entry(self):
        document = self._issue_invitation()
        self.assertTrue(document.vanban_can_plan)
        self.assertFalse(document.vanban_has_entry)
        entry = self._enter(document)
        document.invalidate_recordset()
        self.assertTrue(document.vanban_has_entry)
        self.assertEqual(self._enter(document), entry)
        self.assertEqual(self._enter(document.with_user(self.office_head)), entry)
        with self.assertRaisesRegex(UserError, "in the schedule already"):
            document.with_user(self.clerk).action_vanban_to_calendar()

    def test_database_keeps_a_second_entry_out(self):
        """Also where two are made in the same moment."""
        document = self._issue_invitation()
        entry = self._enter(document)
        again = self._create_entry(self.officer)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            again._vanban_in_action().vanban_document_id = document
            again.flush_recordset()
        # one that was left out makes room
        entry.with_user(self.office_head).action_vanban_refuse("Ngày khác")
        self.assertNotEqual(self._enter(document), entry)

    # ---- rights ----

    def test_only_who_sees_the_invitation_enters_it(self):
        """HT-9a, HT-4.2a: allow and refuse, by person."""
        document = self._issue_invitation()
        for user in (self.officer2, self.stranger):
            with self.assertRaises(AccessError):
                document.with_user(user).action_vanban_to_calendar()
        self.assertFalse(self.Event.search([("vanban_document_id", "!=", False)]))
        for user in (self.clerk, self.office_head):
            self.assertTrue(document.with_user(user).vanban_can_plan)
        self._enter(document.with_user(self.clerk))

    def test_other_papers_make_no_entry(self):
        letter = self._create_issued()
        draft = self._create_draft(document_type_id=self.invitation.id)
        recalled = self._issue_invitation()
        recalled.with_user(self.clerk).action_recall("Sai ngày")
        for document in (letter | draft | recalled).with_user(self.officer):
            self.assertFalse(document.vanban_can_plan)
            with self.assertRaises(UserError):
                document.action_vanban_to_calendar()

    def test_secret_invitation_makes_no_entry(self):
        secret = self._create_incoming(
            files=0,
            document_type_id=self.invitation.id,
            subject=False,
            secrecy="secret",
        )
        with self.assertRaisesRegex(UserError, "secret"):
            secret.action_vanban_to_calendar()
        self.assertFalse(secret.vanban_can_plan)

    def test_letter_that_invites_is_an_invitation(self):
        letter = self._create_issued(subject="Về việc mời họp bàn sửa đê bối")
        self.assertTrue(letter.vanban_is_invitation)
        self.assertFalse(self._create_draft().vanban_is_invitation)

    def test_entry_tells_nobody_the_name_of_its_document(self):
        """Who takes part sees the entry, and of the paper only what is open."""
        document = self._issue_invitation()
        entry = self._enter(document)
        arranged = entry.with_user(self.office_head)
        arranged.action_vanban_checked()
        arranged.action_vanban_accept()
        self._publish()
        guest = entry.with_user(self.officer2)
        self.assertEqual(guest.name, document.subject)
        self.assertFalse(guest.vanban_has_invitation)
        with self.assertRaises(AccessError):
            guest.read(["vanban_document_id"])
        with self.assertRaises(AccessError):
            guest.action_vanban_open_invitation()
        self.assertTrue(entry.vanban_has_invitation)
        self.assertEqual(entry.action_vanban_open_invitation()["res_id"], document.id)

    def test_no_client_links_a_document(self):
        document = self._issue_invitation()
        entry = self._create_entry(self.officer)
        for values in ({"vanban_document_id": document.id}, {"vanban_to_check": {}}):
            with self.assertRaises(AccessError):
                entry.write(values)
        for values in (
            {"vanban_document_id": document.id},
            {"vanban_to_check": {"when": ""}},
        ):
            with self.assertRaises(AccessError):
                self._create_entry(self.officer, **values)
        named = self.Event.with_user(self.officer).with_context(
            default_vanban_document_id=document.id
        )
        times = {"start": self._moment(0, 8), "stop": self._moment(0, 9)}
        with self.assertRaises(AccessError):
            named.create({"name": "Họp", **times})


@tagged("post_install", "-at_install")
class TestInvitationDesk(InvitationCommon):
    """An issued invitation without an entry stays on its drafter's list."""

    def _get_queue(self, user=None):
        user = user or self.officer
        desk = self.env["vanban.desk"].with_user(user).with_company(user.company_id)
        [queue] = [
            one
            for one in desk.get_desk()["queues"]
            if one["key"] == "invitation_unplanned"
        ]
        found = desk.env["vanban.document"].search(queue["domain"])
        self.assertEqual(queue["count"], len(found))
        return found

    def test_list_shows_exactly_what_has_no_entry(self):
        """HT-9a: until the entry exists."""
        document = self._issue_invitation()
        self._create_issued()
        self._receive_invitation()
        self._create_draft(document_type_id=self.invitation.id)
        self.assertEqual(self._get_queue(), document)
        self.assertFalse(self._get_queue(self.officer2))
        self.assertFalse(self._get_queue(self.clerk))
        entry = self._enter(document)
        self.assertFalse(self._get_queue())
        entry.unlink()
        self.assertEqual(self._get_queue(), document)

    def test_drafter_says_that_it_needs_no_entry(self):
        """With a way back."""
        document = self._issue_invitation()
        for user in (self.clerk, self.officer2):
            with self.assertRaises(AccessError):
                document.with_user(user).action_vanban_skip_calendar()
        with self.assertRaises(AccessError):
            document.write({"vanban_needs_no_entry": True})
        self.assertTrue(document.vanban_can_skip)
        document.action_vanban_skip_calendar()
        self.assertFalse(self._get_queue())
        document.action_vanban_undo_skip_calendar()
        self.assertEqual(self._get_queue(), document)

    def test_who_acts_for_the_drafter_has_the_list(self):
        document = self._issue_invitation()
        today = self.agency._vanban_today()
        self.env["vanban.delegation"].create(
            {
                "delegator_id": self.officer.id,
                "delegate_id": self.officer2.id,
                "company_id": self.agency.id,
                "date_from": today,
                "date_to": today,
            }
        )
        self.assertEqual(self._get_queue(self.officer2), document)
