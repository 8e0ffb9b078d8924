import base64
import io
import zipfile
from datetime import date, datetime

import openpyxl
import xlsxwriter

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.vanban_core.tests.common import make_pdf, make_zip

from ..tools import task_sheet
from .common import TaskCommon

HEADINGS = {name: column[0] for name, column in task_sheet.COLUMNS.items()}


def make_sheet(*lines, headings=HEADINGS, hidden=(), title=None):
    """Return the bytes of a workbook; a line is a dict by the name of a column."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for rows, name in ((hidden, "Ẩn"), (lines, "Nhiệm vụ")):
            if not rows and name == "Ẩn":
                continue
            sheet = book.add_worksheet(name)
            if name == "Ẩn":
                sheet.hide()
            else:
                sheet.activate()
                sheet.set_first_sheet()
            start = 0
            if title:
                sheet.merge_range(0, 0, 0, 3, title)
                start = 1
            for index, heading in enumerate(headings.values()):
                sheet.write_string(start, index, heading)
            for number, line in enumerate(rows, start=start + 1):
                for index, column in enumerate(headings):
                    value = line.get(column)
                    style = (day,) if isinstance(value, date) else ()
                    if value is not None:
                        sheet.write(number, index, value, *style)
    return buffer.getvalue()


class ImportCommon(TaskCommon):
    @classmethod
    def _prepare_row(cls, **values):
        cls.serial += 1
        return {
            "content": f"Báo cáo việc số {cls.serial}",
            "lead": "Sở Mẫu",
            "coordinators": "Sở Phối hợp Mẫu",
            "deadline_day": cls._get_day(5),
            "source": dict(cls._get_labels("source"))["letter"],
            "source_symbol": f"{cls.serial}/UBND-TH",
            "source_date": cls.agency._vanban_today(),
            "source_subject": "Về việc giao nhiệm vụ",
            "signer_name": "Nguyễn Văn Ký",
            "director_name": "Trần Thị Chỉ Đạo",
            **values,
        }

    @classmethod
    def _get_labels(cls, name):
        return cls.env["vanban.task"]._fields[name]._description_selection(cls.env)

    @classmethod
    def _prepare_import(cls, raw, user=None, **values):
        return (
            cls.env["vanban.task.import"]
            .with_user(user or cls.officer)
            .create(
                {
                    "file": base64.b64encode(raw),
                    "file_name": "nhiem-vu.xlsx",
                    "origin": "paper",
                    "signed_file": base64.b64encode(make_pdf()),
                    "signed_name": "ban-ky.pdf",
                    **values,
                }
            )
        )

    def _preview(self, *rows, **values):
        """Return the lines of the preview, in the order of the file."""
        wizard = self._prepare_import(make_sheet(*rows), **values)
        wizard.action_preview()
        return wizard.line_ids.sorted("row")

    def _assert_refused(self, sentence, **values):
        lines = self._preview(self._prepare_row(**values))
        self.assertRegex(lines.error or "", sentence)
        self.assertFalse(self._confirm_counts(lines.import_id))

    def _confirm_counts(self, wizard):
        """Return how many tasks a confirmation makes."""
        Task = self.env["vanban.task"]
        before = Task.search_count([])
        wizard.action_confirm()
        return Task.search_count([]) - before


@tagged("post_install", "-at_install")
class TestImport(ImportCommon):
    """Entering many tasks from a workbook."""

    def test_good_file_becomes_drafts(self):
        """DT-4.2a, DT-3.1a: one line is one task, with all that it says."""
        rows = [self._prepare_row(), self._prepare_row(priority="Khẩn")]
        rows[1]["priority"] = dict(self._get_labels("priority"))["2"]
        wizard = self._prepare_import(make_sheet(*rows))
        wizard.action_preview()
        self.assertFalse(wizard.error_count)
        self.assertFalse(self.env["vanban.task"].search([("source_symbol", "=", "x")]))
        action = wizard.action_confirm()
        tasks = self.env["vanban.task"].search(action["domain"], order="id")
        self.assertEqual(tasks.mapped("content"), [row["content"] for row in rows])
        self.assertEqual(tasks.mapped("priority"), ["0", "2"])
        self.assertEqual(tasks[0].company_id, self.agency)
        self.assertEqual(tasks[0].source_symbol, rows[0]["source_symbol"])
        self.assertEqual(tasks[0].lead_names, "Sở Mẫu")
        self.assertEqual(tasks[0].coordinator_names, "Sở Phối hợp Mẫu")
        self.assertEqual(tasks.file_ids.mapped("role"), ["signed", "signed"])
        self.assertFalse(tasks.filtered("assigned_date"))

    def test_tasks_are_given_at_once_if_chosen(self):
        """DT-4.2a: those who have the tasks see them, and are told once."""
        rows = [self._prepare_row() for _row in range(3)]
        wizard = self._prepare_import(make_sheet(*rows), assign_now=True)
        wizard.action_preview()
        tasks = self.env["vanban.task"].search(wizard.action_confirm()["domain"])
        given = tasks.assignment_ids
        self.assertEqual(set(given.mapped("state")), {"doing"})
        leads = given.filtered(lambda row: row.role == "lead")
        self.assertEqual(leads.with_user(self.stranger)._filtered_access("read"), leads)
        told = self.env["mail.message"].search(
            [("model", "=", given._name), ("res_id", "in", given.ids)]
        )
        mine = told.filtered(
            lambda m: self.stranger.partner_id in m.notified_partner_ids
        )
        self.assertEqual(len(mine), 1)

    def test_one_bad_line_enters_nothing(self):
        rows = [
            self._prepare_row(),
            self._prepare_row(lead="Sở Mẩu", deadline_day=None),
        ]
        wizard = self._prepare_import(make_sheet(*rows))
        wizard.action_preview()
        self.assertEqual(wizard.error_count, 1)
        bad = wizard.line_ids[0]
        self.assertEqual(bad.row, 3)
        self.assertIn("“Hạn xử lý”", bad.error)
        self.assertEqual(self._confirm_counts(wizard), 0)
        self.assertEqual(wizard.step, "preview")

    def test_unknown_agency_is_answered_with_the_nearest_name(self):
        self._assert_refused("“Sở Phối hợp Mẫu”", lead="So Phoi hop Mau Moi")
        self._assert_refused("not known here", coordinators="Tổ chức quốc tế nọ")
        self._assert_refused("itself", lead=self.agency.name)

    def test_names_are_found_without_diacritics_and_by_code(self):
        lines = self._preview(
            self._prepare_row(lead="so mau"),
            self._prepare_row(lead="SM", coordinators=None),
            self._prepare_row(lead="Phòng Khoa giáo", coordinators=None),
        )
        self.assertEqual(lines.mapped("error"), ["", "", ""])

    def test_agency_is_named_once(self):
        self._assert_refused("twice", coordinators="Sở Phối hợp Mẫu; SỞ MẪU")
        self._assert_refused("One agency", lead="Sở Mẫu; Sở Phối hợp Mẫu")

    def test_dates_are_read_as_people_write_them(self):
        day = self._get_day(5)
        serial = (day - date(1899, 12, 30)).days
        for value in (day, day.strftime("%d/%m/%Y"), f"{day:%d-%m-%Y}", serial):
            line = self._preview(self._prepare_row(deadline_day=value))
            self.assertFalse(line.error, value)
            self.assertEqual(line.deadline_day, day)

    def test_impossible_dates_are_refused(self):
        self._assert_refused("no such day", deadline_day="31/02/2027")
        self._assert_refused("not a date", deadline_day="cuối năm")
        self._assert_refused("year", deadline_day=45)
        self._assert_refused("year", source_date=datetime(1900, 2, 1))
        self._assert_refused("G2", source_date=datetime(1900, 1, 1))
        self._assert_refused("year", deadline_day="01/01/1026")

    def test_deadline_is_one_working_day_ahead(self):
        """DT-4.2b: in the preview already."""
        self._assert_refused("working day", deadline_day=self._get_day(0))
        self._assert_refused("working day", deadline_day="01/01/2026")
        line = self._preview(self._prepare_row(deadline_day=self._get_day(1)))
        self.assertFalse(line.error)

    def test_formula_is_refused_and_its_cell_named(self):
        self._assert_refused("A2", content='=HYPERLINK("http://x","y")')
        self._assert_refused("D2", deadline_day="=TODAY()+30")

    def test_symbol_that_became_a_date_is_refused(self):
        self._assert_refused("F2.*date", source_symbol=date(2026, 11, 12))

    def test_unknown_kind_and_programme_are_refused(self):
        self._assert_refused("not known", source="Nguồn lạ")
        self._assert_refused("not known", programme="Chương trình lạ")
        self.env["vanban.task.programme"].create(
            {"name": "Chương trình quý III", "company_id": self.agency.id}
        )
        line = self._preview(self._prepare_row(programme="chuong trinh quy iii"))
        self.assertFalse(line.error)

    def test_repeated_lines_are_told_of_and_can_be_entered(self):
        row = self._prepare_row()
        lines = self._preview(row, row)
        self.assertFalse(lines[0].warning)
        self.assertIn("line 2", lines[1].warning)
        lines.import_id.action_confirm()
        again = self._preview({**row, "content": row["content"].upper()})
        self.assertIn("entered already", again.warning)
        self.assertFalse(again.error)
        other = self._preview({**row, "lead": "Sở Ngoài Mẫu"})
        self.assertFalse(other.warning)

    def test_document_of_the_system_gives_all_lines(self):
        """DT-3.1a: its data count, a line of another document is refused."""
        document = self._create_issued()
        values = {"origin": "document", "source_document_id": document.id}
        row = self._prepare_row(source_symbol=None, signer_name=None, source=None)
        lines = self._preview(row, assign_now=True, **values)
        self.assertFalse(lines.error)
        task = self.env["vanban.task"].search(
            lines.import_id.action_confirm()["domain"]
        )
        self.assertEqual(task.source_symbol, document.symbol)
        self.assertTrue(task.assigned_date)
        self.assertEqual(task.file_ids.role, "signed")
        other = self._preview({**row, "source_symbol": "9/CV"}, **values)
        self.assertIn("9/CV", other.error)

    def test_what_giving_needs_is_asked_for_only_then(self):
        """DT-11.2a2: signed file, signer, number and symbol."""
        row = self._prepare_row(source_symbol=None, director_name=None)
        row.pop("signer_name")
        self.assertFalse(self._preview(row).error)
        error = self._preview(row, assign_now=True).error
        self.assertEqual(len(error.splitlines()), 3)
        error = self._preview(self._prepare_row(), assign_now=True, origin="none").error
        self.assertIn("signed", error)

    def test_file_is_read_again_on_confirming(self):
        """What a client would send as lines counts for nothing."""
        wizard = self._prepare_import(make_sheet(self._prepare_row()))
        wizard.action_preview()
        with self.assertRaises(AccessError):
            wizard.line_ids.content = "Việc khác"
        with self.assertRaises(AccessError):
            wizard.step = "done"
        self.assertEqual(self._confirm_counts(wizard), 1)
        with self.assertRaisesRegex(UserError, "already"):
            wizard.action_confirm()

    def test_import_is_its_users_own(self):
        wizard = self._prepare_import(make_sheet(self._prepare_row()))
        with self.assertRaises(AccessError):
            wizard.with_user(self.officer2).action_confirm()
        with self.assertRaises(AccessError):
            self._prepare_import(make_sheet(self._prepare_row()), user=self.admin)

    def test_agency_without_that_right_gives_to_its_units_only(self):
        self.agency.vanban_gives_tasks = False
        self._assert_refused("not known here", coordinators=None)
        row = self._prepare_row(lead="Phòng Khoa giáo", coordinators=None)
        self.assertFalse(self._preview(row).error)

    def test_empty_form_can_be_filled_in_and_read(self):
        wizard = self._prepare_import(b"x")
        form = base64.b64decode(wizard.form_file)
        book = openpyxl.load_workbook(io.BytesIO(form))
        words = [cell.value for column in book["Danh mục"].columns for cell in column]
        self.assertIn("Sở Mẫu", words)
        self.assertIn("Phòng Khoa giáo", words)
        self.assertNotIn(self.agency.name, words)
        row = self._prepare_row()
        for index, name in enumerate(HEADINGS, start=1):
            book["Nhiệm vụ"].cell(2, index).value = row.get(name)
        buffer = io.BytesIO()
        book.save(buffer)
        filled = self._prepare_import(buffer.getvalue())
        filled.action_preview()
        self.assertFalse(filled.line_ids.error)

    def test_queries_do_not_grow_with_the_lines(self):
        def count(size):
            rows = [self._prepare_row() for _row in range(size)]
            wizard = self._prepare_import(make_sheet(*rows), assign_now=True)
            wizard.action_preview()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            wizard.action_confirm()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(2)
        few, many = count(5), count(55)
        self.assertLess(many - few, 50)


@tagged("post_install", "-at_install")
class TestImportFile(ImportCommon):
    """Files that are refused as a whole, in one sentence each."""

    def _assert_file(self, sentence, raw, **values):
        wizard = self._prepare_import(raw, **values)
        with self.assertRaisesRegex(UserError, sentence):
            wizard.action_preview()

    def test_what_is_no_workbook_is_refused(self):
        good = make_sheet(self._prepare_row())
        self._assert_file("old kind", b"\xd0\xcf\x11\xe0" + bytes(2000))
        self._assert_file("not an XLSX", b"a;b;c\n1;2;3")
        self._assert_file("not an XLSX", make_pdf())
        self._assert_file("not an XLSX", make_zip(a_txt="x"))
        self._assert_file("not an XLSX", good, file_name="nhiem-vu.xls")
        self._assert_file("damaged", self._cut(good, "xl/worksheets/sheet1.xml"))
        self._assert_file("damaged", self._cut(good, "xl/workbook.xml"))

    def _cut(self, raw, member, content=b"<a><b>"):
        """Return a workbook one of whose parts is something else."""
        buffer = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(raw)) as old,
            zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                kept = content if info.filename == member else old.read(info)
                new.writestr(info.filename, kept)
        return buffer.getvalue()

    def test_workbook_that_would_fill_the_memory_is_refused(self):
        good = make_sheet(self._prepare_row())
        bomb = self._cut(good, "xl/styles.xml", b" " * (task_sheet.MAX_UNPACKED + 1))
        self.assertLess(len(bomb), 100_000)
        self._assert_file("far more", bomb)

    def test_missing_file_is_asked_for(self):
        self._assert_file("Choose", b"")
        self._assert_file("signed", make_sheet(), signed_file=False)
        self._assert_file("PDF", make_sheet(), signed_name="ban-ky.docx")
        self._assert_file("assigning document", make_sheet(), origin="document")

    def test_empty_workbook_is_refused(self):
        self._assert_file("no line", make_sheet())
        self._assert_file("no line", make_sheet({"content": "   "}))

    def test_missing_columns_are_named(self):
        headings = {name: title for name, title in HEADINGS.items() if name != "lead"}
        self._assert_file("“Cơ quan chủ trì”", make_sheet({}, headings=headings))
        twice = {**HEADINGS, "note": "Hạn xử lý"}
        self._assert_file("twice", make_sheet(self._prepare_row(), headings=twice))

    def test_columns_may_stand_in_any_order_below_a_title(self):
        headings = dict(reversed(HEADINGS.items()))
        headings["content"] = "NOI DUNG NHIEM VU *"
        raw = make_sheet(self._prepare_row(), headings=headings, title="DANH SÁCH")
        wizard = self._prepare_import(raw)
        wizard.action_preview()
        self.assertFalse(wizard.line_ids.error)
        self.assertEqual(wizard.line_ids.row, 3)

    def test_hidden_sheet_is_not_read(self):
        row, other = self._prepare_row(), self._prepare_row()
        wizard = self._prepare_import(make_sheet(row, hidden=[other]))
        wizard.action_preview()
        self.assertEqual(wizard.line_ids.content, row["content"])

    def test_two_sheets_of_tasks_are_refused(self):
        book = openpyxl.load_workbook(io.BytesIO(make_sheet(self._prepare_row())))
        book.copy_worksheet(book.active).title = "Bản sao"
        buffer = io.BytesIO()
        book.save(buffer)
        self._assert_file("Bản sao", buffer.getvalue())

    def test_merged_cells_are_refused_by_line(self):
        raw = make_sheet(self._prepare_row(), self._prepare_row(lead=None))
        book = openpyxl.load_workbook(io.BytesIO(raw))
        book.active.merge_cells("B2:B3")
        buffer = io.BytesIO()
        book.save(buffer)
        wizard = self._prepare_import(buffer.getvalue())
        wizard.action_preview()
        self.assertEqual(wizard.error_count, 2)
        self.assertIn("B2:B3", wizard.line_ids[0].error)

    def test_very_long_workbook_is_refused(self):
        """20,000 lines: one sentence, and nothing of them is entered."""
        row, Task = self._prepare_row(), self.env["vanban.task"]
        before = Task.search_count([])
        wizard = self._prepare_import(make_sheet(*([row] * 20_000)))
        for action in wizard.action_preview, wizard.action_confirm:
            with self.assertRaisesRegex(UserError, "2000 lines") as caught:
                action()
            self.assertEqual(len(str(caught.exception).splitlines()), 1)
        self.assertFalse(wizard.line_ids)
        self.assertEqual(wizard.step, "file")
        self.assertEqual(Task.search_count([]), before)

    def test_size_that_is_not_true_hides_no_line(self):
        rows = [self._prepare_row(), self._prepare_row()]
        raw = make_sheet(*rows)
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            xml = book.read("xl/worksheets/sheet1.xml")
        false = xml.replace(b'<dimension ref="A1:M3"/>', b'<dimension ref="A1:A1"/>')
        self.assertNotEqual(false, xml)
        wizard = self._prepare_import(self._cut(raw, "xl/worksheets/sheet1.xml", false))
        wizard.action_preview()
        self.assertEqual(wizard.line_count, 2)
