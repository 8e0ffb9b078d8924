import base64
import json
from datetime import timedelta

from passlib.context import CryptContext

from odoo import Command, api, models
from odoo.tools import SQL, file_open

from ..tools.demo_clock import Clock
from ..tools.demo_paper import Printer
from ..tools.text import fold

STORY = "vanban_core/demo/documents.json"
QUIET = {
    "lang": "vi_VN",
    "tracking_disable": True,
    "mail_create_nolog": True,
}


class VanbanDemo(models.AbstractModel):
    """The documents of the demo agency; called by its demo data and by nothing else."""

    _name = "vanban.demo"
    _description = "Demo agency"

    @api.model
    def _load(self):
        """Tell the story of ``demo/documents.json``, once."""
        story = self._read_story()
        first = f"vanban_core.demo_document_{story['documents'][0]['key']}"
        if not self.env.ref(first, raise_if_not_found=False):
            _Teller(self.env, story).tell()

    @api.model
    def _give_passwords(self):
        """Let each demo account log in with its login."""
        self._give_passwords_to(
            self.env["ir.model.data"].search(
                [("module", "=", "vanban_core"), ("model", "=", "res.users")]
            )
        )

    @api.model
    def _give_passwords_to(self, accounts):
        """Make the login the password, which is no secret and so hashed fast."""
        fast = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1000)
        for user in self.env["res.users"].browse(accounts.mapped("res_id")):
            user._set_encrypted_password(user.id, fast.hash(user.login))
            user.vanban_password_issued = True

    @api.model
    def _read_story(self):
        with file_open(STORY, "r") as source:
            return json.load(source)


class _IncomingSteps:
    """What a step of an incoming document does."""

    def _do_receive(self, document, entry, step, moment):
        source = self.documents.get(entry["symbol"].removeprefix("@"))
        issuer = self._get_partner(entry["issuer"])
        symbol = source.symbol if source else entry["symbol"]
        title, name = entry.get("signer", ("", ""))
        date = source.date if source else self.clock.get_day(entry["issued"])
        self.documents[entry["key"]] = document = document.create(
            {
                **self._get_vals(entry),
                "symbol": symbol,
                "date": date,
                "issuer_id": issuer.id,
                "channel": entry.get("channel", "network"),
                "signer_name": source.signer_name if source else name,
                "signer_title": source.signer_title if source else title,
            }
        )
        if source:
            signed = source.sudo().file_ids.filtered(lambda f: f.role == "signed")
            content = signed.attachment_id.raw
        elif entry.get("detail"):
            content = self.printer.print_paper(
                entry,
                self.printer.get_head(issuer, date),
                self._get_kind(entry),
                [document.company_id.name],
                symbol,
                signing=title.split("/"),
                signer=name,
            )
        else:
            return
        slug = "-".join(fold(symbol).replace("/", "-").split())
        self._add_file(document, "scan", f"{slug}.pdf", content)
        document._vanban_in_action().page_count = document.file_ids.page_count

    def _do_register(self, document, entry, step, moment):
        own = document.deadline
        document.action_register()
        days = document.document_type_id.default_days
        if days and not own:
            deadline = document.company_id._vanban_deadline(days, moment)
            document._vanban_in_action().deadline = deadline
        self._date_entry(document, moment)

    def _do_return(self, document, entry, step, moment):
        document.action_return(step["text"])

    def _do_open(self, document, entry, step, moment):
        document.action_open()

    def _do_route(self, document, entry, step, moment):
        directed = (
            document._get_held_routing().role == "direct" or not document.deadline
        )
        company = document.company_id
        earlier = document.sudo().routing_ids
        document.action_route(
            [
                {
                    **self._get_receiver(company, key),
                    "role": role,
                    "direction_text": step.get("text"),
                }
                for key, role in step["lines"]
            ]
        )
        if not step.get("days"):
            return
        # as the action does it; that refuses a deadline which is past by now
        deadline = company._vanban_deadline(step["days"], moment)
        rows = (document.sudo().routing_ids - earlier).filtered(
            lambda r: r.role != "inform"
        )
        rows._vanban_in_action().deadline = deadline
        if directed and "lead" in rows.mapped("role"):
            document._vanban_in_action().deadline = deadline

    def _do_mark_done(self, document, entry, step, moment):
        document.action_mark_done()

    def _do_wait(self, document, entry, step, moment):
        until = document.company_id._vanban_today() + timedelta(days=step["until"])
        document.action_wait(step["text"], until)

    def _do_resume(self, document, entry, step, moment):
        document.action_resume()

    def _do_finish(self, document, entry, step, moment):
        document.action_finish(step["outcome"], step["text"])


class _OutgoingSteps:
    """What a step of an outgoing document does."""

    def _do_draft(self, document, entry, step, moment):
        vals = self._get_vals(entry) | {
            "signing_form": self.story["signing"][entry["signer"]]["form"]
        }
        recipients = [
            Command.create({"partner_id": self._get_partner(key).id, "kind": kind})
            for key, kind in entry["recipients"]
        ]
        if entry.get("answers"):
            incoming = self.documents[entry["answers"]].with_user(document.env.user)
            incoming.action_open()
            document = document.browse(incoming.action_draft_reply()["res_id"])
            del vals["direction"]
            document.write({**vals, "recipient_ids": recipients})
        else:
            document = document.create({**vals, "recipient_ids": recipients})
        self.documents[entry["key"]] = document
        if step.get("file", True):
            self._do_file(document, entry, step, moment)

    def _print(self, document, entry, moment, symbol=None, **more):
        """Return the PDF of an outgoing document."""
        company = document.company_id
        date = self.clock.to_date(moment)
        signing = self.story["signing"][entry["signer"]]
        return self.printer.print_paper(
            entry,
            self.printer.get_head(company.partner_id, date),
            document.document_type_id,
            document.recipient_ids.mapped("name"),
            symbol,
            signing=signing["lines"],
            signer=self.users[entry["signer"]].name,
            **more,
        )

    def _do_file(self, document, entry, step, moment):
        content = self._print(document, entry, moment, draft=True)
        self._add_file(document, "draft", "du-thao.pdf", content)

    def _do_submit(self, document, entry, step, moment):
        document.action_submit(
            [
                {"user_id": self.users[login].id, "kind": kind}
                for login, kind in step["lines"]
            ]
        )

    def _do_approve(self, document, entry, step, moment):
        document.action_approve(step.get("text"))

    def _do_send_back(self, document, entry, step, moment):
        document.action_send_back(step["text"])

    def _do_forward(self, document, entry, step, moment):
        document.action_forward(self.users[step["to"]].id, step.get("text"))

    def _do_sign(self, document, entry, step, moment):
        """Attach the signed original with the number it is going to have."""
        date = self.clock.to_date(moment)
        register = self.env["vanban.register"]._find_for(document)
        number = self._get_next_number(register, date)
        symbol = register._compose_symbol(document.sudo(), number, date)
        content = self._print(document, entry, moment, symbol)
        self._add_file(document, "signed", "ban-ky.pdf", content)

    def _do_issue(self, document, entry, step, moment):
        document.action_issue()
        self._date_entry(document, moment)

    def _do_cancel(self, document, entry, step, moment):
        document.action_cancel(step["text"])

    def _do_recall(self, document, entry, step, moment):
        document.action_recall(step["text"])


class _Teller(_IncomingSteps, _OutgoingSteps):
    """Takes the documents through the actions, day by day, each as the right user.

    Steps are taken in the order of their moments, so the numbers of a book follow the
    order of its dates.
    """

    def __init__(self, env, story):
        self.env = env(context=QUIET)
        self.story = story
        self.clock = Clock(self.env)
        self.printer = Printer(self.env, story)
        self.users = {u.login: u for u in self.env["res.users"].search([])}
        self.documents = {}

    def tell(self):
        for entry in self.story["documents"]:
            if "meets" in entry:
                day = self.clock.say_day(entry["meets"])
                entry["detail"] = entry["detail"].format(day=day)
        steps = [
            (self.clock.get_moment(step["day"], step["time"]), entry, step)
            for entry in self.story["documents"]
            for step in entry["steps"]
        ]
        for moment, entry, step in sorted(steps, key=lambda told: told[0]):
            self._take_step(entry, step, moment)
        for case in self.story["cases"]:
            self._tell_case(case)
        self.env["ir.model.data"]._update_xmlids(
            [
                {
                    "xml_id": f"vanban_core.demo_document_{key}",
                    "record": document,
                    "noupdate": True,
                }
                for key, document in self.documents.items()
            ]
        )

    def _take_step(self, entry, step, moment):
        user = self.users[step["by"]]
        Document = self.env["vanban.document"].with_user(user)
        document = self.documents.get(entry["key"], Document).with_user(user)
        if step["do"] in ("route", "wait", "resume", "finish"):
            document.action_open()
        getattr(self, f"_do_{step['do']}")(document, entry, step, moment)
        told = self.documents[entry["key"]].sudo()
        self.clock.backdate(told | told.answers_ids, moment)

    def _get_partner(self, key):
        ref = "base.main_partner" if key == "main" else f"vanban_core.partner_{key}"
        return self.env.ref(ref)

    def _get_receiver(self, company, key):
        """Return the line of a person (login) or of a unit (``unit:`` and its code)."""
        if not key.startswith("unit:"):
            return {"user_id": self.users[key].id}
        unit = self.env["hr.department"].search(
            [("company_id", "=", company.id), ("vanban_code", "=", key[5:])]
        )
        return {"unit_id": unit.id}

    def _get_vals(self, entry):
        vals = {
            "direction": entry["direction"],
            "document_type_id": self._get_kind(entry).id,
            "subject": entry.get("subject"),
            "urgency": entry.get("urgency", "normal"),
            "secrecy": entry.get("secrecy", "normal"),
        }
        if entry.get("topic"):
            vals["topic_id"] = self.env.ref(f"vanban_core.topic_{entry['topic']}").id
        return vals

    def _get_kind(self, entry):
        return self.env.ref(f"vanban_core.vanban_document_type_{entry['kind']}")

    def _add_file(self, document, role, name, content):
        document.env["vanban.document.file"].create(
            {
                "document_id": document.id,
                "role": role,
                "name": name,
                "content": base64.b64encode(content),
            }
        )

    def _date_entry(self, document, moment):
        """Give the line of the register its day, in the series of that year."""
        date = self.clock.to_date(moment)
        document = document.sudo()
        entry, register = document.register_entry_id, document.register_id
        number = entry.number
        if entry.year != date.year:
            number = self._get_next_number(register, date)
        self.env.cr.execute(
            SQL(
                "UPDATE vanban_register_entry SET date = %s, year = %s, number = %s"
                " WHERE id = %s",
                date,
                date.year,
                number,
                entry.id,
            )
        )
        entry.invalidate_recordset(flush=False)
        vals = {"register_date": date, "register_number": number}
        if document.direction == "outgoing":
            vals["date"] = date
            vals["symbol"] = register._compose_symbol(document, number, date)
        document._vanban_in_action().with_context(**QUIET).write(vals)

    def _get_next_number(self, register, date):
        numbers = (
            self.env["vanban.register.entry"]
            .search([("register_id", "=", register.id), ("year", "=", date.year)])
            .mapped("number")
        )
        return max(numbers, default=register.start_number - 1) + 1

    # ---- case files ----

    def _tell_case(self, told):
        owner = self.users[told["owner"]]
        case = (
            self.env["vanban.case"]
            .with_user(owner)
            .create(
                {
                    "code": told["code"],
                    "title": told["title"],
                    "retention": told["retention"],
                    "date_from": self.clock.get_day(told["opened"]),
                    "member_ids": [self.users[login].id for login in told["members"]],
                }
            )
        )
        case.document_ids = [self.documents[key].id for key in told["documents"]]
        if "closed" in told:
            case.action_close()
            case._vanban_in_action().date_to = self.clock.get_day(told["closed"])
