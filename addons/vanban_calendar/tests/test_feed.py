from datetime import UTC, timedelta

from icalendar import Calendar

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.vanban_core.tests.common import ROLES

from .common import CalendarCommon

MARKUP = "<b>Họp</b>; một, hai\\n & “ba” 🎉 <script>alert(1)</script>"


class FeedCommon(CalendarCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Feed = cls.env["vanban.calendar.feed"]

    @classmethod
    def _create_feed(cls, user, kind=None):
        """Return a feed made by its owner: one's own, or that of the agency."""
        feeds = cls.Feed.with_user(user)
        action = feeds.action_create_agency(kind) if kind else feeds.action_create_own()
        return feeds.browse(action["res_id"])

    def _read(self, feed):
        """Return ``{name: event}`` of what an independent reader finds in a feed."""
        self.env.invalidate_all()
        content = feed.sudo()._get_ics()
        for line in content.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
            line.decode()  # no letter is cut in two
        calendar = Calendar.from_ical(content)
        self.assertEqual(calendar["VERSION"], "2.0")
        self.assertFalse(calendar.errors)
        events = calendar.walk("VEVENT")
        self.assertEqual(len({event["UID"] for event in events}), len(events))
        for event in events:
            self.assertFalse(event.errors)
        return {str(event["SUMMARY"]): event for event in events}


@tagged("post_install", "-at_install")
class TestFeed(FeedCommon):
    def test_own_calendar_shows_what_one_takes_part_in(self):
        """HN-7.2b: who is invited, chairs or organises; nothing else, no draft."""
        mine = {"partner_ids": [(6, 0, self.officer.partner_id.ids)]}
        self._create_entry(self.office_head, name="Được mời", **mine)
        self._create_entry(
            self.office_head, name="Của đơn vị", vanban_unit_ids=[(6, 0, self.unit.ids)]
        )
        self._create_entry(
            self.office_head, name="Chủ trì", vanban_chair_id=self.officer.id, day=1
        )
        refused = self._create_entry(self.office_head, name="Từ chối", **mine)
        self._create_entry(self.office_head, name="Của người khác")
        self._create_entry(self.officer, name="Tự lên lịch", vanban_level="person")
        self._create_entry(
            self.officer2, name="Riêng", vanban_level="person", privacy="private"
        )
        feed = self._create_feed(self.officer)
        self.assertEqual(set(self._read(feed)), {"Tự lên lịch"})
        self._publish()
        refused.attendee_ids.with_user(self.officer).do_decline()
        self.assertEqual(
            set(self._read(feed)), {"Được mời", "Của đơn vị", "Chủ trì", "Tự lên lịch"}
        )

    def test_reader_of_another_program_reads_each_field(self):
        """Moments, place and words are those of the entry, whatever was typed."""
        entry = self._create_entry(
            self.office_head,
            name=MARKUP,
            vanban_room_id=self.room.id,
            location="Tầng 2, nhà A; cổng sau",
            vanban_chair_id=self.leader.id,
            vanban_unit_ids=[(6, 0, self.unit.ids)],
            vanban_note="Dòng một\r\nBEGIN:VEVENT\nDòng ba\x0b \\ " + "dài " * 60,
        )
        self._publish()
        [event] = self._read(self._create_feed(self.office_head)).values()
        self.assertEqual(event["SUMMARY"], MARKUP)
        self.assertEqual(event["LOCATION"], "Phòng họp số 1, Tầng 2, nhà A; cổng sau")
        words = str(event["DESCRIPTION"]).split("\n")
        self.assertIn("Chủ trì: Leader, leader", words)
        self.assertIn("Thành phần: Phòng Tổng hợp; Office Head", words)
        self.assertIn("BEGIN:VEVENT", words)
        self.assertIn(("Dòng ba \\ " + "dài " * 60).strip(), words)
        self.assertEqual(event.decoded("DTSTART"), entry.start.replace(tzinfo=UTC))
        self.assertEqual(event.decoded("DTEND"), entry.stop.replace(tzinfo=UTC))
        changed = entry.write_date.replace(microsecond=0, tzinfo=UTC)
        self.assertEqual(event.decoded("LAST-MODIFIED"), changed)
        self.assertEqual(event.decoded("DTSTAMP"), changed)
        self.assertEqual(event["STATUS"], "CONFIRMED")

    def test_name_of_a_calendar_adds_no_line_to_it(self):
        action = self.Feed.with_user(self.officer).action_create_own(
            "Máy, bàn\r\nBEGIN:VEVENT\nSUMMARY:giả"
        )
        feed = self.Feed.browse(action["res_id"]).sudo()
        self.assertFalse(self._read(feed))
        lines = feed._get_ics().decode().split("\r\n")
        self.assertIn("X-WR-CALNAME:Máy\\, bàn\\nBEGIN:VEVENT\\nSUMMARY:giả", lines)

    def test_whole_days_and_repetitions_are_single_events(self):
        day = self.monday + timedelta(days=2)
        self._create_entry(
            self.officer,
            name="Cả ngày",
            vanban_level="person",
            allday=True,
            start_date=day,
            stop_date=day + timedelta(days=1),
        )
        self._create_entry(
            self.officer,
            name="Hằng tuần",
            vanban_level="person",
            recurrency=True,
            rrule_type="weekly",
            end_type="count",
            count=3,
            mon=True,
        )
        feed = self._create_feed(self.officer)
        event = self._read(feed)["Cả ngày"]
        self.assertEqual(event.decoded("DTSTART"), day)
        self.assertEqual(event.decoded("DTEND"), day + timedelta(days=2))
        content = feed.sudo()._get_ics().decode()
        self.assertEqual(content.count("SUMMARY:Hằng tuần"), 3)
        self.assertNotIn("RRULE", content)

    def test_changes_keep_the_identifier_and_count_up(self):
        entry = self._create_entry(self.office_head)
        self._publish()
        feed = self._create_feed(self.office_head)
        [first] = self._read(feed).values()
        created = fields.Datetime.now() - timedelta(hours=2)
        self.env.cr.execute(
            "UPDATE calendar_event SET create_date = %s WHERE id = %s",
            [created, entry.id],
        )
        [second] = self._read(feed).values()
        self.assertGreater(second["SEQUENCE"], first["SEQUENCE"])
        entry.action_vanban_cancel("Mưa bão")
        [last] = self._read(feed).values()
        self.assertEqual(last["STATUS"], "CANCELLED")
        self.assertEqual(last["TRANSP"], "TRANSPARENT")
        self.assertIn("Lý do hủy: Mưa bão", last["DESCRIPTION"])
        self.assertEqual({first["UID"]}, {second["UID"], last["UID"]})

    def test_calendar_goes_from_sixty_days_ago_to_a_year_ahead(self):
        now = fields.Datetime.now()
        for name, days in (("61", -61), ("59", -59), ("364", 364), ("367", 367)):
            start = now + timedelta(days=days)
            self._create_entry(
                self.officer,
                name=name,
                vanban_level="person",
                start=start,
                stop=start + timedelta(hours=1),
            )
        self.assertEqual(
            set(self._read(self._create_feed(self.officer))), {"59", "364"}
        )

    def test_agency_calendar_tells_of_closed_meetings_the_time_alone(self):
        """HN-7.2b: the published schedule; of a closed meeting "Họp kín" alone."""
        self._create_entry(self.office_head, name="Họp giao ban")
        self._create_entry(
            self.office_head,
            name="Kiểm điểm cán bộ",
            day=1,
            vanban_is_closed=True,
            vanban_room_id=self.room.id,
            vanban_note="Mang theo bản kiểm điểm",
            vanban_unit_ids=[(6, 0, self.unit.ids)],
        )
        self._create_entry(
            self.unit_head,
            name="Của phòng",
            vanban_level="unit",
            vanban_unit_id=self.unit.id,
        )
        feed = self._create_feed(self.admin, "ics")
        self.assertFalse(self._read(feed))
        self._publish()
        self._create_entry(self.unit_head, name="Đề nghị thêm")
        events = self._read(feed)
        self.assertEqual(set(events), {"Họp giao ban", "Họp kín"})
        closed = events["Họp kín"]
        self.assertEqual(closed["TRANSP"], "OPAQUE")
        self.assertEqual(
            closed.decoded("DTSTART"), self._moment(1, 8).replace(tzinfo=UTC)
        )
        self.assertNotIn("DESCRIPTION", closed)
        self.assertNotIn("LOCATION", closed)
        # who is invited has it in the own calendar
        self.assertIn("Kiểm điểm cán bộ", self._read(self._create_feed(self.officer)))

    def test_who_moved_to_another_unit_sees_its_meetings_no_more(self):
        self._create_entry(
            self.office_head,
            name="Họp kín của phòng",
            vanban_is_closed=True,
            vanban_unit_ids=[(6, 0, self.unit.ids)],
        )
        self._publish()
        feed = self._create_feed(self.officer)
        self.assertIn("Họp kín của phòng", self._read(feed))
        self._get_employees(self.officer).department_id = self.unit2
        self.assertFalse(self._read(feed))

    def test_calendar_has_the_rights_of_its_owner_and_no_more(self):
        """What another agency plans with the unit is not open to its people."""
        entry = self._create_entry(self.stranger, name="Của sở").sudo()
        entry._vanban_in_action().vanban_unit_ids = self.unit
        entry.vanban_schedule_id._vanban_in_action().state = "published"
        entry._vanban_in_action().vanban_state = "accepted"
        self.assertTrue(entry.vanban_is_published)
        feed = self._create_feed(self.officer)
        self.assertFalse(self._read(feed))
        entry._vanban_in_action().partner_ids = self.officer.partner_id
        self.assertIn("Của sở", self._read(feed))

    def test_secretary_sees_the_leader_while_the_delegation_lasts(self):
        today = self.agency._vanban_today()
        self._create_entry(
            self.office_head, name="Họp tỉnh", vanban_chair_id=self.leader.id
        )
        self._publish()
        feed = self._create_feed(self.secretary)
        self.assertFalse(self._read(feed))
        delegation = self.env["vanban.delegation"].create(
            {
                "company_id": self.agency.id,
                "delegator_id": self.leader.id,
                "delegate_id": self.secretary.id,
                "date_from": today - timedelta(days=3),
                "date_to": today,
            }
        )
        self.assertEqual(set(self._read(feed)), {"[Leader] Họp tỉnh"})
        delegation.date_to = today - timedelta(days=1)
        self.assertFalse(self._read(feed))

    def test_five_hundred_entries_need_as_many_queries_as_few(self):
        """One query for each relation, none for each entry."""

        def enter(count):
            quiet = {"no_mail_to_attendees": True, "dont_notify": True}
            events = self.Event.with_user(self.officer).with_company(self.agency)
            events.with_context(**quiet).create(
                [
                    {
                        "name": f"Việc {number}",
                        "vanban_level": "person",
                        "start": self._moment(number % 5, 8),
                        "stop": self._moment(number % 5, 9),
                        "partner_ids": [
                            (6, 0, (self.officer | self.officer2).partner_id.ids)
                        ],
                        "vanban_unit_ids": [(6, 0, self.unit.ids)],
                        "vanban_room_id": self.room.id,
                        "vanban_vehicle_ids": [(6, 0, self.car.ids)],
                        "vanban_preparing_unit_id": self.unit.id,
                    }
                    for number in range(count)
                ]
            )

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            content = feed._get_ics()
            return content.count(b"BEGIN:VEVENT"), self.env.cr.sql_log_count - before

        feed = self._create_feed(self.officer).sudo()
        enter(3)
        count()
        self.assertEqual(count()[0], 3)
        few = count()[1]
        enter(500)
        self.assertEqual(count(), (503, few))
        self.assertLess(few, 30)


@tagged("post_install", "-at_install")
class TestFeedRights(FeedCommon):
    def test_only_the_owner_sees_and_takes_back_an_address(self):
        own = {role: self._create_feed(getattr(self, role)) for role in ROLES}
        agency = self._create_feed(self.admin, "hall")
        for role in ROLES:
            user = getattr(self, role)
            seen = self.Feed.with_user(user).search([])
            expected = own[role] | (agency if role == "admin" else self.Feed)
            with self.subTest(role):
                self.assertEqual(seen, expected)
                self.assertTrue(all(seen.mapped("address")))
            other = own["officer" if role != "officer" else "clerk"].with_user(user)
            for action in ("action_revoke", "action_renew", "action_open"):
                with self.assertRaises(AccessError):
                    getattr(other, action)()
            for action in ("action_revoke", "action_renew"):
                with self.assertRaises(AccessError):
                    getattr(own[role] | other, action)()
                if role != "admin":
                    with self.assertRaises(AccessError):
                        getattr(agency.with_user(user), action)()
        self.assertEqual(agency.address.rsplit("/", 1)[1], agency.sudo().token)

    def test_address_is_not_told_by_way_of_the_superuser(self):
        feed = self._create_feed(self.officer)
        self.assertIn(feed.sudo().token, feed.address)
        self.assertFalse(feed.with_user(self.officer2).sudo().address)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_secrets_are_not_read_or_guessed_by_searching(self):
        feed = self._create_feed(self.officer)
        token = feed.sudo().token
        self.assertGreaterEqual(len(token), 43)
        for name in ("token", "token_hash"):
            with self.assertRaises(AccessError):
                feed.read([name])
            with self.assertRaises(AccessError):
                feed.search([(name, "=like", f"{token[:2]}%")])
        self.assertNotIn("token", feed.fields_get())
        with self.assertRaises(ValueError):
            feed.search([("address", "ilike", token)])

    def test_plain_writing_changes_nothing(self):
        """Actions alone make addresses, give other ones and take them back."""
        feed = self._create_feed(self.officer)
        for vals in (
            {"user_id": self.officer2.id},
            {"token": "a", "token_hash": "b"},
            {"active": True},
            {"kind": "hall"},
            {"last_used": "2026-01-01 00:00:00"},
        ):
            with self.assertRaises(AccessError):
                feed.write(vals)
            with self.assertRaises(AccessError):
                self.Feed.with_user(self.officer).create({"name": "A", **vals})
        with self.assertRaises(AccessError):
            self.Feed.with_user(self.officer).create({"name": "A"})
        feed.name = "Điện thoại"
        with self.assertRaises(AccessError):
            feed.with_user(self.officer2).name = "Khác"
        with self.assertRaises(AccessError):
            feed.copy()
        with self.assertRaises(AccessError):
            feed.unlink()

    def test_administrators_alone_make_addresses_of_the_agency(self):
        for role in ROLES:
            if role != "admin":
                with self.assertRaises(AccessError):
                    self._create_feed(getattr(self, role), "ics")
        feed = self._create_feed(self.admin, "ics")
        self.assertEqual(feed.sudo().company_id, self.agency)
        other = self._create_person(
            "other_admin", "vanban_core.group_admin", self.other_agency
        )
        self.assertFalse(self.Feed.with_user(other).search([]))
        with self.assertRaises(AccessError):
            feed.with_user(other).action_revoke()

    def test_odd_arguments_get_one_sentence(self):
        feeds = self.Feed.with_user(self.admin)
        for kind in ("ical", 7, None, False):
            with self.assertRaises(UserError):
                feeds.action_create_agency(kind)
        for name in ([1], {"a": 1}, 7):
            with self.assertRaises(UserError):
                feeds.action_create_own(name)
        feeds.action_create_own("a" * 5000)
        for _number in range(9):
            feeds.action_create_own()
        with self.assertRaisesRegex(UserError, "take one back"):
            feeds.action_create_own()
        feeds.search([])[0].action_revoke()
        feeds.action_create_own()

    def test_secret_is_found_whole_and_in_force_only(self):
        feed = self._create_feed(self.officer)
        token = feed.sudo().token
        self.assertEqual(self.Feed._find(token, "ics"), feed)
        for guess in (
            *(
                token[:-1],
                token + "a",
                token.swapcase(),
                f" {token}",
                "",
                "%",
                "_" * 43,
            ),
            *(None, False, 7, b"a", [token], {"a": 1}, "\ud800", "\x00", "a" * 100_000),
            feed.sudo().token_hash,
        ):
            self.assertFalse(self.Feed._find(guess, "ics"))
        self.assertFalse(self.Feed._find(token, "hall"))
        hall = self._create_feed(self.admin, "hall")
        self.assertEqual(self.Feed._find(hall.sudo().token, "hall"), hall)
        self.assertFalse(self.Feed._find(hall.sudo().token, "ics"))
        agency = self.env["res.company"].create({"name": "Chi cục Mẫu"})
        hall.sudo()._vanban_in_action().company_id = agency
        agency.active = False
        self.assertFalse(self.Feed._find(hall.sudo().token, "hall"))

    def test_who_left_is_not_found(self):
        feed = self._create_feed(self.officer)
        token = feed.sudo().token
        self.officer.active = False
        self.assertFalse(self.Feed._find(token, "ics"))

    def test_use_is_noted_once_an_hour(self):
        feed = self._create_feed(self.officer).sudo()

        def note():
            with self.enter_registry_test_mode():
                feed._note_use()
                self.env.cr.postcommit.run()
            feed.invalidate_recordset()
            return feed.last_used

        self.assertFalse(feed.last_used)
        self.assertTrue(note())
        recent = fields.Datetime.now() - timedelta(minutes=50)
        feed._vanban_in_action().last_used = recent
        self.assertEqual(note(), feed.last_used)
        self.assertEqual(feed.last_used, recent.replace(microsecond=0))
        old = fields.Datetime.now() - timedelta(minutes=70)
        feed._vanban_in_action().last_used = old
        self.assertGreater(note(), old)
