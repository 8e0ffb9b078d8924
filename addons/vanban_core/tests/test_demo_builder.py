from collections import Counter
from datetime import date
from pathlib import Path
from unittest.mock import patch

from lxml import etree

from odoo.tests import tagged
from odoo.tools import file_path

from ..const import DIRECTIONS, OUTCOMES, ROUTING_ROLES, SECRECIES, STATES, URGENCIES
from ..models.vanban_demo import _Teller
from ..tools.demo_clock import Clock
from .common import VanbanCommon

# where a document stands after its last step of this kind
STATE_AFTER = {
    "receive": "received",
    "register": "registered",
    "return": "returned",
    "route": "processing",
    "resume": "processing",
    "wait": "waiting",
    "finish": "done",
    "draft": "draft",
    "submit": "review",
    "send_back": "draft",
    "cancel": "cancelled",
    "issue": "issued",
    "recall": "recalled",
}


@tagged("post_install", "-at_install")
class TestDemoBuilder(VanbanCommon):
    """The story of the demo agency is whole, without telling it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.story = cls.env["vanban.demo"]._read_story()
        cls.records = {
            model: cls._read_records(model.replace(".", "_"))
            for model in (
                "res.users",
                "res.partner",
                "hr.department",
                "vanban.topic",
            )
        } | {"company": cls._read_records("res_company")}
        cls.logins = set(cls.records["res.users"].values())

    @classmethod
    def _read_records(cls, name):
        """Return login, abbreviation or name of each record of a file, by its id."""
        tree = etree.parse(file_path(f"vanban_core/demo/{name}_demo.xml"))
        return {
            record.get("id"): next(
                (
                    text
                    for field in ("login", "vanban_code", "name")
                    if (text := record.findtext(f"field[@name='{field}']"))
                ),
                None,
            )
            for record in tree.iter("record")
        }

    def _get_steps(self):
        return [(e, s) for e in self.story["documents"] for s in e["steps"]]

    def _get_last_state(self, entry):
        steps = entry["steps"]
        last = [step["do"] for step in steps if step["do"] in STATE_AFTER][-1]
        if last != "submit":
            return STATE_AFTER[last]
        begin = max(i for i, step in enumerate(steps) if step["do"] == "submit")
        agreed = [step for step in steps[begin:] if step["do"] == "approve"]
        whole = len(agreed) == len(steps[begin]["lines"])
        return "approved" if whole else "review"

    def test_all_states_are_shown(self):
        states = {self._get_last_state(e) for e in self.story["documents"]}
        self.assertEqual(states, set(dict(STATES)))
        outcomes = {s["outcome"] for _e, s in self._get_steps() if s["do"] == "finish"}
        self.assertEqual(outcomes | {"answered"}, set(dict(OUTCOMES)))
        self.assertGreater(len(self.story["documents"]), 55)
        self.assertIn(
            "confidential", {e.get("secrecy") for e in self.story["documents"]}
        )

    def test_steps_name_what_exists(self):
        units = {f"unit:{code}" for code in self.records["hr.department"].values()}
        for entry, step in self._get_steps():
            with self.subTest(entry["key"], **step):
                self.assertTrue(hasattr(_Teller, f"_do_{step['do']}"))
                self.assertIn(step["by"], self.logins)
                self.assertIn(step.get("to", step["by"]), self.logins)
                for receiver, role in step.get("lines", []):
                    self.assertIn(receiver, self.logins | units)
                    kinds = {"opinion", "approve", "sign"} | set(dict(ROUTING_ROLES))
                    self.assertIn(role, kinds)
                self.assertLessEqual(step["day"], 0)

    def test_documents_name_what_exists(self):
        keys = Counter(entry["key"] for entry in self.story["documents"])
        self.assertEqual(set(keys.values()), {1})
        partners = (
            self.records["res.partner"]
            | self.records["company"]
            | {"partner_main": "base.main_partner"}
        )
        for entry in self.story["documents"]:
            with self.subTest(entry["key"]):
                self.assertIn(entry["direction"], dict(DIRECTIONS))
                self.assertIn(entry.get("urgency", "normal"), dict(URGENCIES))
                self.assertIn(entry.get("secrecy", "normal"), dict(SECRECIES))
                self.env.ref(f"vanban_core.vanban_document_type_{entry['kind']}")
                named = [entry["issuer"]] if "issuer" in entry else []
                named += [key for key, _kind in entry.get("recipients", [])]
                for key in named:
                    self.assertIn(f"partner_{key}", partners)
                if "topic" in entry:
                    topic = f"topic_{entry['topic']}"
                    self.assertIn(topic, self.records["vanban.topic"])
                if "signer" in entry and entry["direction"] == "outgoing":
                    self.assertIn(entry["signer"], self.story["signing"])
                for other in ("answers", "symbol"):
                    key = entry.get(other, "")
                    if other == "answers" and key:
                        self.assertIn(key, keys)
                    elif key.startswith("@"):
                        self.assertIn(key[1:], keys)

    def test_case_files_name_what_exists(self):
        keys = {entry["key"] for entry in self.story["documents"]}
        for case in self.story["cases"]:
            self.assertLessEqual({case["owner"], *case["members"]}, self.logins)
            self.assertLessEqual(set(case["documents"]), keys)

    def test_steps_are_in_order_and_so_are_numbers(self):
        for entry in self.story["documents"]:
            moments = [(step["day"], step["time"]) for step in entry["steps"]]
            self.assertEqual(moments, sorted(moments), entry["key"])

    def test_days_are_counted_from_monday_to_friday(self):
        clock = Clock(self.env)
        for today, back, expected in (
            (date(2026, 3, 4), 0, date(2026, 3, 4)),  # a Wednesday
            (date(2026, 3, 4), -2, date(2026, 3, 2)),
            (date(2026, 3, 4), -3, date(2026, 2, 27)),
            (date(2026, 3, 8), 0, date(2026, 3, 6)),  # a Sunday
            (date(2026, 3, 8), -5, date(2026, 2, 27)),
            (date(2026, 3, 8), -6, date(2026, 2, 26)),
        ):
            with patch.object(
                type(self.env["res.company"]), "_vanban_today", return_value=today
            ):
                self.assertEqual(clock.get_day(back), expected)

    def test_every_demo_file_is_loaded(self):
        manifest = self.env["ir.module.module"].get_module_info("vanban_core")
        folder = Path(file_path("vanban_core/demo"))
        files = {f"demo/{path.name}" for path in folder.glob("*.xml")}
        self.assertEqual(files, set(manifest["demo"]))

    def test_no_demo_account_without_demo_data(self):
        if self.env["res.users"]._vanban_is_demo():
            self.skipTest("the database has the demo agency")
        found = self.env["res.users"].search_count([("login", "in", [*self.logins])])
        self.assertFalse(found)
