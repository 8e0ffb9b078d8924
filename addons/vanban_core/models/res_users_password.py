from odoo import api, fields, models
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request

# What everybody tries first; compared without case.
COMMON_PASSWORDS = frozenset(
    {
        "0",
        "00000000",
        "1",
        "11111111",
        "123",
        "1234",
        "12345",
        "123456",
        "1234567",
        "12345678",
        "123456789",
        "1234567890",
        "88888888",
        "abc123",
        "abcd1234",
        "admin",
        "admin123",
        "admin@123",
        "administrator",
        "demo",
        "matkhau",
        "odoo",
        "p@ssw0rd",
        "password",
        "qwerty",
        "root",
        "test",
        "user",
        "vanban",
        "vanthu",
    }
)


class ResUsers(models.Model):
    """Passwords that everybody knows are neither set nor used.

    A database made with the demo agency takes them: its accounts are there to be
    tried. Programs that make accounts as superuser outside a request (installer,
    migration) may give any; nobody can log in with one, though.
    """

    _inherit = "res.users"

    vanban_password_issued = fields.Boolean(
        string="Issued password not changed",
        readonly=True,
        copy=False,
        groups="vanban_core.group_admin",
        help="Somebody else gave the password, and knows it.",
    )

    @api.model
    def _vanban_is_default_password(self, login, password):
        """Is this the login itself or a password that everybody tries first?"""
        if self._vanban_is_demo():
            return False
        known = (password or "").strip().casefold()
        return known in COMMON_PASSWORDS or known == (login or "").strip().casefold()

    @api.model
    def _vanban_is_demo(self):
        return self.env["ir.module.module"].sudo()._get("vanban_core").demo

    def _vanban_check_password(self, password):
        """Refuse a default password.

        :raise UserError: the login, or one of the commonest
        """
        if any(self._vanban_is_default_password(u.login, password) for u in self):
            raise UserError(
                self.env._(
                    "Choose another password: this one is the login or one that "
                    "everybody tries first."
                )
            )

    def _change_password(self, new_passwd):
        self._vanban_check_password(new_passwd)
        return super()._change_password(new_passwd)

    def _set_password(self):
        if request or not self.env.su:
            for user in self:
                user._vanban_check_password(user.password)
        result = super()._set_password()
        # one chooses one's own as oneself, or by a link sent to one as nobody yet
        chooser = self.env.user
        for user in self.sudo():
            user.vanban_password_issued = user != chooser and not chooser._is_public()
        return result

    def _login(self, credential, user_agent_env):
        if (
            credential.get("type") == "password"
            and (user_agent_env or {}).get("interactive", True)
            and self._vanban_is_default_password(
                credential.get("login"), credential.get("password")
            )
        ):
            raise AccessDenied(self._vanban_default_password_message())
        return super()._login(credential, user_agent_env)

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        if self._vanban_is_default_password(self.browse(uid).sudo().login, passwd):
            raise AccessDenied(self._vanban_default_password_message())
        return super()._check_uid_passwd(uid, passwd)

    @api.model
    def _vanban_default_password_message(self):
        return self.env._(
            "Nobody can log in with a default password: the administrator gives the "
            "account another one."
        )
