from odoo.tests import tagged

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestMessage(CalendarCommon):
    """Who is told what of an entry, and how."""

    def _get_told(self, person):
        """Return the subjects of what a person was told, the newest first."""
        messages = self.env["mail.notification"].search(
            [("res_partner_id", "=", person.partner_id.id)], order="id desc"
        )
        return messages.mail_message_id.mapped("subject")

    def _get_texts(self):
        return self.env["sms.sms"].search(
            [("vanban_company_id", "=", self.agency.id)], order="id desc"
        )

    def test_published_entry_is_told_to_who_takes_part_with_a_calendar_file(self):
        entry = self._create_entry(
            self.office_head,
            name="Họp <b>tiến độ</b>",
            location="Phòng 201",
            vanban_chair_id=self.leader.id,
            vanban_unit_ids=[(6, 0, self.unit.ids)],
        )
        self._tell()
        self.assertFalse(self._get_told(self.leader))
        self._publish()
        self._tell()
        self.assertIn("Họp <b>tiến độ</b>", self._get_told(self.leader)[0])
        self.assertIn("08:00–09:00", self._get_told(self.unit_head)[0])
        self.assertFalse(
            [one for one in self._get_told(self.stranger) if "tiến độ" in one]
        )
        message = entry.message_ids[:1] or self.env["mail.message"].search(
            [("model", "=", "calendar.event"), ("res_id", "=", entry.id)], limit=1
        )
        self.assertEqual(message.attachment_ids.mimetype, "text/calendar")
        self.assertIn("Phòng 201", message.attachment_ids.raw.decode())
        self.assertIn("&lt;b&gt;", message.body)

    def test_express_invitation_is_told_at_once_by_text_message(self):
        """HT-8.15: whoever is invited gets a text message, the week public or not."""
        self.officer.partner_id.phone = "0912 345 678"
        entry = self._create_entry(
            self.office_head,
            name="Ứng phó bão",
            vanban_urgency="express",
            location="Sở chỉ huy",
            partner_ids=[(6, 0, (self.officer | self.office_head).partner_id.ids)],
        )
        self._tell()
        [text] = self._get_texts()
        self.assertEqual(text.partner_id, self.officer.partner_id)
        self.assertEqual(text.number, "+84912345678")
        for word in ("Ứng phó bão", "08:00–09:00", "Sở chỉ huy"):
            self.assertIn(word, text.body)
        self.assertIn("Ứng phó bão", self._get_told(self.officer)[0])
        self.assertTrue(
            self.Event.with_user(self.officer).search([("id", "=", entry.id)])
        )
        self.assertEqual(entry.vanban_schedule_id.state, "draft")

    def test_ordinary_invitation_is_told_without_a_text_message(self):
        self.officer.partner_id.phone = "0912 345 678"
        people = (self.officer | self.office_head).partner_id
        self._create_entry(self.office_head, partner_ids=[(6, 0, people.ids)])
        self._publish()
        self._tell()
        self.assertTrue(self._get_told(self.officer))
        self.assertFalse(self._get_texts())

    def test_proposed_express_entry_waits_for_who_arranges(self):
        self.officer.partner_id.phone = "0912 345 678"
        entry = self._create_entry(
            self.officer, name="Xin họp gấp", vanban_urgency="express"
        )
        self._tell()
        self.assertFalse(self._get_texts())
        entry.with_user(self.office_head).action_vanban_accept()
        self._tell()
        self.assertEqual(len(self._get_texts()), 1)

    def test_cancelled_entry_is_told_with_the_reason(self):
        people = (self.officer | self.office_head).partner_id
        entry = self._create_entry(
            self.office_head, name="Họp tổng kết", partner_ids=[(6, 0, people.ids)]
        )
        self._publish()
        self._tell()
        entry.action_vanban_cancel("Lùi sang tháng sau")
        self._tell()
        self.assertIn("Họp tổng kết", self._get_told(self.officer)[0])
        message = self.env["mail.message"].search(
            [("model", "=", "calendar.event"), ("res_id", "=", entry.id)], limit=1
        )
        self.assertIn("Lùi sang tháng sau", message.body)
        self.assertFalse(message.attachment_ids)

    def test_two_changes_before_the_job_are_told_once(self):
        people = (self.officer | self.office_head).partner_id
        entry = self._create_entry(self.office_head, partner_ids=[(6, 0, people.ids)])
        self._publish()
        self._tell()
        count = len(self._get_told(self.officer))
        entry.write({"location": "Phòng 1"})
        entry.write({"location": "Phòng 2"})
        self._tell()
        self.assertEqual(len(self._get_told(self.officer)), count + 1)
