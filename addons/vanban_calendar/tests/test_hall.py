from freezegun import freeze_time

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestHall(CalendarCommon, HttpCase):
    """What hangs in the hall is read by whoever passes by."""

    def _open_hall(self, feed=None):
        token = (feed or self._create_feed()).sudo().token
        return self.url_open(f"/vanban/lich/man-hinh/{token}")

    def _create_feed(self):
        Feed = self.env["vanban.calendar.feed"].with_user(self.admin)
        action = Feed.with_company(self.agency).action_create_hall()
        return Feed.browse(action["res_id"])

    def _read_days(self, moment):
        """Return the days of the screen at a moment of next week."""
        Schedule = self.Schedule.sudo().with_company(self.agency)
        with freeze_time(moment):
            return Schedule._get_hall_data()["days"]

    def test_today_and_tomorrow_of_the_agency_are_shown(self):
        """HN-7.2b: what is published, with the time that closed meetings take."""
        self._create_entry(self.office_head, vanban_room_id=self.room.id)
        self._create_entry(self.office_head, name="Tiếp dân", day=1)
        self._create_entry(self.office_head, name="Việc hôm kia", day=2)
        self._create_entry(
            self.office_head, name="Kiểm điểm", hour=10, vanban_is_closed=True
        )
        self._create_entry(self.leader, name="Việc riêng", vanban_level="person")
        self._create_entry(
            self.unit_head,
            name="Họp phòng",
            vanban_level="unit",
            vanban_unit_id=self.unit.id,
        )
        monday = self._moment(0, 9, 30)
        self.assertFalse(any(day["slots"] for day in self._read_days(monday)))
        self._publish()
        self._create_entry(self.unit_head, name="Đề xuất muộn", hour=11)
        today, tomorrow = self._read_days(monday)
        # what is over stands last
        self.assertEqual(
            [(s["entry"]["name"], s["time"], s["is_over"]) for s in today["slots"]],
            [
                ("Closed meeting", "10:00–11:00", False),
                ("Họp giao ban", "08:00–09:00", True),
            ],
        )
        self.assertEqual([s["entry"]["name"] for s in tomorrow["slots"]], ["Tiếp dân"])

    def test_secret_address_shows_the_page_and_keeps_nothing(self):
        self._create_entry(self.office_head, name="Họp <b>báo</b>")
        self._publish()
        answer = self._open_hall()
        self.assertEqual(answer.status_code, 200)
        self.assertIn(self.agency.name, answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertNotIn("session_id", answer.cookies)
        self.assertIn('lang="vi"', answer.text)

    def test_content_is_text_and_a_closed_meeting_names_nobody(self):
        self._create_entry(self.office_head, name="Họp <b>báo</b>")
        self._create_entry(
            self.office_head,
            name="Kiểm điểm",
            vanban_is_closed=True,
            vanban_chair_id=self.leader.id,
            location="Phòng Chủ tịch",
        )
        self._publish()
        feed = self._create_feed()
        schedules = feed.sudo().env["vanban.schedule"].with_company(self.agency)
        with freeze_time(self._moment(0, 6)):
            data = schedules._get_hall_data()
        page = str(self.env["ir.qweb"]._render("vanban_calendar.hall_page", data))
        self.assertIn("Họp &lt;b&gt;báo", page)
        self.assertIn("Closed meeting", page)
        for word in ("Kiểm điểm", "Leader", "Phòng Chủ tịch"):
            self.assertNotIn(word, page)

    def test_guessed_or_revoked_address_answers_nothing(self):
        feed = self._create_feed()
        token = feed.sudo().token
        feed.action_revoke()
        with mute_logger("odoo.http"):
            for path in (token, "x", "%00", "..%2f..", "a" * 5000):
                answer = self.url_open(f"/vanban/lich/man-hinh/{path}")
                with self.subTest(path[:20]):
                    self.assertEqual(answer.status_code, 404)
        answer = self.url_open(f"/vanban/lich/man-hinh/{token}")
        self.assertEqual(answer.text, "")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_address_of_a_calendar_opens_no_screen(self):
        Feed = self.env["vanban.calendar.feed"].with_user(self.officer)
        feed = Feed.browse(Feed.action_create_own()["res_id"])
        self.assertEqual(self._open_hall(feed).status_code, 404)
