import io
from datetime import date, datetime, time, timedelta

import openpyxl
from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TaskCommon

LAST = date(2026, 6, 30)


@tagged("post_install", "-at_install")
class TestSummary(TaskCommon):
    """DT-10: results by any criterion and period, by agency, as they stood then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approved, cls.refused, cls.extended, cls.withdrawn = (
            cls._give()[0] for _number in range(4)
        )
        cls.other = cls._give((cls.helper_agency, "lead"), priority="2")
        cls.deadline = cls.approved.deadline  # Wednesday 17 June, 23:59:59

    # ---- a history of three weeks ----

    def _at(self, day, hour=9):
        """Freeze the clock at an hour of a day in June, where the agency is."""
        return freeze_time(datetime(2026, 6, day, hour) - timedelta(hours=7))

    def _judge(self, row, reason=None):
        report = row.last_report_id.with_user(self.officer)
        if reason:
            report.action_refuse(reason)
        else:
            report.action_approve()

    def _accept_extension(self):
        extension = self._ask_extension(self.extended, days=5)
        extension.with_user(self.officer).action_accept(self._prepare_extension(days=5))

    def _get_events(self):
        """Return what happens on which day of June."""
        return {
            12: [
                lambda: self._report(self.approved),
                lambda: self._report(self.refused),
            ],
            15: [
                lambda: self._judge(self.approved),
                lambda: self._judge(self.refused, "Thiếu số liệu"),
            ],
            18: [lambda: self._report(self.refused)],
            19: [
                self._accept_extension,
                lambda: self.withdrawn.with_user(self.officer).action_withdraw("Thôi"),
            ],
            22: [lambda: self._judge(self.refused)],
            29: [lambda: self._report(self.other, user=self.helper_clerk)],
        }

    def _live(self, until=30):
        """Let the history happen; return what was counted at the end of each day."""
        events, told = self._get_events(), {}
        for day in range(10, until + 1):
            for event in events.get(day, []):
                with self._at(day):
                    event()
            with freeze_time(self._end(day)):
                told[day] = self._count(date_to=date(2026, 6, day), as_of="now")
        return told

    def _end(self, day):
        return datetime.combine(date(2026, 6, day), time(23, 59, 59)) - timedelta(
            hours=7
        )

    def _make(self, user=None, **values):
        if "period" not in values:
            days = {"date_from": date(2026, 6, 1), "date_to": LAST}
            values = {"period": "dates", **days, **values}
        values.setdefault("side", "given")
        return (
            self.env["vanban.task.summary"]
            .with_user(user or self.office_head)
            .create(values)
        )

    def _count(self, user=None, **values):
        """Return the counts that are not 0 as ``{agency: {count: number}}``."""
        summary = self._make(user, **values)
        summary.action_count()
        names = ["total", "carried", "done", "done_late", "doing", "doing_late"]
        names += ["waiting", "extended", "refused", "rate"]
        return {
            line.name: {name: line[name] for name in names if line[name]}
            for line in summary.line_ids
        }

    # ---- states at a moment ----

    def test_states_of_each_day_are_found_again_later(self):
        """DT-10, DT-5.1a, DT-5.2: each day is counted later as it was counted then."""
        told = self._live()
        for day, counts in told.items():
            with self.subTest(day=day), freeze_time(self._end(30)):
                again = self._count(date_to=date(2026, 6, day), as_of="end")
                self.assertEqual(again, counts)

    def test_states_follow_from_the_facts_until_then(self):
        """DT-5.2: what was sent, judged, extended and withdrawn until each day."""
        self._live()
        expected = {
            11: {"total": 4, "doing": 4},
            12: {"total": 4, "doing": 2, "waiting": 2},
            15: {"total": 4, "doing": 3, "done": 1, "refused": 1, "rate": 100},
            18: {
                "total": 4,
                "done": 1,
                "doing_late": 2,
                "waiting": 1,
                "refused": 1,
                "rate": 33.3,
            },
            # the deadline is moved to 26 June, one task is taken back
            19: {
                "total": 3,
                "done": 1,
                "doing": 1,
                "waiting": 1,
                "extended": 1,
                "refused": 1,
                "rate": 100,
            },
            22: {
                "total": 3,
                "done": 1,
                "done_late": 1,
                "doing": 1,
                "extended": 1,
                "refused": 1,
                "rate": 50,
            },
            27: {
                "total": 3,
                "done": 1,
                "done_late": 1,
                "doing_late": 1,
                "extended": 1,
                "refused": 1,
                "rate": 33.3,
            },
        }
        for day, counts in expected.items():
            with self.subTest(day=day), freeze_time(self._end(30)):
                found = self._count(date_to=date(2026, 6, day))["Sở Mẫu"]
                found["rate"] = round(found.get("rate", 0), 1)
                self.assertEqual({k: v for k, v in found.items() if v}, counts)

    def test_what_ended_before_the_period_is_not_counted_again(self):
        """DT-10: from before are those not confirmed before the first day."""
        self._live()
        with freeze_time("2026-07-31 03:00:00"):
            june = self._count(date_from=date(2026, 6, 16))["Sở Mẫu"]
            self.assertEqual((june["total"], june["carried"]), (2, 2))
            july = self._count(period="month")
            self.assertEqual(
                july["Sở Mẫu"], {"total": 1, "carried": 1, "doing_late": 1}
            )
            self.assertEqual(july["Sở Phối hợp Mẫu"]["waiting"], 1)

    def test_now_differs_from_the_end_of_the_period(self):
        self._live()
        with freeze_time("2026-07-05 03:00:00"):
            self._judge(self.other)
            counts = {
                as_of: self._count(as_of=as_of)["Sở Phối hợp Mẫu"]
                for as_of in ("end", "now")
            }
        self.assertEqual(counts["end"]["waiting"], 1)
        self.assertEqual(counts["now"]["done_late"], 1)

    # ---- periods and criteria ----

    def test_periods_hold_today(self):
        dates = {
            name: (summary.date_from.isoformat(), summary.date_to.isoformat())
            for name in ("month", "last_month", "quarter", "year")
            for summary in self._make(period=name)
        }
        self.assertEqual(
            dates,
            {
                "month": ("2026-06-01", "2026-06-30"),
                "last_month": ("2026-05-01", "2026-05-31"),
                "quarter": ("2026-04-01", "2026-06-30"),
                "year": ("2026-01-01", "2026-12-31"),
            },
        )

    def test_what_is_no_period_is_refused(self):
        for first, last in [
            ("2026-06-02", "2026-06-01"),
            ("0001-01-01", "2026-06-01"),
            ("2026-06-11", "2026-06-12"),
        ]:
            summary = self._make(date_from=first, date_to=last)
            for method in ("action_count", "action_print", "action_export"):
                with self.subTest(first), self.assertRaises(UserError):
                    getattr(summary, method)()

    def test_each_criterion_narrows_the_count(self):
        """DT-10: by agency, unit, programme, source, director and priority."""
        programme = self.env["vanban.task.programme"].create(
            {"name": "Chương trình quý II", "company_id": self.agency.id}
        )
        self._give(
            (self.third_agency, "lead"),
            programme_id=programme.id,
            source="conclusion",
            director_name="Phạm Văn Đạo",
            unit_id=self.unit2.id,
            user=self.officer2,
        )
        for criterion in (
            {"agency_ids": self.third_agency.partner_id.ids},
            {"unit_id": self.unit2.id},
            {"programme_id": programme.id},
            {"source": "conclusion"},
            {"director_name": "pham van dao"},
        ):
            with self.subTest(criterion):
                self.assertEqual(
                    self._count(**criterion),
                    {"Sở Ngoài Mẫu": {"total": 1, "doing": 1}},
                )
        self.assertEqual(list(self._count(priority="2")), ["Sở Phối hợp Mẫu"])

    def test_coordinating_ones_count_when_asked_for(self):
        self._give((self.third_agency, "lead"), (self.helper_agency, "coordinate"))
        self.assertEqual(self._count()["Sở Phối hợp Mẫu"]["total"], 1)
        both = self._count(with_coordinating=True)
        self.assertEqual(both["Sở Phối hợp Mẫu"]["total"], 2)

    # ---- who counts what ----

    def test_each_counts_what_the_person_sees(self):
        """DT-10: the assigning agency counts all, another one only its own."""
        self._give((self.unit2, "lead"), files=0, source="direct")
        totals = {
            name: row["total"] for name, row in self._count(self.office_head).items()
        }
        self.assertEqual(
            totals, {"Sở Mẫu": 4, "Sở Phối hợp Mẫu": 1, "Phòng Khoa giáo": 1}
        )
        self.assertEqual(list(self._count(self.officer2)), ["Phòng Khoa giáo"])
        self.assertEqual(self._count(self.stranger), {})
        had = self._count(self.stranger, side="had")
        self.assertEqual(had, {"UBND tỉnh Mẫu": {"total": 4, "doing": 4}})
        self.assertEqual(self._count(self.third_clerk, side="had"), {})
        self.assertEqual(self._count(self.exec_officer, side="had"), {})

    def test_a_foreign_agency_cannot_be_counted(self):
        """Whatever a client names: the rows are those that the person sees."""
        self.assertEqual(self._count(self.third_clerk, company_id=self.agency.id), {})

    def test_a_summary_is_its_makers_alone(self):
        summary = self._make()
        summary.action_count()
        for user in (self.officer, self.stranger):
            with self.assertRaises(AccessError):
                summary.with_user(user).line_ids.read(["name"])
            with self.assertRaises(AccessError):
                self._print(summary, user)
            with self.assertRaises(AccessError):
                summary.with_user(user).action_export()

    def test_the_menu_shows_this_month(self):
        action = self.env["vanban.task.summary"].with_user(self.leader).action_start()
        summary = self.env["vanban.task.summary"].browse(action["res_id"])
        self.assertEqual(summary.period, "month")
        self.assertEqual(sum(summary.line_ids.mapped("total")), 5)

    def test_overdue_tasks_stand_behind_a_line(self):
        with freeze_time(self.deadline + timedelta(days=1)):
            summary = self._make()
            summary.action_count()
            line = summary.line_ids.filtered(lambda one: one.name == "Sở Phối hợp Mẫu")
            action = line.action_open_late()
        self.assertEqual(action["domain"], [("id", "in", self.other.ids)])

    def test_queries_do_not_grow_with_the_tasks(self):
        self._make().action_count()
        for _number in range(6):
            self._give((self.third_agency, "lead"))
        summary = self._make()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(14):
            summary._get_rows()

    # ---- on paper ----

    def _print(self, summary, user=None):
        """Return the pages as text, in one line each."""
        reports = self.env["ir.actions.report"].with_user(user or self.office_head)
        content = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            "vanban_tasks.vanban_task_summary_report", summary.ids
        )[0]
        pages = PdfReader(io.BytesIO(content)).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    def _read_workbook(self, summary):
        """Return the cells of its two sheets, line by line."""
        book = openpyxl.load_workbook(io.BytesIO(summary._make_xlsx()))
        return [[list(row) for row in sheet.values] for sheet in book.worksheets]

    def test_paper_and_workbook_hold_the_numbers_of_the_screen(self):
        """DT-10: PDF with the national heading, table, total and list; XLSX alike."""
        self._live(until=27)
        self.agency.vanban_parent_name = "Chính phủ Mẫu"
        with freeze_time(self._end(27)):
            summary = self._make()
            summary.action_count()
            pages = self._print(summary)
            table, late = self._read_workbook(summary)
        self.assertEqual(len(pages), 2)
        for text in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "UBND TỈNH MẪU",
            "BIỂU TỔNG HỢP TÌNH HÌNH THỰC HIỆN NHIỆM VỤ",
            f"do {self.agency.name} giao",
            "Từ ngày 01/06/2026 đến ngày 30/06/2026",
            "Trạng thái tính đến 23:59 ngày 27/06/2026",
            "1 Sở Mẫu 3 0 3 1 1 0 1 0 1 1 33,3",
            "2 Sở Phối hợp Mẫu 1 0 1 0 0 0 1 0 0 0 0,0",
            "Tổng cộng 4 0 4 1 1 0 2 0 1 1 25,0",
            "Mẫu, ngày 27 tháng 6 năm 2026",
        ):
            self.assertIn(text, pages[0])
        for text in (
            "Danh sách nhiệm vụ quá hạn",
            self.extended.source_symbol,
            "Đang thực hiện quá hạn",
            "26/06/2026",
            "Đã hoàn thành quá hạn",
            "18/06/2026",
        ):
            self.assertIn(text, pages[1])
        self.assertEqual(table[9][:12], [1, "Sở Mẫu", 3, 0, 3, 1, 1, 0, 1, 0, 1, 1])
        self.assertEqual(table[11][1:4], ["Tổng cộng", 4, 0])
        self.assertEqual(len(late[8:]), 3)
        self.assertEqual(late[8][2], f"{self.refused.source_symbol} ngày 10/06/2026")

    def test_workbook_holds_no_formulas(self):
        self._give((self.third_agency, "lead"), content="=1+1")
        with freeze_time(self.deadline + timedelta(days=1)):
            late = self._read_workbook(self._make())[1]
        self.assertIn("=1+1", [row[3] for row in late[8:]])

    def test_file_is_downloaded(self):
        summary = self._make()
        action = summary.action_export()
        self.assertIn(
            "/file/tinh-hinh-nhiem-vu-2026-06-01-2026-06-30.xlsx", action["url"]
        )
        self.assertTrue(summary.file)

    def test_empty_summary_prints_a_total_of_nothing(self):
        [page] = self._print(self._make(self.third_clerk), self.third_clerk)
        self.assertIn("Tổng cộng 0 0 0 0 0 0 0 0 0 0 –", page)
