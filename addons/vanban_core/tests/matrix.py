import csv
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase
from odoo.tools import mute_logger


class MatrixCase(HttpCase):
    """Role × model × operation by JSON-2, as another program would call.

    ``table`` names a CSV beside the test that says what is expected of each cell;
    ``records`` are what its operations name. Each call is undone.
    """

    table = None
    records = {}

    @classmethod
    def _read_table(cls):
        """Read the cells; give each role, a user of the class, a key."""
        with cls.table.open(newline="", encoding="utf-8") as file:
            cls.cells = list(csv.DictReader(file))
        cls.keys = {
            role: cls._create_key(role) for role in {cell["role"] for cell in cls.cells}
        }

    @classmethod
    def _create_key(cls, role):
        keys = cls.env["res.users.apikeys"].with_user(getattr(cls, role))
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        # administrators alone may give a key such a scope and time; the test may
        return keys.sudo()._generate("rpc", "test", tomorrow)

    def _get_call(self, model, operation):
        """Return the method and the arguments of an operation; a hook."""
        raise TypeError(operation)

    def _call(self, role, model, operation):
        """Call as a client would, undo it, and return the HTTP status and answer."""
        method, body = self._get_call(model, operation)
        with self.env.cr.savepoint() as savepoint:
            answer = self.url_open(
                f"/json/2/{model}/{method}",
                method="POST",
                json=body,
                headers={"Authorization": f"Bearer {self.keys[role]}"},
            )
            savepoint.rollback()
        self.env.invalidate_all()
        return answer.status_code, answer.json()

    def _is_allowed(self, role, model, operation):
        """Was it done? Refusals are answers of Odoo, never an error of the program."""
        status, answer = self._call(role, model, operation)
        if status == 200:
            return bool(answer) if operation.startswith("search_read") else True
        self.assertIn(status, (403, 404, 422), f"{answer.get('name')}: {answer}"[:900])
        return False

    def _check(self, *models):
        cells = [cell for cell in self.cells if cell["model"] in models]
        self.assertTrue(cells)
        logger = "odoo.http", "odoo.addons.base.models.ir_rule"
        for cell in cells:
            role, model = cell["role"], cell["model"]
            with (
                self.subTest(role=role, model=model, operation=cell["operation"]),
                mute_logger(*logger),
            ):
                done = self._is_allowed(role, model, cell["operation"])
                self.assertEqual("allow" if done else "deny", cell["expected"])

    def _check_table(self, module):
        """Check that each cell is there once, and that no model is left out."""
        cells = {(c["role"], c["model"], c["operation"]) for c in self.cells}
        operations = {(c["model"], c["operation"]) for c in self.cells}
        self.assertEqual(len(cells), len(self.cells))
        self.assertEqual(len(cells), len(self.keys) * len(operations))
        ours = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("vanban.")
            and model._original_module == module
            and not model._abstract
        }
        self.assertFalse(ours - {c["model"] for c in self.cells})
