from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import demo_pdf, paper_text
from .common import VanbanCommon, make_docx, make_pdf

WORDS = "Ủy ban nhân dân tỉnh Mẫu mời họp bàn việc sửa đường vào chợ Bến Trúc {}"


def make_paper(word):
    """Return a PDF with a text layer that holds a word."""
    return demo_pdf.render(
        {
            "agency": "Ủy ban nhân dân tỉnh Mẫu",
            "subject": "Mời họp",
            "paragraphs": [WORDS.format(word)] * 3,
        }
    )


@tagged("post_install", "-at_install")
class TestPaperText(VanbanCommon):
    """The words of a document come from the file that says them best."""

    def _assert_says(self, document, word):
        text = " ".join(document._get_paper_text().split())
        self.assertEqual(WORDS.format(word) in text, bool(word), text)
        if not word:
            self.assertEqual(text, "")

    def test_incoming_says_what_its_newest_paper_says(self):
        document = self._create_incoming(files=0)
        self._assert_says(document, None)
        self._add_file(document, name="cu.pdf", raw=make_paper("hôm qua"))
        self._assert_says(document, "hôm qua")
        self._add_file(document, name="MOI.PDF", raw=make_paper("hôm nay"))
        self._assert_says(document, "hôm nay")
        self._add_file(document, "appendix", "phu-luc.pdf", make_paper("phụ lục"))
        self._assert_says(document, "hôm nay")

    def test_incoming_docx_is_read_where_no_pdf_has_words(self):
        document = self._create_incoming(files=0)
        self._add_file(document, name="b.docx", raw=make_docx([WORDS.format("Word")]))
        self._add_file(document, name="anh.pdf", raw=make_pdf())
        self._assert_says(document, "Word")
        self._add_file(document, name="a.pdf", raw=make_paper("PDF"))
        self._assert_says(document, "PDF")

    def test_outgoing_says_what_was_signed_else_the_draft(self):
        draft = self._create_draft(files=0)
        docx = make_docx([WORDS.format("dự thảo")])
        self._add_file(draft, "draft", "du-thao.docx", docx)
        self._assert_says(draft, "dự thảo")
        draft.action_submit([{"user_id": self.leader.id, "kind": "sign"}])
        draft.with_user(self.leader).action_approve()
        signed = draft.with_user(self.clerk)
        self._add_file(signed, "signed", "quet.pdf", make_pdf())
        self._assert_says(draft, "dự thảo")
        self._add_file(signed, "signed", "ban-ky.pdf", make_paper("đã ký"))
        self._assert_says(draft, "đã ký")

    def test_words_of_a_draft_are_for_those_on_its_way(self):
        draft = self._create_draft(files=0)
        docx = make_docx([WORDS.format("dự thảo")])
        self._add_file(draft, "draft", "du-thao.docx", docx)
        draft.action_submit([{"user_id": self.leader.id, "kind": "sign"}])
        draft.with_user(self.leader).action_approve()
        issued = draft.with_user(self.clerk)
        self._add_file(issued, "signed", "quet.pdf")
        issued.action_issue()
        for user, word in (self.officer, "dự thảo"), (self.clerk, None):
            # whoever else read the files before
            issued.with_user(self.officer).file_ids.mapped("name")
            self._assert_says(issued.with_user(user), word)

    def test_numbers_that_word_sets_are_counted(self):
        text = paper_text.read_docx(make_docx(["1. Một việc", "2. Hai việc"], True))
        self.assertEqual(text, "1. Một việc\n\n2. Hai việc")

    @mute_logger("odoo.addons.vanban_core.tools.paper_text")
    def test_what_cannot_be_read_has_no_words(self):
        for raw in (b"", b"%PDF-1.4 broken", b"PK\x03\x04broken", make_pdf()):
            self.assertEqual(paper_text.read_pdf(raw), "")
            self.assertEqual(paper_text.read_docx(raw), "")
