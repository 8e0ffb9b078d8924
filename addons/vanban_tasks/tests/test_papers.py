from odoo.tests import HttpCase, tagged

from .common import TaskCommon


@tagged("post_install", "-at_install")
class TestPapers(TaskCommon, HttpCase):
    """The papers that are read beside the forms of tasks."""

    moment = None  # sessions of browsers end by the clock of the computer

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead, cls.helper = cls._give(
            (cls.other_agency, "lead"), (cls.helper_agency, "coordinate")
        )
        cls.report = cls._report(cls.lead)
        for user in cls._get_readers():
            user.sudo().password = user.login

    @classmethod
    def _get_readers(cls):
        return (
            cls.officer
            | cls.officer2
            | cls.stranger
            | cls.helper_clerk
            | cls.third_clerk
        )

    def _get_openers(self, file):
        """Return who gets the bytes of a file by its address, as the viewer does."""
        attachment = file.sudo().attachment_id
        openers = self.env["res.users"]
        for user in self._get_readers():
            self.authenticate(user.login, user.login)
            answer = self.url_open(f"/web/content/{attachment.id}")
            if answer.status_code == 200:
                self.assertEqual(answer.content, attachment.raw)
                openers |= user
            else:
                self.assertIn(answer.status_code, (403, 404))
        self.logout()
        return openers

    def test_assigning_document_opens_for_each_side(self):
        """DT-4.2a DT-11.2a2: who gave the task, who has it, who coordinates."""
        paper = self.lead.task_id.source_file_ids
        sides = self.officer | self.stranger | self.helper_clerk
        self.assertEqual(self._get_openers(paper), sides)

    def test_paper_of_a_draft_opens_for_those_who_enter_it(self):
        """DT-4.2a"""
        draft = self._create_task()
        self.assertEqual(self._get_openers(draft.source_file_ids), self.officer)

    def test_answer_opens_for_the_two_sides_alone(self):
        """DT-14.4b DT-14.6: not for those who coordinate."""
        sides = self.officer | self.stranger
        self.assertEqual(self._get_openers(self.report.file_ids), sides)

    def test_document_of_this_agency_is_read_while_its_task_is_entered(self):
        """BS-7.3a: until the task has a copy of its own; by who sees the document."""
        document = self._create_issued()
        task = self._create_task(
            files=0, source_document_id=document.id, user=self.officer
        )
        seen = task.with_user(self.officer)
        self.assertEqual(seen.paper_id, document.file_ids[-1:].attachment_id)
        self.assertTrue(seen.paper_id.with_user(self.officer).raw)
        task.action_assign()
        self.env.invalidate_all()
        self.assertFalse(seen.paper_id)
        self.assertTrue(seen.source_file_ids)

    def test_document_that_is_closed_to_the_reader_is_not_named(self):
        """HT-4.2a: the unit that follows sees the task, not what gives it."""
        document = self._create_registered()
        task = self._create_task(
            files=0, source_document_id=document.id, user=self.clerk
        )
        self.assertTrue(task.with_user(self.clerk).paper_id)
        self.assertTrue(task.with_user(self.officer).has_access("read"))
        self.assertFalse(document.with_user(self.officer).has_access("read"))
        self.assertFalse(task.with_user(self.officer).paper_id)
