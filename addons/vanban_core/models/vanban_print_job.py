import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

KEEP_DAYS = 7


class VanbanPrintJob(models.Model):
    """A long register being printed in the background; its user is told when ready."""

    _name = "vanban.print.job"
    _description = "Long print"
    _order = "id desc"

    name = fields.Char(string="File name", required=True)
    user_id = fields.Many2one(
        "res.users", string="Asked by", required=True, index=True, ondelete="cascade"
    )
    register_id = fields.Many2one("vanban.register", required=True, ondelete="cascade")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    volume = fields.Char(string="Volume number")
    state = fields.Selection(
        [("waiting", "Being printed"), ("done", "Ready"), ("failed", "Failed")],
        required=True,
        default="waiting",
        index=True,
    )
    file = fields.Binary(attachment=True)
    error = fields.Char(string="Why it failed")

    # ---- actions ----

    def action_download(self):
        """Return the action that downloads the PDF."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{self.name}"
            "?download=true",
            "target": "download",
        }

    # ---- work ----

    def _run(self):
        """Print one register with the rights of who asked, and tell that person."""
        self.ensure_one()
        user = self.user_id
        mine = self.with_user(user).with_context(
            lang=user.lang, allowed_company_ids=user.company_ids.ids
        )
        try:
            wizard = mine.env["vanban.register.print"].create(
                {
                    "register_id": self.register_id.id,
                    "date_from": self.date_from,
                    "date_to": self.date_to,
                    "volume": self.volume,
                }
            )
            content = mine.env["ir.actions.report"]._vanban_print(
                "vanban_core.vanban_register_report", wizard
            )
        except UserError as error:
            self.write({"state": "failed", "error": str(error)})
            message = str(error)
        else:
            self.write({"state": "done", "file": base64.b64encode(content)})
            message = mine.env._("It is under Reports, Long prints.")
        title = mine.env._("Printing of %(file)s", file=self.name)
        user._bus_send(
            "simple_notification",
            {
                "type": "info" if self.state == "done" else "danger",
                "title": title,
                "message": message,
                "sticky": True,
            },
        )

    # ---- crons ----

    @api.model
    def _cron_print(self):
        jobs = self.search([("state", "=", "waiting")], order="id")
        for done, job in enumerate(jobs, start=1):
            if not job.try_lock_for_update():
                continue
            job._run()
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(jobs) - done):
                break

    @api.autovacuum
    def _gc_prints(self):
        old = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        self.search([("create_date", "<", old)], limit=1000).unlink()
