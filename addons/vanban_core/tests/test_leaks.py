import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import VanbanCommon, make_pdf

QUIET = (
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.base.models.ir_attachment",
)
WORD = "Sáp nhập xã"


@tagged("post_install", "-at_install")
class TestLeaks(VanbanCommon):
    """HT-4.2c: a draft of one unit, and a colleague of another who tries every door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls._create_draft(subject=f"{WORD} A và xã B")
        cls.message = cls.draft.message_post(body=f"{WORD}: chờ ý kiến")
        cls.file = cls.draft.file_ids
        cls.attachment = cls.file.attachment_id
        cls.draft.action_submit([{"user_id": cls.leader.id, "kind": "sign"}])
        cls.review = cls.draft.sudo().review_ids
        cls.outsiders = cls.clerk | cls.officer2 | cls.archivist | cls.stranger
        cls.outsiders.group_ids |= cls.env.ref("base.group_allow_export")

    def _each(self, model):
        for user in self.outsiders:
            with self.subTest(user=user.login):
                yield self.env[model].with_user(user)

    def _names_nothing(self, value):
        self.assertNotIn(WORD, str(value))

    # ---- search and reports ----

    def test_lists_and_groups_do_not_count_it(self):
        """HT-4.2c"""
        domain = [("drafter_id", "=", self.officer.id)]
        for Document in self._each("vanban.document"):
            self.assertFalse(Document.search_count(domain))
            self.assertFalse(Document.search_read(domain, ["subject"]))
            self.assertFalse(
                Document.web_search_read(domain, {"subject": {}})["length"]
            )
            self.assertFalse(
                Document.formatted_read_group(domain, ["unit_id"], ["__count"])
            )
            self.assertFalse(
                Document.web_read_group(domain, ["unit_id"], ["__count"])["length"]
            )

    def test_name_search_does_not_find_it(self):
        """HT-4.2c"""
        for Document in self._each("vanban.document"):
            for operator in ("ilike", "=", "like", "=ilike", "in"):
                word = [self.draft.subject] if operator == "in" else WORD
                self._names_nothing(Document.name_search(word, operator=operator))

    def test_name_search_never_answers_with_everything(self):
        document = self._create_registered().with_user(self.clerk)
        for operator in ("ilike", "like", "=", "=like"):
            with self.subTest(operator):
                self.assertFalse(document.name_search("không có", operator=operator))
        self.assertTrue(document.name_search("kiem tra"))

    def test_it_cannot_be_exported_or_read(self):
        """HT-4.2c"""
        for user in self.outsiders:
            draft = self.draft.with_user(user)
            for call in (
                lambda draft=draft: draft.export_data(["subject"]),
                lambda draft=draft: draft.read(["subject"]),
                lambda draft=draft: draft.web_read({"subject": {}}),
                lambda draft=draft: draft.read(["display_name"]),
                lambda draft=draft: draft.get_metadata(),
                lambda draft=draft: draft.action_open(),
                lambda draft=draft: draft.get_way(),
            ):
                with (
                    self.subTest(user.login),
                    self.assertRaises(AccessError),
                    mute_logger(*QUIET),
                ):
                    call()

    def test_parts_of_it_are_not_found(self):
        """HT-4.2c"""
        for part, row in (
            ("vanban.document.file", self.file),
            ("vanban.review", self.review),
            ("vanban.recipient", self.draft.sudo().recipient_ids),
        ):
            for Part in self._each(part):
                self.assertFalse(Part.search([("document_id", "=", self.draft.id)]))
                self.assertFalse(
                    Part.formatted_read_group(
                        [("document_id", "=", self.draft.id)], [], ["__count"]
                    )[0]["__count"]
                )
                with self.assertRaises(AccessError), mute_logger(*QUIET):
                    Part.browse(row.ids).read(["document_id"])

    def test_conditions_over_relations_do_not_tell_of_it(self):
        """A condition on the subject of what is closed must not change a result."""
        self.env["vanban.case"].sudo().create(
            {
                "title": "Hồ sơ",
                "owner_id": self.officer2.id,
                "company_id": self.agency.id,
                "document_ids": [(6, 0, self.draft.ids)],
            }
        )
        for model, path in (
            ("vanban.case", "document_ids.subject"),
            ("vanban.review", "document_id.subject"),
            ("vanban.document.file", "document_id.subject"),
            ("vanban.recipient", "document_id.subject"),
            ("vanban.register.entry", "document_id.subject"),
        ):
            found = self.env[model].with_user(self.officer2)
            self.assertFalse(found.search_count([(path, "ilike", WORD)]), model)

    def test_operators_that_pass_the_rules_are_refused(self):
        """Odoo keeps ``any!`` for its own use."""
        Document = self.env["vanban.document"].with_user(self.officer2)
        with self.assertRaises(ValueError):
            Document.search([("review_ids", "any!", [("id", ">", 0)])])

    def test_who_is_behind_a_principal_is_not_for_officers(self):
        """HT-4.2a: it would tell who acts for whom."""
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            self.env["vanban.principal.member"].with_user(self.officer2).search([])

    # ---- names of relations ----

    def test_name_of_a_relation_tells_no_subject(self):
        """Clients get the name of a many2one with the rights of the superuser."""
        Wizard = self.env["vanban.document.submit"]
        for user in self.outsiders:
            wizard = Wizard.with_user(user).create({"document_id": self.draft.id})
            wizard.invalidate_recordset()
            self._names_nothing(wizard.read(["document_id"]))
            spec = {"document_id": {"fields": {"display_name": {}}}}
            self._names_nothing(wizard.web_read(spec))
            self._names_nothing(wizard.onchange({}, [], {**spec, "company_id": {}}))

    def test_who_sees_it_reads_its_name_in_relations(self):
        wizard = (
            self.env["vanban.document.submit"]
            .with_user(self.officer)
            .create({"document_id": self.draft.id})
        )
        self.assertIn(WORD, str(wizard.read(["document_id"])))

    def test_line_of_a_register_tells_the_number_only(self):
        """HT-4.2a: officers look up which numbers are given."""
        entry = self._create_registered(subject=WORD).register_entry_id
        for user, sees in ((self.officer, False), (self.clerk, True)):
            entry.invalidate_recordset()
            values = entry.with_user(user).read(["number", "document_id"])
            self.assertEqual(WORD in str(values), sees, user.login)

    def test_duplicate_is_named_only_to_who_sees_it(self):
        """HCM-6.3a"""
        first = self._create_registered(subject=WORD)
        symbol = first.symbol
        self._hide(first)
        again = self._create_incoming(symbol=symbol)
        self.env.invalidate_all()
        self.assertEqual(again.duplicate_id, first)
        self._names_nothing(again.read(["duplicate_id"]))

    def _hide(self, document):
        """Make a registered document secret, which no action does."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE vanban_document SET is_secret = true, is_open = false,"
            " secrecy = 'secret' WHERE id = %s",
            [document.id],
        )
        self.env.cr.execute(
            "DELETE FROM vanban_document_principal_rel WHERE document_id = %s",
            [document.id],
        )
        self.env.invalidate_all()

    def test_error_in_debug_mode_tells_no_subject(self):
        """The framework lists the refused records by name."""
        Rule = self.env["ir.rule"].with_user(self.officer2)
        with mute_logger(*QUIET):
            error = Rule._make_access_error("read", self.draft.with_user(self.officer2))
        self._names_nothing(error)
        self._names_nothing(self.draft.with_user(self.officer2).sudo().display_name)

    def test_case_file_takes_in_what_its_keeper_sees_only(self):
        """HT-4.2c: closing it would name the documents in it."""
        Case = self.env["vanban.case"].with_user(self.officer2)
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            Case.create({"title": "A", "document_ids": [(6, 0, self.draft.ids)]})
        case = Case.create({"title": "A"})
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            case.document_ids = [(4, self.draft.id)]
        case.sudo().write({"document_ids": [(4, self.draft.id)]})
        case.invalidate_recordset()
        self.assertFalse(case.document_ids)
        with self.assertRaises(UserError) as refused:
            case.action_close()
        self._names_nothing(refused.exception)

    def test_document_goes_into_a_case_file_that_one_sees_only(self):
        case = self.env["vanban.case"].with_user(self.officer2).create({"title": "A"})
        mine = self._create_draft()
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            mine.case_ids = [(4, case.id)]
        case.member_ids = self.officer
        mine.case_ids = [(4, case.id)]
        self.assertEqual(case.sudo().document_ids, mine)

    def test_defaults_pass_no_guard(self):
        """A context, or a saved default, is the client's word as the values are."""
        first = self._create_registered()
        case = self.env["vanban.case"].with_user(self.officer2).create({"title": "A"})
        Document = self.env["vanban.document"].with_user(self.clerk)
        values = {"direction": "incoming", "subject": "x"}
        guarded = {
            "default_state": "done",
            "default_outcome": "noted",
            "default_register_number": 77,
            "default_answered_by_ids": [(6, 0, first.ids)],
            "default_principal_keys": [1],
        }
        document = Document.with_context(**guarded).create(values).sudo()
        self.assertEqual(document.state, "received")
        self.assertFalse(document.outcome)
        self.assertFalse(document.register_number)
        self.assertFalse(document.answered_by_ids)
        self.assertEqual(document.principal_keys, document.principal_ids.ids)
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            Document.with_context(default_case_ids=[(6, 0, case.ids)]).create(values)
        draft = Document.with_context(default_answers_ids=[(6, 0, document.ids)])
        with self.assertRaises(UserError):
            draft.create({"direction": "outgoing"})

    # ---- chatter ----

    def test_chatter_is_closed(self):
        """HT-4.2c"""
        domain = [("model", "=", "vanban.document"), ("res_id", "=", self.draft.id)]
        for Message in self._each("mail.message"):
            self.assertFalse(Message.search(domain))
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                Message.browse(self.message.id).read(["body"])

    def test_nobody_outside_writes_follows_or_plans_on_it(self):
        """HT-4.2c"""
        for user in self.outsiders:
            draft = self.draft.with_user(user)
            self.assertFalse(draft.message_subscribe(user.partner_id.ids))
            for call in (
                lambda draft=draft: draft.message_post(body="x"),
                lambda draft=draft: draft.message_subscribe(self.leader.partner_id.ids),
                lambda draft=draft: draft.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=draft.env.uid
                ),
                lambda draft=draft: draft.env["mail.message"].create(
                    {"model": draft._name, "res_id": draft.id, "body": "x"}
                ),
                lambda draft=draft: draft.env["mail.followers"].create(
                    {
                        "res_model": draft._name,
                        "res_id": draft.id,
                        "partner_id": draft.env.user.partner_id.id,
                    }
                ),
            ):
                with (
                    self.subTest(user.login),
                    self.assertRaises(AccessError),
                    mute_logger(*QUIET),
                ):
                    call()
        self.assertNotIn(
            self.officer2.partner_id, self.draft.sudo().message_partner_ids
        )

    def test_drafter_lets_nobody_follow_who_does_not_see_it(self):
        """HT-4.2c"""
        draft = self._create_draft()
        people = self.officer2 | self.leader
        draft.message_subscribe((people.partner_id | self.issuer).ids)
        followers = draft.sudo().message_partner_ids
        self.assertIn(self.leader.partner_id, followers)
        self.assertFalse(followers & (self.officer2.partner_id | self.issuer))

    def test_record_of_a_correction_is_not_altered(self):
        """design §4.7: who, when, old, new"""
        document = self._create_registered()
        self.env.cr.flush()
        clerk = document.with_user(self.clerk).with_context(
            tracking_disable=False, mail_notrack=False
        )
        clerk.subject = "Đã sửa"
        self.env.flush_all()
        self.env.cr.flush()
        document.invalidate_recordset()
        notes = document.sudo().message_ids.filtered("tracking_value_ids")
        self.assertTrue(notes)
        notes = notes.with_user(self.clerk)
        with self.assertRaises(UserError):
            notes.write({"body": "x"})
        with self.assertRaises(UserError):
            notes.unlink()
        with self.assertRaises(UserError):
            notes.with_context(_force_unlink=True).unlink()

    # ---- attachments ----

    def test_attachment_is_closed(self):
        """HT-4.2c"""
        for Attachment in self._each("ir.attachment"):
            mine = Attachment.browse(self.attachment.id)
            self.assertFalse(Attachment.search([("id", "=", mine.id)]))
            for call in (
                lambda mine=mine: mine.read(["datas"]),
                lambda mine=mine: mine.read(["name"]),
                lambda mine=mine: mine.copy(),
                lambda mine=mine: mine.generate_access_token(),
                lambda mine=mine: mine.write({"public": True}),
            ):
                with self.assertRaises(UserError), mute_logger(*QUIET):
                    call()

    def test_attachment_cannot_be_taken_along_by_a_message(self):
        """A message on an open document would carry it to who reads the message."""
        own = self._create_draft(user=self.officer2)
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            own.message_post(body="x", attachment_ids=self.attachment.ids)

    def test_working_files_stay_with_the_way_after_approval_and_issue(self):
        """HT-4.2c: who sees the document then does not see its drafts."""
        document = self._create_approved()
        draft = document.sudo().file_ids.filtered(lambda f: f.role == "draft")
        for state in ("approved", "issued"):
            with self.subTest(state):
                self.assertEqual(document.state, state)
                self.env.invalidate_all()
                mine = document.with_user(self.clerk)
                self.assertEqual(mine.file_ids.mapped("role"), ["signed"])
                self.assertNotEqual(
                    mine.message_main_attachment_id, draft.attachment_id
                )
                with self.assertRaises(AccessError), mute_logger(*QUIET):
                    draft.attachment_id.with_user(self.clerk).read(["datas"])
                with self.assertRaises(AccessError), mute_logger(*QUIET):
                    draft.with_user(self.clerk).read(["content"])
                self.assertTrue(draft.with_user(self.officer).content)
                self.assertTrue(draft.attachment_id.with_user(self.officer).datas)
                self.assertFalse(mine.review_ids)
                self.assertFalse([n for n in mine.get_way() if n["key"][0] == "v"])
            if state == "approved":
                document.action_issue()

    # ---- a secret document ----

    def test_secret_document_refuses_a_file_by_every_door(self):
        """HT-2a"""
        register = self.env["vanban.register"].search(
            [("company_id", "=", self.agency.id), ("secret", "=", True)]
        )
        register.keeper_ids = self.clerk
        secret = self._create_incoming(files=0, subject=False, secrecy="secret")
        env = secret.env
        target = {"res_model": "vanban.document", "res_id": secret.id}
        content = {"name": "a.pdf", "datas": base64.b64encode(make_pdf())}
        loose = env["ir.attachment"].create(content)
        composed = env["ir.attachment"].create(
            {**content, "res_model": "mail.compose.message", "res_id": 0}
        )
        own = self._create_incoming()
        beside = env["ir.attachment"].create(
            {**content, "res_model": "vanban.document", "res_id": own.id}
        )
        doors = {
            "file": lambda: self._add_file(secret),
            "file_ids": lambda: secret.write(
                {"file_ids": [(0, 0, {"name": "a.pdf", "content": content["datas"]})]}
            ),
            "linked file": lambda: secret.write({"file_ids": [(4, own.file_ids.id)]}),
            "moved file": lambda: own.file_ids.write({"document_id": secret.id}),
            "attachment": lambda: env["ir.attachment"].create({**content, **target}),
            "id as text": lambda: env["ir.attachment"].create(
                {**content, **target, "res_id": str(secret.id)}
            ),
            "both later": lambda: loose.write(target),
            "id later": lambda: beside.write({"res_id": secret.id}),
            "copy": lambda: beside.copy({"res_id": secret.id}),
            "posted": lambda: secret.message_post(
                body="x", attachments=[("a.pdf", make_pdf())]
            ),
            "posted id": lambda: secret.message_post(
                body="x", attachment_ids=composed.ids
            ),
            "posted other": lambda: secret.message_post(
                body="x", attachment_ids=beside.ids
            ),
            "main": lambda: secret.write({"message_main_attachment_id": loose.id}),
        }
        for name, door in doors.items():
            with (
                self.subTest(name),
                self.assertRaises(UserError),
                mute_logger(*QUIET),
            ):
                door()
                env.flush_all()
        self.assertFalse(secret.sudo().file_ids)
        self.assertFalse(
            env["ir.attachment"]
            .sudo()
            .search([("res_id", "=", secret.id), ("res_model", "=", secret._name)])
        )
        self.assertTrue(secret.message_post(body="Đã chuyển bản giấy"))
