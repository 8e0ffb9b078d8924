from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessDenied, UserError
from odoo.tests import new_test_user, tagged

from .common import VanbanCommon

GOOD = "Sông dài, mây trắng"


@tagged("post_install", "-at_install")
class TestPasswords(VanbanCommon):
    def setUp(self):
        super().setUp()
        self.is_demo = self.startPatcher(
            patch.object(
                type(self.env["res.users"]), "_vanban_is_demo", return_value=False
            )
        )

    def _log_in(self, user, password):
        return self.env["res.users"]._login(
            {"login": user.login, "password": password, "type": "password"},
            {"interactive": True},
        )

    def test_administrator_gives_no_default_password(self):
        """A password everybody knows is refused, by every way of setting one."""
        for bad in ("office_head", "OFFICE_HEAD", "admin", "123456", " 1 "):
            person = self.office_head.with_user(self.admin)
            with self.subTest(bad), self.assertRaises(UserError):
                person.password = bad
            with self.subTest(bad), self.assertRaises(UserError):
                person._change_password(bad)
        with self.assertRaises(UserError):
            self.env["res.users"].with_user(self.admin).create(
                {"name": "Người mới", "login": "nguoi.moi", "password": "nguoi.moi"}
            )

    def test_user_chooses_no_default_password(self):
        self.clerk.password = GOOD
        own = self.env["res.users"].with_user(self.clerk)
        with self.assertRaises(UserError):
            own.change_password(GOOD, "clerk")
        own.change_password(GOOD, GOOD * 2)
        self.assertTrue(self._log_in(self.clerk, GOOD * 2))

    def test_wizard_refuses_and_changes_nothing(self):
        self.clerk.password = GOOD
        wizard = (
            self.env["change.password.wizard"]
            .with_user(self.admin)
            .create(
                {
                    "user_ids": [
                        Command.create(
                            {
                                "user_id": self.clerk.id,
                                "user_login": "clerk",
                                "new_passwd": "password",
                            }
                        )
                    ]
                }
            )
        )
        with self.assertRaises(UserError):
            wizard.change_password_button()
        self.assertTrue(self._log_in(self.clerk, GOOD))

    def test_nobody_logs_in_with_a_default_password(self):
        """An account a program made with its login as password cannot be used."""
        person = new_test_user(self.env, "nguoi.dung.moi", password="nguoi.dung.moi")
        with self.assertRaises(AccessDenied) as caught:
            self._log_in(person, "nguoi.dung.moi")
        self.assertNotEqual(caught.exception.args, AccessDenied().args)
        with self.assertRaises(AccessDenied):
            self.env["res.users"]._check_uid_passwd(person.id, "nguoi.dung.moi")
        person.password = GOOD
        self.assertTrue(self._log_in(person, GOOD))
        self.env["res.users"]._check_uid_passwd(person.id, GOOD)

    def test_wrong_password_says_no_more_than_before(self):
        with self.assertRaises(AccessDenied) as caught:
            self._log_in(self.clerk, "sai mật khẩu")
        self.assertEqual(caught.exception.args, AccessDenied().args)

    def test_demo_accounts_take_their_login(self):
        self.is_demo.return_value = True
        person = self.clerk.with_user(self.admin)
        person.password = "clerk"
        self.assertTrue(self._log_in(self.clerk, "clerk"))
        self.env["res.users"]._check_uid_passwd(self.clerk.id, "clerk")


@tagged("post_install", "-at_install")
class TestDemoFlag(VanbanCommon):
    def test_demo_flag_is_that_of_the_module(self):
        module = self.env["ir.module.module"]._get("vanban_core")
        for flag in (True, False):
            module.demo = flag
            self.assertEqual(self.env["res.users"]._vanban_is_demo(), flag)
