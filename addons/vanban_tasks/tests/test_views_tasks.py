import base64

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.vanban_core.tests.common import make_pdf

from .common import TaskCommon


class ScreenCommon(TaskCommon):
    """What a client does with the screens of tasks."""

    def _dialog(self, name, rows, user, **values):
        """Return a dialog as opened by a button on these rows, filled in."""
        context = {
            "active_model": rows._name,
            "active_id": rows[:1].id,
            "active_ids": rows.ids,
        }
        Dialog = self.env[name].with_user(user).with_context(**context)
        return Dialog.create(values)

    def _upload(self, user, name, model):
        """Return a file as uploaded by the field for several files."""
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": name, "raw": make_pdf(), "res_model": model, "res_id": 0})
        )

    def _by_hand(self):
        return {
            "symbol": "15/BC-SM",
            "date": self.agency._vanban_today(),
            "signed_file": base64.b64encode(make_pdf()),
            "signed_name": "ban-ky.pdf",
        }


@tagged("post_install", "-at_install")
class TestViewsTasks(ScreenCommon):
    """HT-4.2a: the windows of tasks open for each role on either side."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls._give(
            (cls.other_agency, "lead"), (cls.helper_agency, "coordinate")
        )
        cls.lead, cls.helper = cls.row
        cls.people = (
            *(cls.clerk, cls.officer, cls.unit_head, cls.office_head, cls.leader),
            *(cls.stranger, cls.exec_head, cls.exec_officer, cls.helper_clerk),
        )

    def _open(self, user, xml_id):
        """Load what a client loads: the views, and rows with all their fields."""
        action = self.env.ref(f"vanban_tasks.{xml_id}")
        Model = self.env[action.res_model].with_user(user)
        views = {view.view_mode: view.view_id.id for view in action.view_ids}
        if action.view_id:
            views[action.view_id.type] = action.view_id.id
        asked = [(views.get(mode, False), mode) for mode in action.view_mode.split(",")]
        asked.append((action.search_view_id.id, "search"))
        got = Model.get_views(asked, {"toolbar": True, "action_id": action.id})
        names = got["models"][action.res_model]["fields"]
        if Model._transient:
            return Model
        domain = safe_eval(action.domain or "[]")
        rows = Model.search(domain)
        rows.web_read({name: {} for name in names})
        return rows

    def test_every_window_opens_for_both_sides(self):
        """DT-4.2a"""
        names = ["task_assignment_action", "task_assignment_action_given"]
        names += ["task_action", "task_programme_action", "task_send_action"]
        names += ["task_extend_action", "task_ask_action"]
        names += [
            f"task_decide_action_{what}"
            for what in ("refuse", "refuse_extension", "withdraw", "note")
        ]
        for name in names:
            for user in self.people:
                with self.subTest(name=name, user=user.login):
                    self.env.invalidate_all()
                    self._open(user, f"vanban_{name}")

    def test_each_side_finds_its_tasks_in_its_own_list(self):
        """DT-4.2a: what was given is followed, what one has is carried out."""
        had, given = (
            "vanban_task_assignment_action",
            "vanban_task_assignment_action_given",
        )
        self.assertEqual(self._open(self.officer, given), self.row)
        self.assertFalse(self._open(self.officer, had))
        self.assertEqual(self._open(self.stranger, had), self.lead)
        self.assertFalse(self._open(self.stranger, given))
        self.assertFalse(self._open(self.third_clerk, had))
        task = self.lead.task_id
        self.assertEqual(self._open(self.officer, "vanban_task_action"), task)
        self.assertFalse(self._open(self.stranger, "vanban_task_action"))

    def test_every_filter_and_group_can_be_used(self):
        Rows = self.env["vanban.task.assignment"].with_user(self.office_head)
        for model, view in (
            (Rows, "vanban_task_assignment_view_search"),
            (Rows.env["vanban.task"], "vanban_task_view_search"),
        ):
            arch = model.get_view(self.env.ref(f"vanban_tasks.{view}").id)["arch"]
            for node in self._get_nodes(arch, "filter"):
                with self.subTest(filter=node.get("name")):
                    if node.get("domain"):
                        model.search(
                            safe_eval(node.get("domain"), {"uid": self.office_head.id})
                        )
                    if node.get("context"):
                        spec = safe_eval(node.get("context"))["group_by"]
                        model.formatted_read_group([], [spec], ["__count"])

    def _get_nodes(self, arch, tag):
        return etree.fromstring(arch).iter(tag)

    def test_filter_due_soon_takes_three_working_days(self):
        Rows = self.env["vanban.task.assignment"].with_user(self.officer)
        soon = self._give(days=3, user=self.officer)
        self._give(days=4, user=self.officer)
        found = Rows.search([("is_due_soon", "=", True)])
        self.assertEqual(found, soon)
        self.assertEqual(found.work_left, (3 * 8 + 6) * 60)

    def test_names_in_dialogs_are_those_of_the_agencies(self):
        short = self.helper.with_context(vanban_assignee_only=True)
        self.assertEqual(short.display_name, self.helper.assignee_name)
        self.assertIn(self.helper.task_id.content, self.helper.display_name)

    def test_task_is_entered_and_given_in_the_form(self):
        """DT-4.2a: the form takes a task with its lines and its file."""
        form = Form(
            self.env["vanban.task"].with_user(self.officer),
            "vanban_tasks.vanban_task_view_form",
        )
        form.source_symbol = "77/UBND-TH"
        form.source_date = self.agency._vanban_today()
        form.source_subject = "Về việc giao nhiệm vụ"
        form.signer_name = form.director_name = "Nguyễn Văn Ký"
        form.content = "Báo cáo số liệu"
        with form.assignment_ids.new() as line:
            line.partner_id = self.other_agency.partner_id
            line.deadline_day = self._get_day(3)
        with self.assertRaisesRegex(UserError, "signed"):
            form.save().action_assign()
        task = form.save()
        task.source_file_ids = [
            (
                0,
                0,
                {
                    "content": self._by_hand()["signed_file"],
                    "name": "ban-ky.pdf",
                    "role": "signed",
                },
            )
        ]
        task.action_assign()
        self.assertEqual(task.assignment_ids.state, "doing")


@tagged("post_install", "-at_install")
class TestDialogs(ScreenCommon):
    """Each dialog calls its action, for those who may and nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead, cls.helper = cls._give(
            (cls.other_agency, "lead"), (cls.helper_agency, "coordinate")
        )

    def test_result_by_hand_with_its_files(self):
        """DT-4.4, DT-14.4b: the signed answer and other papers go with the report."""
        name = "vanban.task.send"
        paper = self._upload(self.stranger, "phu-luc.pdf", name)
        values = {
            **self._by_hand(),
            "subject": "Báo cáo kết quả",
            "signer_name": "Lê Văn Báo",
            "other_ids": [(6, 0, paper.ids)],
        }
        with self.assertRaises(AccessError):
            self._dialog(name, self.lead, self.third_clerk, **values).action_confirm()
        with self.assertRaises(AccessError):
            self._dialog(name, self.lead, self.officer, **values).action_confirm()
        self._dialog(name, self.lead, self.stranger, **values).action_confirm()
        files = self.lead.report_ids.file_ids
        self.assertEqual(
            {(file.role, file.name) for file in files},
            {("signed", "ban-ky.pdf"), ("other", "phu-luc.pdf")},
        )
        self.assertFalse(paper.exists())

    def test_papers_of_others_stay_where_they_are(self):
        """Only what was uploaded for the dialog is dropped after it."""
        kept = self._upload(self.stranger, "cua-toi.pdf", False)
        values = {"content": "Đã làm", "kind": "feedback"}
        dialog = self._dialog(
            "vanban.task.send",
            self.lead,
            self.stranger,
            other_ids=[(6, 0, kept.ids)],
            **values,
        )
        dialog.action_confirm()
        self.assertTrue(kept.exists())
        self.assertEqual(self.lead.report_ids.file_ids.name, "cua-toi.pdf")

    def test_feedback_needs_no_document(self):
        """DT-4.4"""
        name = "vanban.task.send"
        with self.assertRaises(UserError):
            self._dialog(
                name, self.lead, self.stranger, kind="feedback"
            ).action_confirm()
        self._dialog(
            name, self.lead, self.stranger, kind="feedback", content="Đang làm"
        ).action_confirm()
        self.assertEqual(self.lead.state, "doing")
        self.assertEqual(self.lead.report_ids.kind, "feedback")

    def test_satisfactory_in_one_click(self):
        """DT-4.5b: by the header of the task; not satisfactory with a reason."""
        self._report(self.helper, user=self.helper_clerk)
        with self.assertRaises(AccessError):
            self.helper.with_user(self.officer).action_approve_result()
        self.helper.with_user(self.exec_head).action_approve_result()
        with self.assertRaisesRegex(UserError, "No result"):
            self.lead.with_user(self.officer).action_approve_result()
        self._report(self.lead)
        with self.assertRaises(AccessError):
            self._decide("refuse", self.lead, self.stranger)
        self._decide("refuse", self.lead, self.officer)
        self.assertEqual(self.lead.last_report_id.reason, "Vì sao")
        self._report(self.lead)
        with self.assertRaises(AccessError):
            self.lead.with_user(self.stranger).action_approve_result()
        self.lead.with_user(self.officer).action_approve_result()
        self.assertEqual(self.lead.state, "done")

    def _decide(self, decision, rows, user, **values):
        values = {"decision": decision, "text": "Vì sao", **values}
        self._dialog("vanban.task.decide", rows, user, **values).action_confirm()

    def test_report_is_refused_on_its_card(self):
        """DT-14.5a"""
        report = self._report(self.lead)
        with self.assertRaises(AccessError):
            self._decide("refuse", report, self.stranger)
        self._decide("refuse", report, self.officer)
        self.assertEqual(report.decision, "refused")

    def test_extension_is_asked_for_granted_and_refused(self):
        """DT-5.2d1: by a document of either side."""
        name, later = "vanban.task.extend", self._get_day(10)
        values = {**self._by_hand(), "deadline_day": later, "reason": "Chờ số liệu"}
        with self.assertRaises(AccessError):
            self._dialog(name, self.lead, self.officer, **values).action_confirm()
        self._dialog(name, self.lead, self.stranger, **values).action_confirm()
        extension = self.lead.extension_ids
        with self.assertRaises(AccessError):
            self._decide("refuse_extension", extension, self.stranger)
        self._decide("refuse_extension", extension, self.officer)
        self._dialog(name, self.lead, self.stranger, **values).action_confirm()
        extension = self.lead.extension_ids.filtered(lambda e: e.state == "requested")
        with self.assertRaises(AccessError):
            self._dialog(
                name, extension, self.stranger, **self._by_hand()
            ).action_confirm()
        with self.assertRaisesRegex(UserError, "document"):
            self._dialog(name, extension, self.officer).action_confirm()
        dialog = self._dialog(name, extension, self.officer, **self._by_hand())
        self.assertEqual(dialog.deadline_day, later)
        dialog.action_confirm()
        self.assertEqual(self.lead.deadline_day, later)

    def test_coordinating_ones_are_asked(self):
        """DT-14.6"""
        values = {"text": "Gửi số liệu"}
        name = "vanban.task.ask"
        with self.assertRaises(AccessError):
            self._dialog(name, self.lead, self.officer, **values).action_confirm()
        dialog = self._dialog(name, self.lead, self.stranger, **values)
        self.assertEqual(dialog.coordinator_ids, self.helper)
        dialog.action_confirm()
        asked = self.helper.with_user(self.helper_clerk).shown_request_ids
        self.assertEqual(asked.text, "Gửi số liệu")
        self.assertEqual(self.lead.with_user(self.stranger).shown_request_ids, asked)

    def test_withdrawal_and_notes_have_their_dialog(self):
        with self.assertRaises(AccessError):
            self._decide("note", self.lead, self.officer, percent=30)
        self._decide("note", self.lead, self.stranger, percent=30)
        self.assertEqual(self.lead.progress_ids.percent, 30)
        with self.assertRaises(AccessError):
            self._decide("withdraw", self.lead, self.stranger)
        with self.assertRaises(AccessError):
            self._decide("withdraw", self.lead.task_id, self.stranger)
        self._decide("withdraw", self.lead, self.officer)
        self.assertEqual(self.lead.state, "withdrawn")
        self._decide("withdraw", self.lead.task_id, self.officer)
        self.assertEqual(self.helper.state, "withdrawn")

    def test_what_is_being_written_is_ones_own(self):
        for name in ("send", "extend", "ask", "decide"):
            values = {"text": "x"} if name in ("ask", "decide") else {}
            if name == "decide":
                values["decision"] = "note"
            dialog = self._dialog(
                f"vanban.task.{name}", self.lead, self.stranger, **values
            )
            with self.subTest(name=name), self.assertRaises(AccessError):
                dialog.with_user(self.exec_head).read(["create_uid"])


@tagged("post_install", "-at_install")
class TestOneClick(ScreenCommon):
    """From a document to its task, and from a task to its part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit_task = cls._give((cls.unit2, "lead"), source="direct")

    def test_issued_document_reports_on_the_task_it_answers(self):
        """BS-7.3d, DT-14.4b: nothing is typed twice."""
        issued = self._create_issued(user=self.officer2)
        self.assertTrue(issued.with_user(self.officer2).can_report_task)
        self.assertFalse(issued.with_user(self.clerk).can_report_task)
        dialog = self._dialog("vanban.task.send", issued, self.officer2)
        self.assertEqual(dialog.assignment_id, self.unit_task)
        told = dialog.action_confirm()
        self.assertEqual(told["params"]["type"], "success")
        report = self.unit_task.report_ids
        self.assertEqual(report.symbol, issued.symbol)
        self.assertEqual(report.file_ids.role, "signed")
        self.env.invalidate_all()
        self.assertFalse(issued.with_user(self.officer2).can_report_task)

    def test_of_several_tasks_the_one_asked_for_is_proposed(self):
        """BS-7.3d: by the document that the issued one answers."""
        asked = self._create_handled(officer=self.officer2)
        self._give(
            (self.unit2, "lead"),
            source_symbol=asked.symbol,
            source="letter",
        )
        plain = self._create_issued(user=self.officer2)
        Dialog = self.env["vanban.task.send"].with_user(self.officer2)
        self.assertFalse(Dialog._propose_assignment(plain))
        answer = self._create_issued(
            user=self.officer2, answers_ids=[(6, 0, asked.ids)]
        )
        dialog = self._dialog("vanban.task.send", answer, self.officer2)
        self.assertEqual(dialog.assignment_id.source_symbol, asked.symbol)

    def test_documents_count_the_tasks_they_give(self):
        """BS-7.3a"""
        document = self._create_registered()
        action = document.with_user(self.clerk).action_give_task()
        Task = self.env["vanban.task"].with_user(self.clerk)
        form = Form(Task.with_context(**action["context"]))
        self.assertEqual(form.source_symbol, document.symbol)
        form.director_name = form.signer_name = "Trần Thị Chỉ Đạo"
        with form.assignment_ids.new() as line:
            line.unit_id = self.unit2
            line.deadline_day = self._get_day(3)
        form.save().action_assign()
        self.env.invalidate_all()
        self.assertEqual(document.task_count, 1)

    def test_part_of_a_task_opens_filled_in(self):
        """DT-4.3"""
        row = self._give()
        with self.assertRaises(AccessError):
            row.with_user(self.officer).action_give_part()
        action = row.with_user(self.exec_head).action_give_part()
        Task = self.env["vanban.task"].with_user(self.exec_head)
        form = Form(Task.with_context(**action["context"]))
        self.assertEqual(form.content, row.content)
        with form.assignment_ids.new() as line:
            line.unit_id = self.exec_unit
            line.deadline_day = self._get_day(2)
        form.save().action_assign()
        self.assertEqual(row.with_user(self.exec_head).part_ids.source, "direct")
