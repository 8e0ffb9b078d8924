import io

from docx import Document

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_print import MARKUP, PrintCommon


@tagged("post_install", "-at_install")
class TestPrintHttp(HttpCase, PrintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_entry(cls.office_head, name=MARKUP)
        cls.week = cls._publish()

    def _get(self, user, kind="pdf", **values):
        self.authenticate(user.login, user.login)
        query = "&".join(f"{name}={value}" for name, value in values.items())
        return self.url_open(f"/vanban/lich/tuan.{kind}?{query}")

    def test_files_have_clear_names(self):
        """HN-7.2b: PDF and DOCX of a week."""
        iso = self.monday.isocalendar()
        name = f"lich-cong-tac-tuan-{iso.week}-{iso.year}"
        answer = self._get(self.officer2, schedule_id=self.week.id)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn(f"{name}.pdf", answer.headers["Content-Disposition"])
        self.assertIn(MARKUP, self._read_pages(answer.content)[0])
        answer = self._get(self.officer2, "docx", schedule_id=self.week.id)
        self.assertIn(f"{name}.docx", answer.headers["Content-Disposition"])
        document = Document(io.BytesIO(answer.content))
        self.assertIn(MARKUP, document.tables[1].rows[1].cells[3].text)

    def test_own_week_is_printed_without_naming_it(self):
        answer = self._get(self.officer2)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("lich-cong-tac-officer2-", answer.headers["Content-Disposition"])

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_hostile_addresses_get_one_sentence(self):
        topic = self.env["vanban.topic"].create(
            {"name": "Của cơ quan khác", "company_id": self.other_agency.id}
        )
        week = self.week.id
        for values, status in (
            ({"schedule_id": 0}, 404),
            ({"schedule_id": "abc"}, 404),
            ({"schedule_id": ""}, 404),
            ({"schedule_id": "9" * 40}, 404),
            ({"schedule_id": "1e9999"}, 404),
            ({"schedule_id": f"{week},{week}"}, 404),
            ({"schedule_id": week, "topic_id": "x"}, 404),
            ({"schedule_id": week, "topic_id": topic.id}, 404),
            ({"user_id": "%00"}, 404),
            ({"user_id": self.stranger.id}, 404),
            ({"user_id": self.env.ref("base.public_user").id}, 404),
            ({"day": "32/13/2026"}, 422),
            ({"day": "0001-01-01"}, 422),
            ({"day": "%F0%9F%8E%89"}, 422),
        ):
            for kind in ("pdf", "docx"):
                with self.subTest(values=values, kind=kind):
                    answer = self._get(self.officer2, kind, **values)
                    self.assertEqual(answer.status_code, status)
                    self.assertNotIn("Traceback", answer.text)
        answer = self._get(self.officer2, day="32/13/2026")
        self.assertRegex(answer.text, "<p>[^<>.]+[.]</p>")
        self.assertEqual(self._get(self.stranger, schedule_id=week).status_code, 404)
        self.assertEqual(self._get(self.officer2, "xls").status_code, 404)

    def test_nobody_prints_without_logging_in(self):
        answer = self.url_open(f"/vanban/lich/tuan.pdf?schedule_id={self.week.id}")
        self.assertIn("/web/login", answer.url)
        self.assertNotIn(b"%PDF", answer.content)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_print_menu_prints_the_week(self):
        report = self.env.ref("vanban_calendar.vanban_week_report")
        self.assertEqual(report.binding_model_id.model, "vanban.schedule")
        url = f"/report/pdf/vanban_calendar.report_week/{self.week.id}"
        context = '?context={"force_report_rendering": true}'
        self.authenticate("officer2", "officer2")
        answer = self.url_open(url + context)
        self.assertIn("LỊCH CÔNG TÁC TUẦN", self._read_pages(answer.content)[0])
        self.authenticate("stranger", "stranger")
        for kind in ("pdf", "html"):
            answer = self.url_open(url.replace("pdf", kind) + context)
            self.assertGreaterEqual(answer.status_code, 400)
        action = self.week.with_user(self.officer2).action_print_docx()
        self.assertTrue(action["url"].endswith(f"tuan.docx?schedule_id={self.week.id}"))
        with self.assertRaises(UserError):
            self.Schedule.with_user(self.officer2).action_print_docx()
