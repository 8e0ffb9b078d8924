from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.tools import SQL

from ..const import CHANNELS, OUTCOMES, RUNNING_STATES
from ..tools.args import to_id


class VanbanDocument(models.Model):
    """What only incoming documents have (NĐ 30/2020 Điều 20-24)."""

    _inherit = "vanban.document"

    received_date = fields.Datetime(
        string="Received on", default=fields.Datetime.now, copy=False, tracking=True
    )
    channel = fields.Selection(CHANNELS, string="Arrived by", default="paper")
    wait_reason = fields.Text(string="Waiting for", readonly=True, copy=False)
    wait_since = fields.Datetime(string="Waiting since", readonly=True, copy=False)
    wait_until = fields.Date(string="Waiting until", readonly=True, copy=False)
    return_reason = fields.Text(string="Why returned", readonly=True, copy=False)
    duplicate_id = fields.Many2one(
        "vanban.document",
        string="Registered before",
        compute="_compute_duplicate_id",
    )
    expected_number = fields.Integer(compute="_compute_expected_number")
    answered_by_ids = fields.Many2many(
        "vanban.document",
        "vanban_document_answer_rel",
        "incoming_id",
        "answer_id",
        string="Answers",
        readonly=True,
        copy=False,
    )
    where_text = fields.Char(string="Where it is", compute="_compute_where_text")
    work_left = fields.Integer(
        string="Working minutes left", compute="_compute_work_left"
    )

    # ---- computes ----

    @api.depends("symbol", "issuer_id", "date", "direction")
    def _compute_duplicate_id(self):
        for document in self:
            document.duplicate_id = document._find_duplicate()

    def _find_duplicate(self):
        """Return the registered document with the same symbol, issuer and date."""
        issuer = self.issuer_id._origin
        if self.direction != "incoming" or not (
            self.symbol_key and issuer and self.date
        ):
            return self.browse()
        if self.company_id.id not in self.env.user._get_company_ids():
            return self.browse()
        names = ("company_id", "issuer_id", "symbol_key", "date", "register_entry_id")
        self.flush_model(("direction", *names))
        # whether it is there has to be known even where the first is not open to one
        found = self.env.execute_query(
            SQL(
                "SELECT id FROM vanban_document WHERE direction = 'incoming'"
                " AND company_id = %s AND issuer_id = %s AND symbol_key = %s"
                " AND date = %s AND register_entry_id IS NOT NULL AND id <> %s",
                self.company_id.id,
                issuer.id,
                self.symbol_key,
                self.date,
                self._origin.id or 0,
            )
        )
        return self.sudo().browse(id_ for [id_] in found)

    @api.depends("register_id", "document_type_id", "secrecy", "direction")
    def _compute_expected_number(self):
        for document in self:
            register = document.register_id
            if not register and document.state in ("received", "approved"):
                try:
                    register = register._find_for(document)
                except UserError:
                    register = register.browse()
            document.expected_number = register.next_number

    @api.depends("state", "routing_ids.state", "review_ids.state", "deadline")
    def _compute_where_text(self):
        steps = {}
        for model, domain in (
            ("vanban.routing", [("role", "in", ("direct", "lead"))]),
            ("vanban.review", []),
        ):
            # who has a document is no secret among those who see it
            rows = (
                self.env[model]
                .sudo()
                .search_fetch(
                    [
                        ("document_id", "in", self.ids),
                        ("state", "=", "waiting"),
                        *domain,
                    ],
                    ["document_id", "to_label", "sent_date"],
                    order="id",
                )
            )
            steps.update(rows.grouped("document_id"))
        for document in self:
            document.where_text = document._get_where_text(
                steps.get(document._origin.sudo())
            )

    def _get_where_text(self, steps):
        """Return who has the document and since when, in one line."""
        if not steps:
            return ""
        since = fields.Datetime.context_timestamp(self, steps[0].sent_date)
        return self.env._(
            "With %(who)s since %(when)s",
            who=", ".join(steps.mapped("to_label")),
            when=since.strftime("%H:%M %d/%m/%Y"),
        )

    @api.depends("deadline", "state", "company_id")
    def _compute_work_left(self):
        """Count the working minutes until the deadline, negative where it is past."""
        now = fields.Datetime.now()
        for document in self:
            hours = 0
            if document.deadline and document.state in ("received", *RUNNING_STATES):
                agency = document.company_id or self.env.company
                hours = agency._vanban_worked_hours(now, document.deadline)
            document.work_left = round(hours * 60)

    # ---- actions ----

    def action_register(self):
        """Enter documents in the register and start the clock (NĐ 30/2020 Điều 22).

        Takes the next number, stamps who and when, hands the document to the person
        who gives directions.

        :raise UserError: a field is missing, or the document is registered already
        """
        self._check_can("register")
        for document in self:
            document._check_duplicate()
        for document in self:
            document._enter_in_register()
        return True

    def _get_register_gaps(self):
        """Return what the form lacks (HCM-6.3a, BS-14.2a)."""
        required = ["issuer_id", "symbol", "date", "document_type_id"]
        if not self.is_secret:
            required += ["subject", "file_ids"]
        return self._get_missing(required) + self._get_time_gaps()

    def _get_missing(self, names):
        """Return one sentence that names the empty fields, or none."""
        # whether something is there, not what: no rule has to be asked
        record = self.sudo()
        empty = [name for name in names if not record[name]]
        if not empty:
            return []
        labels = ", ".join(self._vanban_labels(empty))
        return [self.env._("Still missing: %(fields)s.", fields=labels)]

    def _get_time_gaps(self):
        if self.received_date and self.received_date > fields.Datetime.now():
            return [self.env._("The moment of arrival is not in the future.")]
        return []

    def _check_duplicate(self):
        """Offer the document that was registered first (NĐ 30/2020 Phụ lục VI III.1h).

        :raise RedirectWarning: with a button to open it
        """
        first = self._find_duplicate()
        if not first:
            return
        raise RedirectWarning(
            self.env._(
                "%(symbol)s of %(issuer)s is registered already: number %(number)s of "
                "%(date)s.",
                symbol=first.symbol,
                issuer=first.issuer_name,
                number=first.register_number,
                date=first.register_date.strftime("%d/%m/%Y"),
            ),
            first._open_form(),
            self.env._("Open the first one"),
        )

    def _enter_in_register(self):
        self.ensure_one()
        register = self.env["vanban.register"]._get_for(self)
        today = self.company_id._vanban_today()
        agency = self.company_id.sudo().with_context(prefetch_fields=False)
        receiver = agency.vanban_first_receiver_id
        self._grant(users=register._get_keepers(), units=self.topic_id.unit_ids)
        if receiver and not self.is_secret:
            self.env["vanban.routing"]._hand_over(
                self, [{"role": "direct", "user_id": receiver.id}]
            )
        deadline = self.deadline or self._get_default_deadline()
        entry, number = register._take_number(self, today)
        self._set_state(
            "registered",
            register_id=register.id,
            register_entry_id=entry.id,
            register_number=number,
            register_date=today,
            registered_by_id=self.env.uid,
            deadline=deadline,
        )

    def _get_default_deadline(self):
        days = self.document_type_id.default_days
        return self.company_id._vanban_deadline(days) if days else False

    def action_return(self, reason=None):
        """Send a document that is not in due form back to its issuer (phiếu trả).

        :raise UserError: without a reason
        """
        self._check_can("return")
        self._check_given(reason, self.env._("Say why the document is returned."))
        self._set_state("returned", return_reason=reason)
        return True

    def _check_given(self, value, sentence):
        if not isinstance(value, str) or not value.strip():
            raise UserError(sentence)

    def action_wait(self, reason=None, until=None):
        """Note that handling waits for papers or a meeting (HT-8.9b).

        :param str reason: what is missing
        :param until: a date, not in the past
        """
        self._check_can("wait")
        self._check_given(reason, self.env._("Say what the document waits for."))
        try:
            until = fields.Date.to_date(until)
        except (TypeError, ValueError, AttributeError):
            until = None
        if not until or until < self.company_id._vanban_today():
            raise UserError(
                self.env._("Say until which day it waits, not in the past.")
            )
        self._set_state(
            "waiting",
            wait_reason=reason,
            wait_since=fields.Datetime.now(),
            wait_until=until,
        )
        return True

    def action_resume(self):
        """Go on with handling; what was waited is not counted."""
        self._check_can("resume")
        self._end_wait()
        self._set_state("processing")
        return True

    def _end_wait(self):
        """Move the deadlines by the working time waited, and start the clock again."""
        now = fields.Datetime.now()
        # the moved deadline is told in the chatter, as a corrected one is
        told = self._vanban_in_action().with_context(tracking_disable=False)
        for document in told.filtered("wait_since"):
            agency, since = document.company_id, document.wait_since
            if document.deadline:
                document.deadline = agency._vanban_resume(document.deadline, since, now)
            for row in document.routing_ids:
                if row.deadline and row.state == "waiting":
                    start = max(since, row.sent_date)
                    row.deadline = agency._vanban_resume(row.deadline, start, now)
        self._vanban_in_action().write(
            {"wait_reason": False, "wait_since": False, "wait_until": False}
        )

    def action_finish(self, outcome=None, note=None, answer_id=None):
        """End handling (HT-8.7b).

        :param str outcome: a key of ``const.OUTCOMES``
        :param str note: needed for “handled, see note” and “no handling needed”
        :param int answer_id: an issued document, for “answered by a document”
        """
        self._check_can("finish")
        if not isinstance(outcome, str) or outcome not in dict(OUTCOMES):
            raise UserError(self.env._("Say how the document was handled."))
        note = self._check_text(note)
        if outcome == "answered":
            answer = self.browse(to_id(answer_id)).exists()._filtered_access("read")
            if answer.direction != "outgoing" or answer.state != "issued":
                raise UserError(self.env._("The answer is an issued document."))
            self._vanban_in_action().write({"answered_by_ids": [(4, answer.id)]})
        else:
            self._check_given(note, self.env._("Say in a note how it was handled."))
        self._finish(outcome, note)
        return True

    def _finish(self, outcome, note=False):
        """End handling: close the hand-overs that are open, then the documents."""
        self._end_wait()
        open_lines = self.sudo().routing_ids.filtered(
            lambda r: r.state == "waiting" and r.role != "inform"
        )
        open_lines._close()
        self._set_state(
            "done",
            outcome=outcome,
            outcome_note=note,
            done_date=fields.Datetime.now(),
        )

    def action_register_and_new(self):
        """Register, then open the next form with the same book, day, way and issuer."""
        self.action_register()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vanban_core.vanban_document_action_in"
        )
        view = self.env.ref("vanban_core.vanban_document_view_form_in")
        return {
            **action,
            "views": [[view.id, "form"]],
            "res_id": False,
            "target": "main",
            "context": {
                "default_direction": "incoming",
                "default_register_id": self[:1].register_id.id,
                "default_channel": self[:1].channel,
                "default_issuer_id": self[:1].issuer_id.id,
            },
        }
