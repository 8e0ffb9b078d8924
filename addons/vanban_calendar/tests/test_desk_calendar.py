from datetime import timedelta

from odoo.tests import tagged

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestDeskCalendar(CalendarCommon):
    """HN-7.2a HN-7.2b HN-7.2e: what of schedules waits, and today's and tomorrow's."""

    def _get_desk(self, user):
        return self.env["vanban.desk"].with_user(user).get_desk()

    def _get_counts(self, user):
        queues = self._get_desk(user)["queues"]
        return {queue["key"]: queue["count"] for queue in queues}

    def _get_behind(self, user, key):
        queues = {queue["key"]: queue for queue in self._get_desk(user)["queues"]}
        queue = queues[key]
        model = self.env.ref(queue["action"]).sudo().res_model
        return self.env[model].with_user(user).search(queue["domain"])

    def _act_for(self, delegator, delegate):
        self.env["vanban.delegation"].create(
            {
                "delegator_id": delegator.id,
                "delegate_id": delegate.id,
                "date_to": self.agency._vanban_today(),
                "company_id": self.agency.id,
            }
        )

    def test_week_goes_from_desk_to_desk(self):
        """HN-6.2a: proposed, arranged, approved, answered, planned after."""
        guests = [(6, 0, self.officer2.partner_id.ids)]
        entry = self._create_entry(self.unit_head, partner_ids=guests)
        self.assertEqual(self._get_behind(self.office_head, "proposal"), entry)
        self.assertNotIn("proposal", self._get_counts(self.officer))
        self.assertFalse(self._get_counts(self.officer2)["to_answer"])
        entry.with_user(self.office_head).action_vanban_accept()
        self.assertFalse(self._get_counts(self.office_head)["proposal"])
        week = self._get_week()
        week.action_submit()
        self.assertEqual(self._get_behind(self.leader, "week_to_approve"), week)
        self.assertNotIn("week_to_approve", self._get_counts(self.office_head))
        week.with_user(self.leader).action_approve(week.revision)
        self.assertFalse(self._get_counts(self.leader)["week_to_approve"])
        week.action_publish()
        self.assertEqual(self._get_behind(self.officer2, "to_answer"), entry)
        self.assertEqual(
            self._get_behind(self.unit_head, "week_to_plan").unit_id, self.unit
        )
        entry.with_user(self.officer2).action_vanban_take_part()
        self.assertFalse(self._get_counts(self.officer2)["to_answer"])

    def test_counts_are_those_of_the_lists_behind(self):
        """HT-3.2b: for every role and queue"""
        self._create_entry(
            self.unit_head,
            vanban_unit_ids=[(6, 0, self.unit2.ids)],
            vanban_check_ids=[(0, 0, {"name": "Nước", "user_id": self.officer.id})],
        )
        self._create_entry(self.office_head, day=1, vanban_chair_id=self.leader.id)
        people = (
            self.clerk,
            self.officer,
            self.officer2,
            self.unit_head,
            self.office_head,
            self.leader,
            self.archivist,
            self.admin,
            self.stranger,
        )
        for user in people:
            for key, count in self._get_counts(user).items():
                with self.subTest(user=user.login, queue=key):
                    self.assertEqual(count, len(self._get_behind(user, key)))

    def test_first_to_do_is_what_waits_with_its_time(self):
        entry = self._create_entry(self.unit_head)
        items = self._get_desk(self.office_head)["urgent"]
        item = next(item for item in items if item["subject"] == entry.name)
        self.assertEqual(item["id"], entry.id)
        self.assertEqual(item["asked"], "Proposals to arrange")
        self.assertEqual(item["deadline"], entry.start)
        self.assertIn("08:00–09:00", item["who"])

    def test_preparation_waits_for_who_is_named(self):
        """HT-8.14: until the meeting's end."""
        entry = self._create_entry(self.unit_head)
        check = self.env["vanban.event.check"].create(
            {
                "event_id": entry.id,
                "name": "Tài liệu",
                "user_id": self.officer.id,
                "date_deadline": self.agency._vanban_today() - timedelta(days=1),
            }
        )
        self.assertEqual(self._get_behind(self.officer, "to_prepare"), check)
        queues = self._get_desk(self.officer)["queues"]
        late = next(q["late"] for q in queues if q["key"] == "to_prepare")
        self.assertEqual(late, 1)
        check.with_user(self.officer).action_done()
        self.assertFalse(self._get_counts(self.officer)["to_prepare"])

    # ---- today and tomorrow ----

    def _create_today(self, user, ahead=0, hour=8, hours=1, **values):
        today = self.agency._vanban_today()
        day = (today - self.monday).days + ahead
        return self._create_entry(
            user, day=day, hour=hour, hours=hours, vanban_level="person", **values
        )

    def _get_days(self, user):
        agenda = self._get_desk(user)["agenda"]
        return [
            [(entry["time"], entry["content"]) for entry in day["entries"]]
            for day in agenda["days"]
        ]

    def test_agenda_is_of_today_and_tomorrow_and_one_s_own(self):
        self._create_today(self.officer, hour=14, name="Họp tổ", location="Tầng 3")
        self._create_today(self.officer, hour=8, name="Tiếp công dân")
        self._create_today(self.officer, ahead=1, hour=7, name="Đi cơ sở")
        self._create_today(self.officer, ahead=2, name="Ngày kia")
        self._create_today(self.officer, ahead=-1, name="Hôm qua")
        self.assertEqual(
            self._get_days(self.officer),
            [
                [("08:00–09:00", "Tiếp công dân"), ("14:00–15:00", "Họp tổ")],
                [("07:00–08:00", "Đi cơ sở")],
            ],
        )
        self.assertEqual(self._get_days(self.officer2), [[], []])
        agenda = self._get_desk(self.officer)["agenda"]
        self.assertEqual(agenda["days"][0]["entries"][1]["place"], "Tầng 3")
        self.assertEqual(agenda["days"][0]["entries"][1]["whose"], "")

    def test_agenda_has_what_lasts_days_and_leaves_out_what_was_declined(self):
        today = self.agency._vanban_today()
        self._create_today(self.officer, hour=22, hours=10, name="Trực đêm")
        self._create_today(
            self.officer,
            name="Hội nghị",
            allday=True,
            start_date=today,
            stop_date=today + timedelta(days=1),
        )
        gone = self._create_today(self.officer, hour=9, name="Đã từ chối")
        gone.attendee_ids.action_vanban_decline("Bận")
        first, second = self._get_days(self.officer)
        self.assertCountEqual(
            first, [("All day", "Hội nghị"), ("from 22:00", "Trực đêm")]
        )
        self.assertCountEqual(
            second, [("All day", "Hội nghị"), ("until 08:00", "Trực đêm")]
        )

    def test_unpublished_entries_are_not_on_the_agenda(self):
        today = self.agency._vanban_today()
        day = (today - self.monday).days
        partners = [(6, 0, self.officer.partner_id.ids)]
        self._create_entry(self.office_head, day=day, partner_ids=partners)
        self.assertEqual(self._get_days(self.officer), [[], []])

    def test_secretary_sees_the_day_of_the_leader(self):
        """HT-3.1: under a delegation, and whose it is"""
        self._create_today(self.leader, name="Tiếp đoàn công tác")
        self.assertEqual(self._get_days(self.secretary), [[], []])
        self._act_for(self.leader, self.secretary)
        entries = self._get_desk(self.secretary)["agenda"]["days"][0]["entries"]
        self.assertEqual([e["content"] for e in entries], ["Tiếp đoàn công tác"])
        self.assertEqual(entries[0]["whose"], self.leader.name)

    def test_agenda_is_read_in_one_query(self):
        for number in range(5):
            self._create_today(self.officer, hour=8 + number, name=f"Việc {number}")
        Desk = self.env["vanban.desk"].with_user(self.officer)
        Desk._get_agenda()
        today = self.agency._vanban_today()
        self.env.flush_all()
        # whom one acts for, the units these head, the entries
        with self.assertQueryCount(4):
            Desk._get_agenda_entries(today)
