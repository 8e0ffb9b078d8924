import base64
import hashlib
import io
import zipfile
from random import Random

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import VanbanCommon, make_pdf, make_zip

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
QUIET = (
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.base.models.ir_attachment",
    "pypdf",
    "pypdf._reader",
)


@tagged("post_install", "-at_install")
class TestFiles(VanbanCommon):
    """Files are kept byte for byte and versioned; what is in them is looked at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._create_incoming(files=0)

    def _add(self, name, raw, role="scan"):
        return self._add_file(self.document, role=role, name=name, raw=raw)

    def _refuse(self, name, raw):
        with self.assertRaises(UserError), mute_logger(*QUIET):
            self._add(name, raw)

    def _make_office(self, part):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(part, "<x/>")
        return buffer.getvalue()

    # ---- kept as it came ----

    def test_file_is_kept_byte_for_byte_with_its_sum(self):
        """design §4.9"""
        raw = make_pdf(pages=3)
        file = self._add("Quyết định.pdf", raw)
        self.env.invalidate_all()
        self.assertEqual(file.attachment_id.raw, raw)
        self.assertEqual(base64.b64decode(file.content), raw)
        self.assertRecordValues(
            file,
            [
                {
                    "sha256": hashlib.sha256(raw).hexdigest(),
                    "size": len(raw),
                    "page_count": 3,
                    "version": 1,
                    "name": "Quyết định.pdf",
                }
            ],
        )

    def test_another_file_of_the_same_role_is_another_version(self):
        """design §4.9"""
        first, second = self._add("a.pdf", make_pdf()), self._add("a.pdf", make_pdf(2))
        other = self._add("b.pdf", make_pdf(), role="appendix")
        self.assertEqual([first.version, second.version, other.version], [1, 2, 1])
        self.assertEqual(len(self.document.file_ids), 3)

    def test_client_does_not_set_sum_size_or_version(self):
        """design §4.9"""
        for name, value in (
            ("sha256", "0" * 64),
            ("version", 7),
            ("size", 1),
            ("page_count", 99),
            ("attachment_id", 1),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                self.document.file_ids.create(
                    {
                        "document_id": self.document.id,
                        "name": "a.pdf",
                        "content": base64.b64encode(make_pdf()),
                        name: value,
                    }
                )

    # ---- never written over ----

    def test_file_is_not_written_over_by_any_door(self):
        """design §4.9"""
        raw, other = make_pdf(), base64.b64encode(make_pdf(2))
        file = self._add("a.pdf", raw)
        second = self._create_incoming(files=0)
        attachment = file.attachment_id
        doors = {
            "content": lambda: file.write({"content": other}),
            "inverse": lambda: file.update({"content": other}),
            "list": lambda: self.document.write(
                {"file_ids": [(1, file.id, {"content": other})]}
            ),
            "name": lambda: file.write({"name": "b.exe"}),
            "role": lambda: file.write({"role": "signed"}),
            "moved": lambda: file.write({"document_id": second.id}),
            "linked": lambda: second.write({"file_ids": [(4, file.id)]}),
            "sum": lambda: file.write({"sha256": "x"}),
            "datas": lambda: attachment.write({"datas": other}),
            "raw": lambda: attachment.write({"raw": b"x"}),
            "name of it": lambda: attachment.write({"name": "b.exe"}),
            "type": lambda: attachment.write({"mimetype": "text/html"}),
            "url": lambda: attachment.write({"type": "url", "url": "https://x.vn"}),
            "elsewhere": lambda: attachment.write({"res_id": second.id}),
            "nowhere": lambda: attachment.write({"res_model": False}),
            "public": lambda: attachment.write({"public": True}),
            "token": attachment.generate_access_token,
            "deleted": attachment.unlink,
        }
        for user in (self.clerk, self.env.user):
            for name, door in doors.items():
                with (
                    self.subTest(name, user=user.login),
                    self.assertRaises(UserError),
                    mute_logger(*QUIET),
                ):
                    door()
                    self.env.flush_all()
            file, attachment = file.with_user(user), attachment.with_user(user)
        self.env.invalidate_all()
        self.assertEqual(file.attachment_id.raw, raw)
        self.assertEqual(file.document_id, self.document)

    def test_file_can_be_taken_off_until_the_document_goes_on_its_way(self):
        """design §4.9"""
        file = self._add("a.pdf", make_pdf())
        attachment = file.attachment_id
        file.unlink()
        self.assertFalse(attachment.exists())
        self._add("a.pdf", make_pdf())
        self.document.action_register()
        with self.assertRaises(UserError):
            self.document.file_ids.unlink()
        with self.assertRaises(UserError):
            self.document.write({"file_ids": [(5,)]})

    def test_versions_of_a_draft_stay_once_it_was_submitted(self):
        """design §4.9"""
        draft = self._create_draft()
        draft.action_submit([{"user_id": self.leader.id, "kind": "sign"}])
        draft.with_user(self.leader).action_send_back("Sửa")
        with self.assertRaises(UserError):
            draft.file_ids.unlink()
        self.assertTrue(self._add_file(draft, role="draft"))

    def test_files_go_with_a_document_entered_by_mistake(self):
        """Deleting what was not registered leaves nothing behind."""
        file = self._add("a.pdf", make_pdf())
        attachment = file.attachment_id
        self.document.unlink()
        self.assertFalse((attachment.exists(), file.exists())[0])
        self.assertFalse(file.exists())

    # ---- who, when ----

    def test_only_who_holds_the_document_adds_a_file(self):
        """HT-4.2a"""
        document = self._create_handled()
        for user, may in (
            (self.officer, True),
            (self.clerk, True),
            (self.leader, False),
            (self.unit_head, False),
            (self.officer2, False),
            (self.stranger, False),
        ):
            mine = document.with_user(user)
            with self.subTest(user.login):
                if may:
                    self.assertTrue(self._add_file(mine, role="other"))
                else:
                    with self.assertRaises(AccessError), mute_logger(*QUIET):
                        self._add_file(mine, role="other")

    def test_states_that_take_no_more_files(self):
        """HT-4.2a"""
        done = self._create_handled()
        done.with_user(self.officer).action_finish("note", "Xong")
        issued = self._create_issued()
        review = self._create_draft()
        review.action_submit([{"user_id": self.leader.id, "kind": "sign"}])
        for document, role in (
            (done.with_user(self.officer), "other"),
            (issued, "signed"),
            (review, "draft"),
        ):
            with self.subTest(document.state), self.assertRaises(UserError):
                self._add_file(document, role=role)

    def test_drafter_adds_no_signed_original_and_clerk_no_draft(self):
        """BS-7.2a"""
        draft = self._create_draft()
        with self.assertRaises(AccessError):
            self._add_file(draft, role="signed")
        approved = self._create_approved()
        with self.assertRaises(AccessError):
            self._add_file(approved, role="draft")
        self.assertTrue(self._add_file(approved, role="appendix"))

    # ---- what is in it ----

    def test_accepted_types_are_those_of_the_content(self):
        """HCM-6.3a"""
        for name, raw in (
            ("a.pdf", make_pdf()),
            ("A.PDF", make_pdf()),
            ("a.docx", self._make_office("word/document.xml")),
            ("a.xlsx", self._make_office("xl/workbook.xml")),
            ("a.png", PNG),
            ("a.zip", make_zip(a_pdf="x", b_docx="y")),
        ):
            with self.subTest(name):
                self.assertTrue(self._add(name, raw))

    def test_name_does_not_make_the_type(self):
        """HCM-6.3a"""
        for name, raw in (
            ("a.pdf", PNG),
            ("a.png", make_pdf()),
            ("a.pdf", b"<html><script>alert(1)</script></html>"),
            ("a.pdf", b"MZ" + b"\0" * 200),
            ("a.docx", make_zip(virus_exe="x")),
            ("a.xlsx", make_zip(a_pdf="x")),
            ("a.exe", make_pdf()),
            ("a.pdf.exe", make_pdf()),
            ("a.html", b"<html></html>"),
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("pdf", make_pdf()),
            ("", make_pdf()),
            ("..", make_pdf()),
            ("a.pdf/", PNG),
            ("a.txt", b"abc"),
        ):
            with self.subTest(name):
                self._refuse(name, raw)

    def test_name_of_a_file_has_no_folder(self):
        for name in ("../../etc/a.pdf", "C:\\Users\\x\\a.pdf", "/tmp/a.pdf"):
            self.assertEqual(self._add(name, make_pdf()).name, "a.pdf")

    def test_empty_file_is_refused(self):
        """HCM-6.3a"""
        self._refuse("a.pdf", b"")

    def test_size_has_a_limit_of_the_agency(self):
        """HCM-6.3a"""
        self.agency.vanban_file_size_max = 1
        self._refuse("a.pdf", make_pdf() + b" " * 1024 * 1024)
        self.assertTrue(self._add("a.pdf", make_pdf() + b" " * 1024 * 500))

    def test_damaged_pdf_is_refused(self):
        """HCM-6.3a"""
        raw = make_pdf()
        for broken in (b"%PDF-1.7\n", raw[:40], b"%PDF-1.4\n%%EOF", raw[:-200][:120]):
            self._refuse("a.pdf", broken)

    def test_garbled_pdf_is_taken_or_refused_in_one_sentence(self):
        """design §4.11: whatever the bytes are"""
        raw, random = make_pdf(2), Random(30)
        for _round in range(150):
            broken = bytearray(raw)
            for _byte in range(random.randint(1, 25)):
                broken[random.randrange(8, len(raw))] = random.randrange(256)
            with mute_logger(*QUIET):
                try:
                    self._add("a.pdf", bytes(broken))
                except UserError:
                    continue

    def test_pdf_whose_pages_contain_themselves_is_refused(self):
        raw = (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
            b"trailer<</Root 1 0 R>>\n%%EOF"
        )
        self._refuse("a.pdf", raw)

    def test_zip_holds_documents_only(self):
        """HCM-6.3a"""
        for raw in (
            make_zip(virus_exe="x"),
            make_zip(a_pdf="x", b_js="y"),
            make_zip(inner_zip="x"),
            make_zip(),
            make_zip(a_pdf="x")[:-10],
            b"PK\x03\x04" + b"\0" * 40,
        ):
            self._refuse("a.zip", raw)

    def test_zip_bomb_is_not_unpacked(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.pdf", b"\0" * 200_000_000)
        self.assertLess(len(buffer.getvalue()), 1_000_000)
        self.assertEqual(self._add("a.zip", buffer.getvalue()).page_count, 0)

    def test_what_is_no_base64_is_refused(self):
        """design §4.11"""
        for content in ("###", "áà", 5, ["x"], {"a": 1}, "JVBERi0", True):
            with self.subTest(content), self.assertRaises(UserError):
                self.document.file_ids.create(
                    {
                        "document_id": self.document.id,
                        "name": "a.pdf",
                        "content": content,
                    }
                )

    def test_lines_in_base64_do_no_harm(self):
        raw = make_pdf()
        file = self.document.file_ids.create(
            {
                "document_id": self.document.id,
                "name": "a.pdf",
                "content": base64.encodebytes(raw).decode(),
            }
        )
        self.assertEqual(file.attachment_id.raw, raw)

    def test_file_of_no_document_or_role_is_refused(self):
        """design §4.11"""
        content = base64.b64encode(make_pdf())
        for values in (
            {"document_id": False},
            {"document_id": "abc"},
            {"document_id": 2**31 - 1},
            {"document_id": self.document.id, "role": "x"},
            {"document_id": self.document.id, "role": ["scan"]},
            {"document_id": self.document.id, "name": 5},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self.document.file_ids.create(
                    {"name": "a.pdf", "content": content, **values}
                )
