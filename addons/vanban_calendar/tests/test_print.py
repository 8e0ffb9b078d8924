import io
import subprocess
from datetime import date, datetime

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.vanban_core.tests.common import ROLES

from ..tools import week_form
from .common import CalendarCommon

MARKUP = "<b>Đấu thầu</b> & “R&D” <script>alert(1)</script>"
LONG = "Kiểm tra công tác chuẩn bị kỳ họp " * 12
HEAD = "Ngày Buổi Thời gian Nội dung Chủ trì Thành phần"


class PrintCommon(CalendarCommon):
    """A week whose files are read back."""

    def _read_pdf(self, form):
        """Return the text of each page of the printed week, in one line."""
        report = self.env["report.vanban_calendar.report_week"]
        return self._read_pages(report._make_pdf(form))

    def _read_pages(self, content):
        self.assertEqual(content[:5], b"%PDF-")
        # pypdf does not read a line with an emoji
        text = subprocess.run(
            ["pdftotext", "-raw", "-", "-"],
            input=content,
            capture_output=True,
            check=True,
        ).stdout.decode()
        return [" ".join(page.split()) for page in text.split("\f")[:-1]]

    def _read_docx(self, form):
        return Document(io.BytesIO(self.Schedule._make_docx(form)))

    def _get_texts(self, form):
        """Return what stands in each row of the table."""
        return [
            " | ".join(text for cell in row["cells"] for text, _style in cell if text)
            or row["wide"]
            for row in form["rows"]
        ]


@tagged("post_install", "-at_install")
class TestPrint(PrintCommon):
    def test_published_week_is_printed_by_everyone_of_the_agency(self):
        """HN-7.2b: everyone who works with schedules prints it, another agency not."""
        self.agency.vanban_schedule_note = "Lịch này thay giấy mời họp"
        self._create_entry(
            self.office_head,
            name="Họp giao ban",
            vanban_chair_id=self.leader.id,
            vanban_unit_ids=[(6, 0, self.unit.ids)],
            vanban_guests="Đại diện Bộ Mẫu\nBáo Mẫu",
            vanban_room_id=self.room.id,
            vanban_preparing_unit_id=self.unit2.id,
            vanban_dress="Lễ phục",
        )
        week = self._publish()
        for role in ROLES:
            mine = week.with_user(getattr(self, role))
            if role in ("stranger", "admin"):
                with self.assertRaises(AccessError):
                    mine._get_form()
                continue
            with self.subTest(role):
                [text] = [one for one in self._get_texts(mine._get_form()) if one]
                self.assertEqual(
                    text,
                    "08:00–09:00 | Họp giao ban | Trang phục: Lễ phục | Leader, leader"
                    " | Phòng Tổng hợp; Office Head; Đại diện Bộ Mẫu; Báo Mẫu"
                    " | Phòng họp số 1 | Phòng Khoa giáo",
                )
        [page] = self._read_pdf(week.with_user(self.officer2)._get_form())
        number = self.monday.isocalendar().week
        for part in (
            "UBND TỈNH MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            f"LỊCH CÔNG TÁC TUẦN THỨ {number}",
            f"(Từ ngày {self.monday:%d/%m/%Y} đến ngày",
            "Lịch này thay giấy mời họp",
            HEAD,
            f"Thứ Hai {self.monday:%d/%m} Sáng 08:00–09:00 Họp giao ban",
            "Trang 1/1",
        ):
            # what cells are apart is lost in the text of a page
            self.assertIn(part.replace(" ", ""), page.replace(" ", ""))
        self.assertNotIn("DỰ THẢO", page)
        self.assertNotIn("Xe", page)

    def test_week_that_is_arranged_shows_to_others_nothing(self):
        """Who arranges prints a draft; who sees no entry prints an empty table."""
        self._create_entry(self.office_head, name="Họp giao ban")
        self._create_entry(self.unit_head, name="Đề nghị của phòng")
        self._create_entry(self.office_head, name="Kín", vanban_is_closed=True)
        week = self._get_week()
        form = week._get_form()
        self.assertTrue(form["is_draft"])
        texts = " ".join(self._get_texts(form))
        self.assertIn("Họp giao ban", texts)
        self.assertNotIn("Đề nghị", texts)
        self.assertIn("DỰ THẢO", self._read_pdf(form)[0])
        others = week.with_user(self.officer2)._get_form()
        self.assertEqual(set(self._get_texts(others)), {""})

    def test_closed_meeting_is_time_alone_for_others(self):
        """The content is printed for those invited, in no file for anybody else."""
        topic = self.env["vanban.topic"].create(
            {"name": "Tổ chức", "company_id": self.agency.id}
        )
        self._create_entry(
            self.office_head,
            name="Kiểm điểm cán bộ",
            vanban_is_closed=True,
            vanban_unit_ids=[(6, 0, self.unit.ids)],
            vanban_room_id=self.room.id,
            vanban_topic_id=topic.id,
            vanban_note="Mang theo bản kiểm điểm",
        )
        week = self._publish()
        form = week.with_user(self.officer2)._get_form()
        [text] = [one for one in self._get_texts(form) if one]
        self.assertEqual(text, "08:00–09:00 | Họp kín")
        for secret in ("iểm điểm", "Phòng họp số 1", "Phòng Tổng hợp", "Office"):
            self.assertNotIn(secret, str(form))
            self.assertNotIn(secret, " ".join(self._read_pdf(form)))
        # that it is of the field is not told either
        chosen = week.with_user(self.officer2)._get_form(topic)
        self.assertEqual(set(self._get_texts(chosen)), {""})
        mine = week.with_user(self.officer)._get_form(topic)
        [text] = [one for one in self._get_texts(mine) if one]
        self.assertIn("Kiểm điểm cán bộ | (Họp kín) | Ghi chú", text)
        self.assertEqual(mine["whose"], "Lĩnh vực: Tổ chức")

    def test_late_changes_are_marked(self):
        moved = self._create_entry(self.office_head, name="Họp báo", day=1)
        off = self._create_entry(self.office_head, name="Tiếp dân", day=2)
        shut = self._create_entry(
            self.office_head, name="Kín", day=3, vanban_is_closed=True
        )
        dropped = self._create_entry(self.office_head, name="Không họp nữa")
        dropped.action_vanban_cancel("Trước khi công bố")
        week = self._publish()
        moved.write({"location": "Nhà văn hóa"})
        off.action_vanban_cancel("Tạm hoãn vì mưa bão")
        shut.action_vanban_cancel("Chuyện riêng")
        self._create_entry(self.office_head, name="Đón đoàn", day=4)
        form = week.with_user(self.officer2)._get_form()
        texts = self._get_texts(form)
        self.assertIn("ĐIỀU CHỈNH | Họp báo", " ".join(texts))
        self.assertIn("BỔ SUNG | Đón đoàn", " ".join(texts))
        self.assertIn("08:00–09:00 | HỦY | Họp kín", texts)
        self.assertNotIn("Chuyện riêng", str(form))
        self.assertNotIn("Không họp nữa", str(form))
        [row] = [r for r in form["rows"] if "Tiếp dân" in str(r["cells"])]
        time, content = row["cells"][:2]
        self.assertEqual(time, [("08:00–09:00", "struck")])
        self.assertEqual(
            content, [("HOÃN: Tạm hoãn vì mưa bão", "mark"), ("Tiếp dân", "struck")]
        )
        struck = [
            run.text
            for table in self._read_docx(form).tables
            for line in table.rows
            for cell in line.cells
            for paragraph in cell.paragraphs
            for run in paragraph.runs
            if run.font.strike
        ]
        self.assertIn("Tiếp dân", struck)
        self.assertNotIn("Họp báo", struck)

    def test_markup_is_text_and_long_subjects_wrap(self):
        """A title with markup or control characters prints as it was entered."""
        self._create_entry(self.office_head, name=MARKUP)
        self._create_entry(self.office_head, name=f"A\x0bB\x1b 🎉 {LONG}", day=1)
        self.agency.vanban_schedule_note = MARKUP
        form = self._publish()._get_form()
        pages = " ".join(self._read_pdf(form))
        self.assertEqual(pages.count(MARKUP), 2)
        self.assertIn(LONG.strip(), pages)
        body = self._read_docx(form).tables[1]
        words = [cell.text for row in body.rows for cell in row.cells]
        self.assertIn(MARKUP, words)
        self.assertIn(f"AB 🎉 {LONG}".strip(), words)

    def test_sixty_entries_keep_rows_whole(self):
        for number in range(60):
            middle = LONG[: number * 61 % 380]
            self._create_entry(
                self.office_head,
                name=f"Đầu{number}. {middle} Cuối{number}.",
                day=number % 5,
                hour=7 + number % 10,
            )
        form = self._publish()._get_form()
        pages = self._read_pdf(form)
        self.assertGreater(len(pages), 5)
        days = {row["day"][0].replace("\n", " ") for row in form["rows"] if row["day"]}
        for place, page in enumerate(pages, start=1):
            self.assertIn(f"Trang {place}/{len(pages)}", page)
            self.assertIn(HEAD, page)
            self.assertTrue(any(day in page for day in days))
        for number in range(60):
            [page] = [page for page in pages if f"Đầu{number}." in page]
            self.assertIn(f"Cuối{number}.", page)

    def test_days_off_are_named(self):
        """HN-7.2b with the core's working time: day off, worked Saturday, weekend."""
        days = self.Schedule._get_form_days(self.agency, date(2026, 11, 23))
        table = week_form.make_table([], days)
        rows = {row["day"][0]: row["wide"] for row in table["rows"] if row["day"]}
        self.assertEqual(rows["Thứ Ba\n24/11"], "Nghỉ: Ngày Văn hóa Việt Nam")
        self.assertEqual(rows["Thứ Hai\n23/11"], "")
        self.assertEqual(len(rows), 5)
        self.assertIn("Nghỉ: Ngày Văn hóa Việt Nam", self._read_empty(table))
        self.env["vanban.work.day"].create(
            [
                {
                    "date": date(2030, 3, day),
                    "kind": kind,
                    "name": name,
                    "source": "Thông báo của Mẫu",
                    "company_id": self.agency.id,
                }
                for day, kind, name in (
                    (8, "swapped_off", "Nghỉ hoán đổi"),
                    (9, "swapped_work", "Làm bù ngày 08/3"),
                )
            ]
        )
        days = self.Schedule._get_form_days(self.agency, date(2030, 3, 4))
        rows = week_form.make_table([], days)["rows"]
        self.assertEqual(
            [(row["day"][0], row["wide"]) for row in rows if row["day"]][-2:],
            [
                ("Thứ Sáu\n08/03", "Nghỉ hoán đổi"),
                ("Thứ Bảy\n09/03\n(Làm bù ngày 08/3)", ""),
            ],
        )

    def _read_empty(self, table):
        head = self._get_week()._get_form()
        return " ".join(self._read_pdf({**head, **table}))

    def test_approver_stands_as_recorded(self):
        self._create_entry(self.office_head)
        week = self._publish()
        self.leader.name = "Tên Mới"
        sign = week._get_form()["sign"]
        self.assertEqual(
            (sign["title"], sign["name"]), ("NGƯỜI DUYỆT", "Leader, leader")
        )
        self.leader.name = "Leader"
        sign = week._get_form()["sign"]
        self.assertEqual((sign["title"], sign["name"]), ("LEADER", "Leader"))
        self.assertIn("Đã duyệt lúc", sign["when"])
        later = self.Schedule._get_for(
            self.agency, self.env["hr.department"], date(2031, 1, 6)
        )
        sign = later.with_user(self.office_head)._get_form()["sign"]
        self.assertEqual(sign, {"title": "NGƯỜI DUYỆT", "when": "", "name": ""})

    def test_deputy_of_the_approver_stands_with_whom(self):
        self.env["vanban.delegation"].create(
            {
                "company_id": self.agency.id,
                "delegator_id": self.leader.id,
                "delegate_id": self.secretary.id,
                "date_from": self.agency._vanban_today(),
                "date_to": self.agency._vanban_today(),
            }
        )
        self._create_entry(self.office_head)
        week = self._get_week()
        week.action_submit()
        week.with_user(self.secretary).action_approve(week.revision)
        sign = week._get_form()["sign"]
        self.assertEqual(sign["name"], "Secretary for Leader, leader")
        self.assertEqual(sign["title"], "NGƯỜI DUYỆT")


@tagged("post_install", "-at_install")
class TestPrintWeeks(PrintCommon):
    """Weeks of units and people, the file for Word, and the parts of the table."""

    def test_week_of_a_unit(self):
        self._create_entry(
            self.unit_head,
            name="Họp phòng",
            vanban_level="unit",
            vanban_unit_id=self.unit.id,
        )
        week = self._get_week(self.unit_head, self.unit)
        week.action_publish()
        form = week.with_user(self.officer2)._get_form()
        self.assertEqual(form["parent"], "UBND tỉnh Mẫu")
        self.assertEqual(form["agency"], "Phòng Tổng hợp")
        self.assertEqual(form["sign"]["name"], "Unit Head")
        iso = self.monday.isocalendar()
        self.assertEqual(
            form["file_name"],
            f"lich-cong-tac-phong-tong-hop-tuan-{iso.week}-{iso.year}",
        )
        self.assertIn("Họp phòng", self._read_pdf(form)[0])

    def test_week_of_a_person(self):
        """HN-7.2b: what one takes part in; of others, what they show."""
        self.agency.vanban_schedule_note = "Lịch này thay giấy mời họp"
        self._create_entry(
            self.office_head,
            name="Có tôi",
            partner_ids=[(6, 0, self.officer2.partner_id.ids)],
        )
        refused = self._create_entry(
            self.office_head,
            name="Tôi từ chối",
            partner_ids=[(6, 0, self.officer2.partner_id.ids)],
        )
        self._create_entry(self.office_head, name="Không có tôi")
        for name, privacy in (("Việc mở", "public"), ("Việc riêng", "private")):
            self._create_entry(
                self.officer2, name=name, vanban_level="person", privacy=privacy, day=1
            )
        self._create_entry(
            self.officer2, name="Tuần sau", vanban_level="person", day=7, hour=0
        )
        self._publish()
        refused.attendee_ids.with_user(self.officer2).do_decline()
        form = self.Schedule.with_user(self.officer2)._find_form(day=str(self.monday))
        self.assertEqual(form["whose"], "Officer2, officer2")
        text = " ".join(self._get_texts(form))
        for name in ("Có tôi", "Việc mở", "Việc riêng"):
            self.assertIn(name, text)
        for name in ("Không có tôi", "Tôi từ chối", "Tuần sau"):
            self.assertNotIn(name, text)
        self.assertIsNone(form["sign"])
        self.assertFalse(form["note"])
        seen = self.Schedule.with_user(self.officer)._find_form(
            user_id=self.officer2.id, day=str(self.monday)
        )
        text = " ".join(self._get_texts(seen))
        self.assertIn("Có tôi", text)
        self.assertIn("Việc mở", text)
        self.assertNotIn("Việc riêng", text)

    def test_file_for_word_says_the_same(self):
        self._create_entry(self.office_head, vanban_vehicle_ids=[(6, 0, self.car.ids)])
        self._create_entry(self.office_head, name="Tiếp dân", hour=10)
        self._create_entry(self.office_head, name="Đi cơ sở", day=6)
        form = self._publish()._get_form()
        document = self._read_docx(form)
        [section] = document.sections
        self.assertEqual(section.orientation, WD_ORIENT.LANDSCAPE)
        size = section.page_width.mm, section.page_height.mm
        self.assertEqual([round(mm) for mm in size], [297, 210])
        normal = document.styles["Normal"].font
        self.assertEqual((normal.name, normal.size.pt), ("Times New Roman", 12))
        sizes = {
            run.font.size.pt
            for paragraph in document.element.body.iter(qn("w:p"))
            for run in document.paragraphs[0].__class__(paragraph, document).runs
            if run.font.size
        }
        self.assertLessEqual(sizes, {12, 13, 14})
        head, table, sign = document.tables
        self.assertIn("Độc lập - Tự do - Hạnh phúc", head.rows[0].cells[1].text)
        self.assertIn("Leader", sign.rows[0].cells[1].text)
        titles = [paragraph.text for paragraph in document.paragraphs]
        self.assertIn(form["title"].upper(), titles)
        first, *rows = table.rows
        self.assertEqual(
            [cell.text for cell in first.cells], [name for name, _mm in form["columns"]]
        )
        self.assertIsNotNone(first._tr.trPr.find(qn("w:tblHeader")))
        for row in rows:
            self.assertIsNotNone(row._tr.trPr.find(qn("w:cantSplit")))
        self.assertEqual(len(rows), len(form["rows"]))
        for row, line in zip(rows, form["rows"], strict=True):
            texts = [cell.text for cell in row.cells][2:]
            self.assertEqual(
                texts, ["\n".join(text for text, _ in cell) for cell in line["cells"]]
            )
        # the day spans its rows, the session those of its own
        monday = [row.cells[0]._tc for row in rows[:3]]
        self.assertEqual(len(set(monday)), 1)
        sessions = [row.cells[1].text for row in rows[:3]]
        self.assertEqual(sessions, ["Sáng", "Sáng", "Chiều"])
        self.assertIs(rows[0].cells[1]._tc, rows[1].cells[1]._tc)
        fields = section.footer._element.iter(qn("w:instrText"))
        self.assertEqual([one.text for one in fields], ["PAGE", "NUMPAGES"])

    def test_who_goes_instead_is_named(self):
        entry = self._create_entry(self.office_head)
        entry.write({"partner_ids": [(4, self.officer2.partner_id.id)]})
        self._publish()
        row = entry.attendee_ids.filtered(
            lambda one: one.partner_id == self.officer2.partner_id
        )
        row.with_user(self.officer2).action_vanban_substitute(self.officer.id)
        [shown] = entry._vanban_get_rows()
        self.assertIn("Officer, officer (for Officer2)", shown["people"])
        self.assertNotIn("Officer", shown["people"])

    def test_hundreds_of_participants_are_told_by_their_number(self):
        entry = {"units": ["Phòng A"], "people": ["Ông B"] * 999, "guests": ""}
        text = week_form.get_participants(entry)
        self.assertTrue(text.endswith("; và 960 người khác"))
        self.assertTrue(text.startswith("Phòng A; Ông B"))

    def test_times_and_days_of_an_entry(self):
        """Several days stand in each of them, midnight in the day that ends."""

        def make(start, stop, session, allday=False):
            return {
                "start": datetime(2026, 12, *start),
                "stop": datetime(2026, 12, *stop),
                "session": session,
                "allday": allday,
            }

        night = make((1, 20, 0), (2, 0, 0), "evening")
        trip = make((1, 14, 0), (3, 11, 0), "afternoon")
        whole = make((1, 0, 0), (2, 0, 0), "day", allday=True)
        course = make((1, 0, 0), (4, 0, 0), "day", allday=True)
        self.assertEqual(week_form.get_time(night), "20:00–00:00")
        self.assertEqual(
            week_form.get_time(trip), "14:00 ngày 01/12 đến 11:00 ngày 03/12"
        )
        self.assertEqual(week_form.get_time(whole), "Cả ngày")
        self.assertEqual(week_form.get_time(course), "Cả ngày, từ 01/12 đến 03/12")
        for entry, expected in (
            (night, ["evening", None, None, None]),
            (trip, ["afternoon", "day", "day", None]),
            (whole, ["day", None, None, None]),
            (course, ["day", "day", "day", None]),
        ):
            days = [date(2026, 12, day) for day in (1, 2, 3, 4)]
            found = [week_form._get_session(entry, day) for day in days]
            self.assertEqual(found, expected)

    def test_many_entries_need_as_many_queries_as_few(self):
        def count(week):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            week._get_form()
            return self.env.cr.sql_log_count - before

        def enter(number):
            entries = self._create_entry(
                self.office_head,
                name=f"Việc {number}",
                day=number % 5,
                vanban_chair_id=(self.leader | self.unit_head)[number % 2].id,
                vanban_unit_ids=[(6, 0, self.unit.ids)],
                vanban_room_id=(self.room | self.hall)[number % 2].id,
                vanban_vehicle_ids=[(6, 0, self.car.ids)],
                vanban_preparing_unit_id=self.unit2.id,
            )
            entries.write({"partner_ids": [(4, self.officer.partner_id.id)]})

        for number in range(3):
            enter(number)
        week = self._get_week()
        count(week)
        few = count(week)
        for number in range(3, 40):
            enter(number)
        self.assertLessEqual(count(week), few)
