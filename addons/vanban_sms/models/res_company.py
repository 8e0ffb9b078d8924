import re
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.gateway import NoGateway
from ..tools.http_gateway import HttpGateway, is_allowed_ip

ADMIN = "vanban_core.group_admin"
_HEADER_NAME = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
_HEADER_VALUE = re.compile(r"[\x20-\x7e]+")


class ResCompany(models.Model):
    """Through which gateway an agency sends text messages; only administrators see."""

    _inherit = "res.company"

    vanban_sms_provider = fields.Selection(
        [("none", "None: nothing is sent"), ("http", "By HTTP")],
        string="Gateway for text messages",
        default="none",
        required=True,
        groups=ADMIN,
    )
    # where, and as whom
    vanban_sms_url = fields.Char(
        string="Address of the gateway",
        groups=ADMIN,
        help="https://…; http:// only inside your own network: it shows the token "
        "to whoever listens.",
    )
    vanban_sms_auth = fields.Selection(
        [
            ("none", "None"),
            ("bearer", "Token (Bearer)"),
            ("basic", "User and password (Basic)"),
            ("header", "Header of its own"),
        ],
        string="Authentication",
        default="none",
        required=True,
        groups=ADMIN,
    )
    vanban_sms_auth_name = fields.Char(
        string="Name of the user or of the header", groups=ADMIN
    )
    vanban_sms_secret = fields.Char(
        string="Token or password", copy=False, groups=ADMIN
    )
    # what is sent
    vanban_sms_body = fields.Selection(
        [("json", "As JSON"), ("form", "As a form")],
        string="Kind of request",
        default="json",
        required=True,
        groups=ADMIN,
    )
    vanban_sms_number_field = fields.Char(
        string="Field of the number", default="phone", groups=ADMIN
    )
    vanban_sms_text_field = fields.Char(
        string="Field of the text", default="content", groups=ADMIN
    )
    vanban_sms_sender_field = fields.Char(
        string="Field of the brand name", groups=ADMIN
    )
    vanban_sms_sender = fields.Char(string="Brand name", groups=ADMIN)
    vanban_sms_id_field = fields.Char(
        string="Field of the message's ID",
        groups=ADMIN,
        help="The same when a message is tried again, so that the gateway can tell.",
    )
    vanban_sms_fixed = fields.Text(
        string="Other fields",
        copy=False,
        groups=ADMIN,
        help="Sent with each message; one NAME=VALUE on each line.",
    )
    vanban_sms_number_format = fields.Selection(
        [
            ("0", "Of the country (0912345678)"),
            ("84", "With country code (84912345678)"),
            ("+84", "With + and country code (+84912345678)"),
        ],
        string="Numbers as",
        default="84",
        required=True,
        groups=ADMIN,
    )
    vanban_sms_keep_diacritics = fields.Boolean(
        string="Keep diacritics",
        groups=ADMIN,
        help="A text with diacritics costs as much as two without.",
    )
    vanban_sms_length_max = fields.Integer(
        string="Longest text",
        default=459,
        required=True,
        groups=ADMIN,
        help="Letters; the rest is cut. A message without diacritics is charged once "
        "up to 160, twice up to 306, three times up to 459.",
    )
    # how it answers
    vanban_sms_success_value = fields.Char(
        string="Success is",
        groups=ADMIN,
        help="What the answer says when the gateway has taken the message; empty: any "
        "answer with an HTTP status of 2xx.",
    )
    vanban_sms_success_path = fields.Char(
        string="In the field of the answer",
        groups=ADMIN,
        help="As CodeResult or data.status, of an answer in JSON; empty: anywhere.",
    )

    _vanban_sms_length = models.Constraint(
        "CHECK (vanban_sms_length_max BETWEEN 20 AND 1600)",
        "The longest text has between 20 and 1600 letters.",
    )

    @api.constrains("vanban_sms_provider", "vanban_sms_url")
    def _check_vanban_sms_url(self):
        for company in self.sudo():  # another's change may save an agency as well
            if company.vanban_sms_provider == "http" or company.vanban_sms_url:
                company._vanban_sms_check_url()

    @api.constrains(
        "vanban_sms_provider",
        "vanban_sms_number_field",
        "vanban_sms_text_field",
        "vanban_sms_fixed",
        "vanban_sms_success_path",
        "vanban_sms_success_value",
    )
    def _check_vanban_sms_fields(self):
        for company in self.sudo():  # another's change may save an agency as well
            company._vanban_sms_fixed_fields()
            if company.vanban_sms_provider == "http" and not (
                company.vanban_sms_number_field and company.vanban_sms_text_field
            ):
                raise ValidationError(
                    self.env._("Name the fields of the number and of the text.")
                )
            if company.vanban_sms_success_path and not company.vanban_sms_success_value:
                raise ValidationError(
                    self.env._("Say which value of the answer means success.")
                )

    @api.constrains("vanban_sms_auth", "vanban_sms_auth_name", "vanban_sms_secret")
    def _check_vanban_sms_auth(self):
        for company in self.sudo():  # another's change may save an agency as well
            kind = company.vanban_sms_auth
            name, secret = company.vanban_sms_auth_name, company.vanban_sms_secret
            if kind == "none":
                continue
            if not secret or (kind != "bearer" and not name):
                raise ValidationError(
                    self.env._("Enter all that the authentication needs.")
                )
            if kind == "header" and not _HEADER_NAME.fullmatch(name):
                raise ValidationError(
                    self.env._("A header has a name such as X-Api-Key.")
                )
            if kind != "basic" and not _HEADER_VALUE.fullmatch(secret):
                raise ValidationError(
                    self.env._("A token has neither diacritics nor line breaks.")
                )

    # ---- the gateway ----

    def _vanban_sms_gateways(self):
        """Return the class of each provider; a hook of modules with another one.

        Such a module adds its key to ``vanban_sms_provider`` and its class here.
        """
        return {"none": NoGateway, "http": HttpGateway}

    def _get_sms_api_class(self):
        # never super: that is Odoo's paid service
        self.ensure_one()
        provider = self.sudo().vanban_sms_provider  # who sends does not read settings
        return self._vanban_sms_gateways()[provider]

    def _vanban_sms_gateway(self):
        """Return what hands over the messages of this agency."""
        gateway = self._get_sms_api_class()(self.env)
        gateway._set_company(self)
        return gateway

    # ---- settings ----

    def _vanban_sms_check_url(self):
        """Refuse an address that is none.

        :raise ValidationError: not HTTP, without a host, or with a password in it
        """
        try:
            parts = urlsplit(self.vanban_sms_url or "")
            host, _port = parts.hostname, parts.port
        except ValueError:
            parts, host = urlsplit(""), None
        if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
            raise ValidationError(
                self.env._(
                    "The address of the gateway begins with https:// or http:// and "
                    "has neither user nor password."
                )
            )
        try:
            allowed = is_allowed_ip(host)
        except ValueError:
            return  # a name: asked when a message is sent
        if not allowed:
            raise ValidationError(
                self.env._("No gateway can be at this address: enter another one.")
            )

    def _vanban_sms_fixed_fields(self):
        """Return names and values of the fields that each message has.

        :raise ValidationError: a line without a name
        """
        found = []
        for line in (self.vanban_sms_fixed or "").splitlines():
            if line.strip():
                name, sign, value = line.partition("=")
                if not (name.strip() and sign):
                    raise ValidationError(
                        self.env._("Write each other field as NAME=VALUE on its line.")
                    )
                found.append((name.strip(), value.strip()))
        return found
