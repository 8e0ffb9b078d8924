from icalendar import Calendar

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_feed import FeedCommon


@tagged("post_install", "-at_install")
class TestFeedHttp(HttpCase, FeedCommon):
    def _get(self, token, method="GET", **headers):
        return self.url_open(
            f"/vanban/lich/{token}.ics", method=method, headers=headers
        )

    def _assert_not_found(self, answer):
        """Check that nothing tells why."""
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(answer.text, "Not Found\n")
        headers = {k: v for k, v in answer.headers.items() if k != "Date"}
        if not hasattr(self, "_unknown"):
            self._unknown = headers
        self.assertEqual(headers, self._unknown)
        self.assertIn("no-store", headers["Cache-Control"])
        self.assertNotIn("Set-Cookie", headers)

    def test_calendar_is_read_without_logging_in(self):
        """HN-7.2b: as phones do, whoever is logged in beside it."""
        self._create_entry(self.officer, name="Của tôi", vanban_level="person")
        token = self._create_feed(self.officer).sudo().token
        answer = self._get(token)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "text/calendar; charset=utf-8")
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.assertNotIn("Set-Cookie", answer.headers)
        [event] = Calendar.from_ical(answer.content).walk("VEVENT")
        self.assertEqual(event["SUMMARY"], "Của tôi")
        self.authenticate("stranger", "stranger")
        self.assertEqual(self._get(token).content, answer.content)

    def test_unchanged_calendar_is_not_sent_again(self):
        entry = self._create_entry(self.officer, vanban_level="person")
        token = self._create_feed(self.officer).sudo().token
        first = self._get(token)
        tag = first.headers["ETag"]
        again = self._get(token, **{"If-None-Match": tag})
        self.assertEqual((again.status_code, again.content), (304, b""))
        head = self._get(token, "HEAD")
        self.assertEqual((head.status_code, head.content), (200, b""))
        self.assertEqual(head.headers["ETag"], tag)
        self.assertEqual(head.headers["Content-Length"], str(len(first.content)))
        entry.name = "Đổi tên"
        changed = self._get(token, **{"If-None-Match": tag})
        self.assertEqual(changed.status_code, 200)
        self.assertIn("Đổi tên", changed.text)

    def test_guessed_and_withdrawn_addresses_are_one_plain_404(self):
        feed = self._create_feed(self.officer)
        token = feed.sudo().token
        hall = self._create_feed(self.admin, "hall").sudo().token
        for guess in (
            *("a" * 43, token[:-1], token + "a", token.swapcase(), hall, "tuan", "%00"),
            *("%F0%9F%8E%89", "a" * 3000, "%27%20OR%201=1", token + ".ics"),
        ):
            with self.subTest(guess):
                self._assert_not_found(self._get(guess))
        self.assertEqual(self._get("a" * 43, "HEAD").status_code, 404)
        feed.action_revoke()
        self._assert_not_found(self._get(token))
        self.assertFalse(feed.sudo().token or feed.sudo().token_hash)

    def test_renewed_address_ends_the_old_one(self):
        feed = self._create_feed(self.officer)
        old = feed.sudo().token
        feed.action_renew()
        self._assert_not_found(self._get(old))
        self.assertEqual(self._get(feed.sudo().token).status_code, 200)

    def test_calendar_of_who_left_is_not_found(self):
        token = self._create_feed(self.officer).sudo().token
        self.assertEqual(self._get(token).status_code, 200)
        self.officer.active = False
        self._assert_not_found(self._get(token))

    @mute_logger("odoo.http")
    def test_nothing_is_written_there(self):
        token = self._create_feed(self.officer).sudo().token
        for method in ("POST", "PUT", "DELETE", "PROPFIND"):
            self.assertEqual(self._get(token, method).status_code, 405)
