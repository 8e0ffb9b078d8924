from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools.constants import GC_UNLINK_LIMIT

from ..const import BATCH, FAILURES, KEPT_DAYS, PAUSES, RETRIED

# No RPC client can send this object: whoever has it is the queue.
_NOW = object()


class SmsSms(models.Model):
    """Text messages leave by the gateway of their agency, and only from the queue."""

    _name = "sms.sms"
    _inherit = ["sms.sms", "vanban.mixin"]

    _guarded_fields = frozenset(
        {"vanban_company_id", "vanban_tries", "vanban_next_try", "vanban_answer"}
    )

    failure_type = fields.Selection(selection_add=FAILURES)
    vanban_company_id = fields.Many2one(
        "res.company",
        string="Agency",
        compute="_compute_vanban_company_id",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
        ondelete="cascade",
    )
    vanban_tries = fields.Integer(string="Tries", copy=False)
    vanban_next_try = fields.Datetime(string="Next try", copy=False)
    vanban_answer = fields.Char(string="Answer of the gateway", copy=False)

    _vanban_queue_idx = models.Index("(vanban_tries, id) WHERE state = 'outgoing'")

    @api.depends("mail_message_id")
    def _compute_vanban_company_id(self):
        for message in self:
            message.vanban_company_id = (
                message.mail_message_id.record_company_id or self.env.company
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Queue messages.

        Odoo writes them as superuser for anybody who posts one, at any number and at
        the agency's expense: here that is the administrator's, and the actions' of
        modules (``_vanban_send_sms``).

        :raise AccessError: anybody else
        """
        sender = self.env.user
        if not (
            self._vanban_is_in_action()
            or sender.id == SUPERUSER_ID
            or sender.has_group("vanban_core.group_admin")
        ):
            raise AccessError(
                self.env._("Only the administrator sends text messages by hand.")
            )
        return super().create(vals_list)

    # ---- actions ----

    def send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        """Let the queue send these now: no request waits for a gateway.

        :raise AccessError: who may not change messages
        """
        if self.env.context.get("vanban_sms_now") is _NOW:
            # the messages are kept: the list of them is the log
            return super().send(
                unlink_failed=False, unlink_sent=False, raise_exception=False
            )
        self.check_access("write")
        self._vanban_in_action().write({"vanban_next_try": False})
        return self._vanban_wake_queue()

    def action_set_outgoing(self):
        """Queue again what was not sent."""
        failed = self.filtered(lambda message: message.state in ("error", "canceled"))
        result = super(SmsSms, failed).action_set_outgoing()
        failed._vanban_in_action().write({"vanban_tries": 0, "vanban_answer": False})
        failed.send()
        return result

    def resend_failed(self):
        """Queue again those with an error; return what to tell."""
        failed = self.filtered(lambda message: message.state == "error")
        failed.action_set_outgoing()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if failed else "warning",
                "message": self.env._(
                    "Messages queued to be sent again: %(count)s.", count=len(failed)
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ---- the queue ----

    @api.model
    def _process_queue(self):
        # not super: its queue knows no pause
        due = self._vanban_due_domain()
        # what failed comes last, so that it holds up nothing else
        batch = self.search(due, limit=BATCH, order="vanban_tries, id")
        batch = batch.try_lock_for_update()
        if batch:
            batch._vanban_send_now()
            self.env["ir.cron"]._commit_progress(
                len(batch), remaining=self.search_count(self._vanban_due_domain())
            )

    @api.model
    def _vanban_due_domain(self):
        return (
            Domain("state", "=", "outgoing")
            & Domain("to_delete", "!=", True)
            & (
                Domain("vanban_next_try", "=", False)
                | Domain("vanban_next_try", "<=", fields.Datetime.now())
            )
        )

    def _vanban_wake_queue(self, at=None):
        cron = self.env.ref("sms.ir_cron_sms_scheduler_action")
        cron._trigger(at)

    def _vanban_send_now(self):
        """Hand over these messages, and wait for the gateway."""
        self.with_context(vanban_sms_now=_NOW).send()

    def _split_by_api(self):
        # not super: that is Odoo's paid service
        for company, messages in self.grouped("vanban_company_id").items():
            yield company._vanban_sms_gateway(), messages

    def _get_sms_company(self):
        return self.vanban_company_id or super()._get_sms_company()

    def _handle_call_result_hook(self, results):
        done = super()._handle_call_result_hook(results)
        found = {result["uuid"]: result for result in results}
        for message in self:
            message._vanban_in_action().write(
                {
                    "vanban_tries": message.vanban_tries + 1,
                    "vanban_answer": found[message.uuid].get("failure_reason"),
                }
            )
        self.filtered(
            lambda message: found[message.uuid]["state"] in RETRIED
        )._vanban_postpone()
        return done

    def _vanban_postpone(self):
        """Put back what the gateway did not take; it is given up after the last try."""
        left = self.filtered(lambda message: message.vanban_tries <= len(PAUSES))
        for (tries, failure), messages in left.grouped(
            lambda message: (message.vanban_tries, message.failure_type)
        ).items():
            messages._update_sms_state_and_trackers("outgoing", failure_type=failure)
            at = fields.Datetime.now() + timedelta(minutes=PAUSES[tries - 1])
            messages._vanban_in_action().write({"vanban_next_try": at})
            self._vanban_wake_queue(at)

    @api.autovacuum
    def _gc_vanban_messages(self):
        """Forget numbers and texts of messages that nobody waits for any more."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = [("create_date", "<", limit), ("state", "!=", "outgoing")]
        self.search(old, limit=GC_UNLINK_LIMIT).unlink()
