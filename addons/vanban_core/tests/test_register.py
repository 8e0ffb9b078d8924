from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from .common import VanbanCommon


@tagged("post_install", "-at_install")
class TestRegister(VanbanCommon):
    """The numbers of the registers (design §4.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.incoming = cls._get_register("incoming")
        cls.outgoing = cls._get_register("outgoing")

    @classmethod
    def _get_register(cls, direction, secret=False, agency=None):
        return cls.env["vanban.register"].search(
            [
                ("company_id", "=", (agency or cls.agency).id),
                ("direction", "=", direction),
                ("secret", "=", secret),
            ]
        )

    def _create_series(self, *kinds, **values):
        return self.env["vanban.register"].create(
            {
                "name": "Sổ riêng",
                "direction": "outgoing",
                "company_id": self.agency.id,
                "type_ids": [(6, 0, [kind.id for kind in kinds])],
                **values,
            }
        )

    # ---- the ledger ----

    def test_each_agency_has_its_books(self):
        """BS-14.2a"""
        books = self.env["vanban.register"].search(
            [("company_id", "=", self.other_agency.id)]
        )
        self.assertEqual(
            sorted((b.direction, b.secret) for b in books),
            [("incoming", False), ("incoming", True), ("outgoing", False)],
        )

    def test_numbers_follow_each_other_in_one_register(self):
        """HT-7.2c"""
        documents = [self._create_registered() for _n in range(3)]
        self.assertEqual([d.register_number for d in documents], [1, 2, 3])
        self.assertEqual(self._create_issued().register_number, 1)
        entries = self.env["vanban.register.entry"].search(
            [("register_id", "=", self.incoming.id)], order="number"
        )
        self.assertEqual([e.document_id for e in entries], documents)

    def test_several_registered_at_once_get_one_number_each(self):
        """HT-7.2c"""
        documents = self.env["vanban.document"].union(
            *(self._create_incoming() for _n in range(4))
        )
        documents.with_user(self.clerk).action_register()
        self.assertEqual(sorted(documents.mapped("register_number")), [1, 2, 3, 4])

    def test_refused_registration_takes_no_number(self):
        """design §4.1: no gap"""
        good, bad = self._create_incoming(), self._create_incoming(issuer_id=False)
        with self.assertRaises(UserError):
            (good | bad).action_register()
        self.assertFalse(good.register_entry_id)
        good.action_register()
        self.assertEqual(good.register_number, 1)

    def test_start_number_continues_a_paper_book(self):
        """HT-7.2c"""
        self.incoming.start_number = 128
        self.assertEqual(self.incoming.next_number, 128)
        self.assertEqual(self._create_registered().register_number, 128)
        self.assertEqual(self._create_registered().register_number, 129)
        self.incoming.start_number = 1
        self.assertEqual(self._create_registered().register_number, 130)

    def test_series_starts_again_each_year_in_vietnam(self):
        """HT-7.2c: the year turns at midnight in Ho Chi Minh City."""
        with freeze_time("2026-12-31 16:59:00"):
            self.assertEqual(self._create_registered().register_number, 1)
            last = self._create_registered()
        self.assertEqual(last.register_date, date(2026, 12, 31))
        with freeze_time("2026-12-31 17:00:00"):
            self.incoming.invalidate_recordset()
            self.assertEqual(self.incoming.next_number, 1)
            first = self._create_registered()
        self.assertRecordValues(
            first, [{"register_number": 1, "register_date": date(2027, 1, 1)}]
        )

    def test_series_that_is_not_yearly_goes_on(self):
        """HT-7.2c"""
        self.incoming.yearly = False
        with freeze_time("2026-12-30 03:00:00"):
            self._create_registered()
        with freeze_time("2027-01-04 03:00:00"):
            self.incoming.invalidate_recordset()
            self.assertEqual(self.incoming.next_number, 2)
            self.assertEqual(self._create_registered().register_number, 2)

    def test_next_number_shown_is_the_number_given(self):
        """HT-7.2c"""
        document = self._create_incoming()
        expected = document.expected_number
        document.action_register()
        self.assertEqual(document.register_number, expected)

    def test_voided_number_is_not_given_again(self):
        """design §4.1"""
        entry = self._create_registered().register_entry_id
        entry._vanban_in_action().write({"state": "voided", "void_reason": "Nhầm"})
        self.env.flush_all()
        self.assertEqual(self._create_registered().register_number, 2)

    def test_same_number_twice_is_impossible(self):
        """design §4.1: the database refuses it."""
        entry = self._create_registered().register_entry_id.sudo()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            entry._vanban_in_action().create(
                {
                    "register_id": entry.register_id.id,
                    "company_id": entry.company_id.id,
                    "year": entry.year,
                    "number": entry.number,
                    "date": entry.date,
                    "state": "used",
                }
            )

    def test_line_of_a_register_is_never_changed(self):
        """design §4.1"""
        entry = self._create_registered().register_entry_id
        for user in (self.clerk, self.leader, self.admin):
            mine = entry.with_user(user)
            with self.subTest(user.login), self.assertRaises(UserError):
                mine.write({"number": 7})
            with self.subTest(user.login), self.assertRaises(UserError):
                mine.unlink()
            with self.subTest(user.login), self.assertRaises(UserError):
                mine.with_context(_force_unlink=True, vanban_action=True).unlink()
            with self.subTest(user.login), self.assertRaises(UserError):
                mine.create({"register_id": self.incoming.id, "number": 9})

    # ---- series ----

    def test_kinds_with_a_register_of_their_own_have_their_own_numbers(self):
        """HT-7.2c"""
        series = self._create_series(self.kind, start_number=41)
        decision = self._create_issued(document_type_id=self.kind.id)
        letter = self._create_issued()
        self.assertRecordValues(
            decision | letter,
            [
                {"register_id": series.id, "register_number": 41},
                {"register_id": self.outgoing.id, "register_number": 1},
            ],
        )

    def test_what_a_register_takes_is_never_of_yesterday(self):
        """HT-7.2c: books are kept in memory until one changes."""
        kind = self.kind.copy({"name": "Kind of a day"})
        series = self._create_series(kind)
        find, paper = self.env["vanban.register"]._find_for, self._create_draft()
        self.assertEqual(find(paper), self.outgoing)
        series.type_ids = paper.document_type_id
        self.assertEqual(find(paper), series)
        series.type_ids = kind
        self.assertEqual(find(paper), self.outgoing)
        self.outgoing.active = False
        kind.unlink()
        self.assertEqual(find(paper), series)
        series.unlink()
        with self.assertRaises(UserError):
            find(paper)

    def test_register_of_other_kinds_is_refused(self):
        """HT-7.2c"""
        series = self._create_series(self.kind)
        letter = self._create_approved()
        letter.register_id = series
        with self.assertRaises(UserError):
            letter.action_issue()
        letter.register_id = self.outgoing
        letter.action_issue()
        self.assertEqual(letter.state, "issued")

    def test_closed_register_is_refused(self):
        series = self._create_series()
        letter = self._create_approved(register_id=False)
        letter.register_id = series
        series.active = False
        with self.assertRaises(UserError):
            letter.action_issue()

    def test_agency_without_a_fitting_register_is_told_so(self):
        self.outgoing.active = False
        letter = self._create_approved()
        with self.assertRaisesRegex(UserError, self.agency.name):
            letter.action_issue()
        self.assertFalse(letter.expected_number)

    def test_register_of_another_direction_agency_or_secrecy_is_refused(self):
        """HT-2a"""
        document = self._create_incoming()
        for register in (
            self.outgoing,
            self._get_register("incoming", agency=self.other_agency),
            self._get_register("incoming", secret=True),
        ):
            with self.subTest(register.name), self.assertRaises(UserError):
                document.register_id = register
                document.flush_recordset()

    def test_registered_document_stays_in_its_register(self):
        other = self._create_series(direction="incoming")
        document = self._create_registered()
        with self.assertRaises(UserError):
            document.register_id = other

    # ---- settings ----

    def test_pattern_holds_whole_placeholders_only(self):
        """BS-14.2a"""
        for pattern in (
            "{number:>99999999}",
            "{number.__class__}",
            "{nummer}",
            "{0}",
            "{",
            "QĐ-UBND",
            "{agency}",
        ):
            with self.subTest(pattern), self.assertRaises(ValidationError):
                self.outgoing.pattern = pattern
                self.outgoing.flush_recordset()
        self.outgoing.pattern = "{number}/{year}/{type}-{agency}"

    def test_pattern_of_the_register_makes_the_symbol(self):
        """BS-14.2a"""
        self.outgoing.write({"pattern": "{number}/{agency}/{unit}", "start_number": 9})
        self.assertEqual(self._create_issued().symbol, "09/UBND/TH")

    def test_series_starts_at_one_or_later(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.incoming.start_number = 0
            self.incoming.flush_recordset()

    def test_used_register_keeps_what_its_numbers_rest_on(self):
        """design §4.1: another year, agency or direction would give numbers twice."""
        self._create_registered()
        for values in (
            {"yearly": False},
            {"direction": "outgoing"},
            {"company_id": self.other_agency.id},
            {"secret": True},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self.incoming.with_user(self.admin).write(values)
        self.incoming.with_user(self.admin).write({"yearly": True, "name": "Sổ đến"})
        with self.assertRaises(UserError):
            self.incoming.unlink()

    @users("vb_admin")
    def test_administrator_keeps_registers(self):
        """HT-7.2c"""
        form = Form(self.env["vanban.register"].with_company(self.agency))
        form.name = "Sổ quyết định"
        form.direction = "outgoing"
        self.assertEqual(form.save().next_number, 1)

    def test_nobody_else_keeps_registers(self):
        for user in (self.clerk, self.leader, self.office_head, self.officer):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.incoming.with_user(user).write({"start_number": 5})

    # ---- secret ----

    def test_secret_documents_have_a_book_of_their_own(self):
        """HT-2a"""
        register = self._get_register("incoming", secret=True)
        register.keeper_ids = self.clerk
        self._create_registered()
        secret = self._create_registered(files=0, subject=False, secrecy="confidential")
        self.assertRecordValues(
            secret,
            [{"register_id": register.id, "register_number": 1, "subject": False}],
        )
        self.assertFalse(secret.sudo().routing_ids)

    def test_document_becomes_neither_secret_nor_open_in_its_book(self):
        """HT-2a"""
        register = self._get_register("incoming", secret=True)
        register.keeper_ids = self.clerk
        open_one = self._create_registered()
        secret = self._create_registered(files=0, subject=False, secrecy="secret")
        for document, secrecy in ((open_one, "secret"), (secret, "normal")):
            with self.subTest(secrecy), self.assertRaises(UserError):
                document.secrecy = secrecy
                document.flush_recordset()
