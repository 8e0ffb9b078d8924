import base64
import io
import json
import zipfile
from unittest.mock import patch

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.base.models.ir_actions_report import IrActionsReport as OdooReport

from ..report import form_text, free_space, paged
from ..wizards import vanban_register_print
from .common import VanbanCommon, make_pdf


@tagged("post_install", "-at_install")
class TestReports(VanbanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency.write(
            {"name": "UBND tỉnh Mẫu", "vanban_parent_name": "Chính phủ Mẫu"}
        )
        cls.book = cls._find_register("incoming")
        cls.out_book = cls._find_register("outgoing")
        cls.secret_book = cls._find_register("incoming", secret=True)

    @classmethod
    def _find_register(cls, direction, secret=False):
        return cls.env["vanban.register"].search(
            [
                ("company_id", "=", cls.agency.id),
                ("direction", "=", direction),
                ("secret", "=", secret),
            ]
        )

    def _print(self, name, records, user=None):
        """Return the pages of a printed form as text, in one line each."""
        reports = self.env["ir.actions.report"].with_user(user or self.clerk)
        content = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            f"vanban_core.{name}", records.ids
        )[0]
        self.assertEqual(content[:5], b"%PDF-")
        pages = PdfReader(io.BytesIO(content)).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    def _make_wizard(self, user=None, **values):
        values.setdefault("register_id", self.book.id)
        wizards = self.env["vanban.register.print"].with_user(user or self.clerk)
        return wizards.create(values)

    def _print_book(self, user=None, **values):
        wizard = self._make_wizard(user, **values)
        return self._print("vanban_register_report", wizard, user)

    # ---- slip and stamp ----

    def test_slip_names_the_document_and_leaves_lines_to_fill_in(self):
        """NĐ 30/2020 Phụ lục IV: phiếu giải quyết văn bản đến, before any direction."""
        document = self._create_registered(symbol="128/QĐ-BM", subject="Về <b>&")
        [page] = self._print("vanban_slip_report", document)
        for text in (
            "CHÍNH PHỦ MẪU",
            "UBND TỈNH MẪU",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            f"Mẫu, {form_text.long_date(self.agency._vanban_today())}",
            "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN",
            "Quyết định số 128/QĐ-BM",
            "Về <b>&",
            "Giao đơn vị, cá nhân chủ trì: ....",
            "Ý KIẾN CỦA LÃNH ĐẠO ĐƠN VỊ: - Giao cá nhân giải quyết: ....",
            "Ý KIẾN ĐỀ XUẤT CỦA NGƯỜI GIẢI QUYẾT: ....",
        ):
            self.assertIn(text, page)

    def test_slip_carries_directions_assignment_and_result(self):
        """NĐ 30/2020 Phụ lục IV: the three opinions with deadline and date."""
        document = self._create_registered()
        document.with_user(self.office_head).action_route(
            [
                {
                    "unit_id": self.unit.id,
                    "role": "lead",
                    "direction_text": "Xử lý đúng hạn",
                    "deadline": fields.Datetime.to_datetime("2099-02-05 09:30:00"),
                },
                {"unit_id": self.unit2.id, "role": "coordinate"},
            ]
        )
        document.with_user(self.unit_head).action_route(
            [{"user_id": self.officer.id, "role": "lead"}]
        )
        mine = document.with_user(self.officer)
        mine.action_finish("note", "Đã báo cáo đầy đủ")
        [page] = self._print("vanban_slip_report", mine, self.officer)
        zone = self.agency._vanban_tz()
        moment = form_text.local(
            fields.Datetime.to_datetime("2099-02-05 09:30:00"), zone
        )
        for text in (
            "Xử lý đúng hạn",
            "chủ trì: Phòng Tổng hợp",
            f"chủ trì: {form_text.minute(moment)}",
            "phối hợp và thời hạn: Phòng Khoa giáo",
            "Người cho ý kiến: Office Head",
            "Giao cá nhân giải quyết: Officer",
            "Người cho ý kiến: Unit Head",
            "Đã báo cáo đầy đủ",
        ):
            self.assertIn(text, page)

    def test_stamp_stands_on_a_sheet_for_each_document(self):
        """NĐ 30/2020 Phụ lục IV: dấu "ĐẾN"."""
        documents = self._create_registered() | self._create_registered(
            received_date=fields.Datetime.to_datetime("2026-02-05 02:00:00")
        )
        pages = self._print("vanban_stamp_report", documents)
        self.assertEqual(len(pages), 2)
        number = documents[1].register_number
        for text in ("UBND TỈNH MẪU", "ĐẾN", f"Số: {number}", "Ngày: 05/02/2026"):
            self.assertIn(text, pages[1])
        self.assertIn("Chuyển: Office Head", pages[1])
        self.assertIn("Số và ký hiệu HS: ....", pages[1])

    def test_forms_are_for_readers_of_a_registered_incoming_document(self):
        document = self._create_registered()
        names = (
            "vanban_stamp_report",
            "vanban_slip_report",
            "vanban_stamped_copy_report",
        )
        for name in names:
            with self.subTest(name), self.assertRaises(AccessError):
                self._print(name, document, self.officer)
            with self.subTest(name), self.assertRaises(UserError):
                self._print(name, self._create_incoming())
            with self.subTest(name), self.assertRaises(UserError):
                self._print(name, self._create_issued())

    def test_stamp_is_laid_on_a_copy(self):
        document = self._create_incoming(files=0)
        file = self._add_file(document, raw=make_pdf(3))
        document.action_register()
        before = file.sudo().attachment_id.checksum
        pages = self._print("vanban_stamped_copy_report", document)
        self.assertEqual(len(pages), 3)
        self.assertIn("ĐẾN", pages[0])
        self.assertNotIn("ĐẾN", pages[1])
        self.assertEqual(file.sudo().attachment_id.checksum, before)

    def test_copy_without_a_pdf_says_so(self):
        document = self._create_registered()
        self.env.flush_all()
        self.env.cr.execute(SQL("UPDATE vanban_document_file SET page_count = 0"))
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "no PDF that can be stamped"):
            self._print("vanban_stamped_copy_report", document)

    # ---- registers ----

    def test_incoming_register_has_cover_and_ten_columns(self):
        """BS-14.2a: the incoming register, also with whom and who took it over."""
        document = self._create_registered(
            symbol="77/QĐ-BM", subject="Về <b>&</b> kế hoạch", urgency="express"
        )
        document.with_user(self.office_head).action_route(
            [{"unit_id": self.unit.id, "role": "lead"}]
        )
        document.with_user(self.unit_head).action_open()
        cover, page = self._print_book(volume="03")
        year = self.agency._vanban_today().year
        for text in (
            "CHÍNH PHỦ MẪU",
            "UBND TỈNH MẪU",
            "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
            f"Năm: {year}",
            f"Từ ngày 01/01/{year} đến ngày",
            "Từ số 1 đến số 1",
            "Quyển số: 03",
        ):
            self.assertIn(text, cover)
        self.assertNotIn("Trang 1/", cover)
        for text in (
            "Tác giả",
            "Ký nhận",
            "(10)",
            "Bộ Mẫu",
            "77/QĐ-BM",
            "Quyết định: Về <b>&</b> kế hoạch",
            "Phòng Tổng hợp",
            "Unit Head ",
            "Hỏa tốc",
            "Trang 2/2",
        ):
            self.assertIn(text, page)

    def test_outgoing_register_has_ten_columns(self):
        """BS-14.2a: the outgoing register, with the places of receipt."""
        document = self._create_issued(subject="Trả lời cử tri")
        document.action_recall("Sai thẩm quyền")
        cover, page = self._print_book(register_id=self.out_book.id)
        self.assertIn("SỔ ĐĂNG KÝ VĂN BẢN ĐI", cover)
        for text in (
            "Người ký",
            "Nơi nhận văn bản",
            document.symbol,
            "Công văn: Trả lời cử tri",
            "Leader",
            "Bộ Mẫu",
            "Văn thư; Phòng Tổng hợp",
            "Đã thu hồi: Sai thẩm quyền",
        ):
            self.assertIn(text, page)

    def test_head_is_repeated_and_long_subjects_fit(self):
        for subject in ["Nội dung " * 44, "x" * 400] * 6:
            self._create_registered(files=1, subject=subject)
        pages = self._print_book()
        self.assertGreater(len(pages), 3)
        for page in pages[1:]:
            self.assertIn("Đơn vị hoặc người nhận", page)
            self.assertIn("(10)", page)
        printed = "".join(pages).replace(" ", "")
        self.assertEqual(printed.count("x" * 400), 6)

    def test_voided_number_stays_with_its_reason(self):
        """NĐ 30/2020 Điều 15: no number disappears from the book."""
        for _document in range(3):
            self._create_registered()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE vanban_register_entry SET state = 'voided',"
                " document_id = NULL, void_reason = 'Ghi nhầm' WHERE number = 2"
                " AND register_id = %s",
                self.book.id,
            )
        )
        self.env.invalidate_all()
        cover, page = self._print_book()
        self.assertIn("Từ số 1 đến số 3", cover)
        self.assertIn("Số bị hủy: Ghi nhầm", page)

    def test_empty_register_is_printed(self):
        cover, page = self._print_book()
        self.assertIn("Từ số ……… đến số ………", cover)
        self.assertIn("Không có văn bản nào", page)

    def test_rows_are_read_with_the_same_queries_for_five_and_fifty(self):
        def count():
            wizard = self._make_wizard()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            book = wizard._get_book()
            return len(book["rows"]), self.env.cr.sql_log_count - before

        for _document in range(5):
            self._create_handled(files=1)
        count()
        few = count()
        for _document in range(45):
            self._create_handled(files=1)
        many = count()
        self.assertEqual((few[0], many[0]), (5, 50))
        self.assertEqual(few[1], many[1])

    def test_workbook_has_the_same_columns_and_no_formulas(self):
        self._create_registered(subject="=1+1")
        wizard = self._make_wizard(file_format="xlsx")
        action = wizard.action_print()
        self.assertIn("/file/so-dang-ky-van-ban-den-", action["url"])
        content = base64.b64decode(wizard.with_context(bin_size=False).file)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts = archive.read("xl/sharedStrings.xml").decode()
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        for text in ("Tác giả", "Ghi chú", "Quyết định: =1+1"):
            self.assertIn(text, texts)
        self.assertNotIn("<f>", sheet)

    # ---- who, and for what period ----

    def test_officer_cannot_print_a_register(self):
        with (
            self.assertRaises(AccessError),
            mute_logger("odoo.addons.base.models.ir_rule"),
        ):
            self._make_wizard(self.officer)
        self.assertEqual(
            self.env["vanban.register.print"]
            .with_user(self.officer)
            ._get_register_domain(),
            [(0, "=", 1)],
        )

    def test_desk_and_leaders_print_the_registers_of_their_agency(self):
        for user in (self.clerk, self.office_head, self.leader):
            with self.subTest(user.login):
                action = self._make_wizard(user).action_print()
                self.assertEqual(action["report_name"], "vanban_core.report_register")
        with self.assertRaises(AccessError):
            self._make_wizard(self.stranger).action_print()

    def test_secret_register_is_for_keepers_and_leaders(self):
        for user in (self.clerk, self.office_head):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._print_book(user, register_id=self.secret_book.id)
        self.assertTrue(self._print_book(self.leader, register_id=self.secret_book.id))
        self.secret_book.keeper_ids = self.clerk
        self.assertTrue(self._print_book(register_id=self.secret_book.id))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nobody_prints_from_the_dialog_of_another(self):
        wizard = self._make_wizard(self.leader, register_id=self.secret_book.id)
        with self.assertRaises(AccessError):
            self._print("vanban_register_report", wizard, self.clerk)

    def test_wrong_period_is_refused_in_one_sentence(self):
        for first, last in (("2026-02-02", "2026-02-01"), ("2025-01-01", "2026-01-02")):
            wizard = self._make_wizard(date_from=first, date_to=last)
            with self.subTest(first), self.assertRaisesRegex(UserError, "one year"):
                wizard.action_print()
        self._make_wizard(date_from="2024-01-01", date_to="2024-12-31").action_print()

    # ---- long ones ----

    def test_long_register_is_printed_in_the_background(self):
        for _document in range(3):
            self._create_registered()
        with patch.object(vanban_register_print, "DIRECT_LINES", 2):
            action = self._make_wizard(volume="05").action_print()
        self.assertEqual(action["tag"], "display_notification")
        job = self.env["vanban.print.job"].search([("user_id", "=", self.clerk.id)])
        self.assertEqual(job.state, "waiting")
        job._run()
        self.assertEqual(job.state, "done")
        mine = job.with_user(self.clerk)
        content = base64.b64decode(mine.with_context(bin_size=False).file)
        pages = PdfReader(io.BytesIO(content)).pages
        self.assertIn("Quyển số: 05", pages[0].extract_text())
        self.assertIn(f"/{job.id}/file/", mine.action_download()["url"])
        with self.assertRaises(AccessError):
            job.with_user(self.leader).read(["file"])

    def test_long_register_keeps_the_rights_of_who_asked(self):
        with patch.object(vanban_register_print, "DIRECT_LINES", -1):
            self._make_wizard().action_print()
        job = self.env["vanban.print.job"].search([("user_id", "=", self.clerk.id)])
        self.clerk.group_ids -= self.env.ref("vanban_core.group_clerk")
        job._run()
        self.assertEqual(job.state, "failed")
        self.assertFalse(job.file)

    def test_too_long_register_asks_for_a_shorter_period(self):
        with (
            patch.object(vanban_register_print, "MAX_LINES", -1),
            self.assertRaisesRegex(UserError, "shorter period"),
        ):
            self._make_wizard().action_print()

    # ---- menu ----

    def test_print_menu_offers_what_the_document_has(self):
        registered, draft = self._create_registered(), self._create_draft()
        documents = self.env["vanban.document"].with_user(self.clerk)
        view = documents.get_views([(False, "form")], {"toolbar": True})
        offered = [one["id"] for one in view["views"]["form"]["toolbar"]["print"]]
        reports = self.env["ir.actions.report"].with_user(self.clerk).browse(offered)
        ours = {"Print stamp", "Print stamp on a copy", "Print slip"}
        for document, names in ((registered, ours), (draft, set())):
            valid = reports.get_valid_action_reports("vanban.document", document.ids)
            found = reports.browse(valid).sudo().mapped("name")
            with self.subTest(document.direction):
                self.assertEqual(ours & set(found), names)

    # ---- engine ----

    def test_long_forms_are_laid_out_beside_the_server(self):
        html = b"<html><head><title>T</title></head><body>M\xe1\xba\xabu</body></html>"
        with patch.object(paged, "LARGE", 1):
            content = paged.write_pdf(html)
        reader = PdfReader(io.BytesIO(content))
        self.assertIn("Mẫu", reader.pages[0].extract_text())
        self.assertIn(
            b'pdfaid:part="2"', reader.trailer["/Root"]["/Metadata"].get_data()
        )

    def test_forms_reach_neither_files_nor_the_network(self):
        fetcher = paged.DataFetcher()
        for url in ("file:///etc/hostname", "http://127.0.0.1:1/", "ftp://127.0.0.1/"):
            with self.subTest(url), self.assertRaises(ValueError):
                fetcher.fetch(url)
        self.assertEqual(fetcher.fetch("data:text/plain,ok").read(), b"ok")

    def test_other_reports_keep_their_engine(self):
        report = self.env.ref("vanban_core.vanban_slip_report").copy(
            {"vanban_paged": False}
        )
        document = self._create_registered()
        with patch.object(
            OdooReport, "_render_qweb_pdf_prepare_streams", return_value={}
        ) as render:
            report._render_qweb_pdf_prepare_streams(report, {}, res_ids=document.ids)
        render.assert_called_once()

    def test_words_of_the_forms(self):
        date = fields.Date.to_date
        self.assertEqual(
            form_text.long_date(date("2026-02-05")), "ngày 05 tháng 02 năm 2026"
        )
        self.assertEqual(
            form_text.long_date(date("2026-03-15")), "ngày 15 tháng 3 năm 2026"
        )
        self.assertEqual(
            form_text.break_name("Ủy ban nhân dân tỉnh Bắc Ninh"),
            "Ủy ban nhân dân\ntỉnh Bắc Ninh",
        )
        self.assertEqual(form_text.break_name("Sở Nội vụ"), "Sở Nội vụ")

    def test_stamp_looks_for_a_free_place(self):
        width, height = 248, 351
        usual = (30, 48)
        free = bytes([255]) * (width * height)
        head = b"P5\n%d %d\n255\n" % (width, height)
        left, top = free_space.find(head + free, usual)
        self.assertLess(abs(left - 30) + abs(top - 48), 4)
        # the left half is black
        row = bytes(width // 2) + bytes([255]) * (width - width // 2)
        left, _top = free_space.find(head + row * height, usual)
        self.assertGreater(left, 105)
        self.assertEqual(free_space.find(None, usual), usual)
        self.assertEqual(free_space.find(head + b"short", usual), usual)


@tagged("post_install", "-at_install")
class TestReportsHttp(HttpCase, VanbanCommon):
    def test_print_menu_needs_no_wkhtmltopdf(self):
        document = self._create_registered()
        self.authenticate("clerk", "clerk")
        state = self.make_jsonrpc_request("/report/check_wkhtmltopdf", {})
        self.assertIn(state, ("ok", "upgrade", "workers"))
        url = f"/report/pdf/vanban_core.report_stamp/{document.id}"
        context = json.dumps({"force_report_rendering": True})
        response = self.url_open(f"{url}?context={context}")
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        [page] = PdfReader(io.BytesIO(response.content)).pages
        self.assertIn("ĐẾN", page.extract_text())

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_print_addresses_ask_for_the_right_to_read(self):
        document = self._create_registered()
        self.authenticate("officer", "officer")
        for name in ("stamp", "slip", "stamped_copy"):
            for kind in ("pdf", "html"):
                url = f"/report/{kind}/vanban_core.report_{name}/{document.id}"
                with self.subTest(url):
                    self.assertGreaterEqual(self.url_open(url).status_code, 400)
