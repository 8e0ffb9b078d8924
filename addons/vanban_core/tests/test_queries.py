from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.vanban_document_access import Found
from .common import VanbanCommon

LIST = {
    "register_number": {},
    "register_date": {},
    "symbol": {},
    "subject": {},
    "issuer_name": {},
    "urgency": {},
    "deadline": {},
    "is_overdue": {},
    "state": {},
    "where_text": {},
    "document_type_id": {"fields": {"display_name": {}}},
}


@tagged("post_install", "-at_install")
class TestQueries(VanbanCommon):
    """The number of queries does not grow with the number of documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.few = cls._create_many(5)

    @classmethod
    def _create_many(cls, count):
        documents = cls.env["vanban.document"].union(
            *(cls._create_incoming() for _n in range(count))
        )
        documents.with_user(cls.clerk).action_register()
        documents.with_user(cls.office_head).action_route(
            [{"user_id": cls.officer.id, "role": "lead"}]
        )
        return documents

    def _count_queries(self, call):
        call()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before

    @contextmanager
    def _counted(self):
        """Give an object with the ``count`` of queries, as of a request of its own."""
        self.env.cr.flush()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        counted = SimpleNamespace()
        yield counted
        self.env.cr.flush()
        counted.count = self.env.cr.sql_log_count - before

    def _check_constant(self, call):
        few = self._count_queries(call)
        self._create_many(20)
        self.assertLessEqual(self._count_queries(call), few)
        return few

    def test_list_asks_as_often_for_many_as_for_few(self):
        """HT-8.4"""
        domain = [("direction", "=", "incoming")]
        for user in (self.clerk, self.officer):
            Document = self.env["vanban.document"].with_user(user)
            with self.subTest(user.login):
                queries = self._check_constant(
                    partial(Document.web_search_read, domain, LIST)
                )
                self.assertLess(queries, 25)

    def test_desk_asks_as_often_for_many_as_for_few(self):
        """HT-3.2b"""
        Desk = self.env["vanban.desk"].with_user(self.officer)
        self.assertLess(self._check_constant(Desk.get_desk), 60)

    def test_desk_of_the_administrator_asks_a_bounded_number_of_times(self):
        """HT-3.2b"""
        Desk = self.env["vanban.desk"].with_user(self.admin)
        self.assertLess(self._count_queries(Desk.get_desk), 30)

    def test_register_asks_a_bounded_number_of_times_for_each(self):
        """HT-7.2c: 300 documents a day"""
        counts = []
        for count in (5, 20):
            documents = self.env["vanban.document"].union(
                *(self._create_incoming() for _n in range(count))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            documents.with_user(self.clerk).action_register()
            self.env.flush_all()
            counts.append((self.env.cr.sql_log_count - before) / count)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLess(counts[1], 60)

    def test_entering_and_registering_one_ask_no_more_than_they_did(self):
        """HT-7.2c: each query more is felt 300 times a day"""
        env = self.env(
            user=self.clerk.id, context={"allowed_company_ids": self.agency.ids}
        )
        values = {
            "direction": "incoming",
            "issuer_id": self.issuer.id,
            "date": self.agency._vanban_today(),
            "document_type_id": self.kind.id,
            "subject": "Về việc kiểm tra",
        }
        # the first round fills what is kept from one request to the next
        for symbol in ("900/QĐ-BM", "901/QĐ-BM"):
            with self._counted() as entering:
                document = env["vanban.document"].create({**values, "symbol": symbol})
            self._add_file(document)
            with self._counted() as registering:
                document.action_register()
        self.assertLessEqual(entering.count, 4)
        self.assertLessEqual(registering.count, 12)

    def test_chatter_of_a_new_document_is_empty_and_only_the_drafter_follows(self):
        """design §4.7: the chatter is for talk and corrections"""
        Document = self.env(context={})["vanban.document"]
        incoming = Document.with_user(self.clerk).create({"direction": "incoming"})
        draft = Document.with_user(self.officer).create({"direction": "outgoing"})
        incoming, draft = incoming.sudo(), draft.sudo()
        self.assertFalse(incoming.message_ids | draft.message_ids)
        self.assertFalse(incoming.message_partner_ids)
        self.assertEqual(draft.message_partner_ids, self.officer.partner_id)
        self.env.cr.flush()  # a correction is one of a later request
        incoming.symbol = "902/QĐ-BM"
        self.env.cr.flush()
        incoming.invalidate_recordset()
        self.assertTrue(incoming.message_ids.tracking_value_ids)

    def test_only_an_open_window_is_told_to_refresh(self):
        """HT-3.2"""
        presence = self.env["mail.presence"].create({"user_id": self.officer.id})
        channel = f'"res.partner",{self.officer.partner_id.id}]'
        for status, told in (("offline", False), ("away", True), ("online", True)):
            presence.status = status
            self.env.cr.precommit.run()
            before = self.env["bus.bus"].sudo().search([])
            (self.officer | self.officer2)._vanban_notify_desk()
            self.env.cr.precommit.run()
            sent = self.env["bus.bus"].sudo().search([]) - before
            with self.subTest(status):
                self.assertEqual(len(sent), int(told))
                self.assertEqual(channel in "".join(sent.mapped("channel")), told)

    def test_no_client_can_say_that_the_rules_found_a_document(self):
        """What a list has just found is not asked for again."""
        closed = self._create_incoming()
        Document = self.env["vanban.document"].with_user(self.officer)
        mine = self.few[:1].with_user(self.officer)
        listed = Document.web_search_read([], {"symbol": {}})["records"]
        self.assertIn(mine.id, [row["id"] for row in listed])
        self.assertNotIn(closed.id, [row["id"] for row in listed])
        claim = [self.officer.id, [closed.id]]
        claimed = Document.browse(closed.id).with_context(vanban_found=claim)
        with self.assertRaises(AccessError):
            claimed.read(["symbol"])
        # nor does it help for anyone or anything else
        found = Found.of(mine)
        with self.assertRaises(AccessError):
            Document.browse(closed.id).with_context(vanban_found=found).read(["symbol"])
        of_another = Found.of(closed.with_user(self.officer2))
        of_others = Found("res.partner", self.officer.id, frozenset(closed.ids))
        for proof in (of_another, of_others):
            claimed = Document.browse(closed.id).with_context(vanban_found=proof)
            self.assertFalse(claimed.has_access("read"))

    def test_names_of_many_ask_as_often_as_of_few(self):
        """Who sees what is asked once for all."""
        Entry = self.env["vanban.register.entry"].with_user(self.clerk)
        entries = Entry.browse(self.few.register_entry_id.ids)
        entries.read(["document_id"])
        few = self._count_queries(
            lambda: Entry.browse(entries[:2].ids).read(["document_id"])
        )
        self.assertEqual(
            self._count_queries(lambda: entries.read(["document_id"])), few
        )
