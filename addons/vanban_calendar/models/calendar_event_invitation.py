from odoo import api, fields, models
from odoo.exceptions import UserError


class CalendarEvent(models.Model):
    """An entry made from an invitation: what was read unclearly is looked at first.

    Neither the paper nor the words of it are fields that a client reads or writes:
    the name of a document would be told to who sees the entry alone.
    """

    _inherit = "calendar.event"

    vanban_document_id = fields.Many2one(
        "vanban.document",
        string="Invitation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=fields.NO_ACCESS,
    )
    # {key of _vanban_get_check_labels: the words it was read from, "" for none}
    vanban_to_check = fields.Json(
        string="To look at again", readonly=True, copy=False, groups=fields.NO_ACCESS
    )
    vanban_to_check_words = fields.Text(
        string="Look again", compute="_compute_vanban_to_check_words"
    )
    vanban_has_invitation = fields.Boolean(
        string="Made from an invitation", compute="_compute_vanban_has_invitation"
    )

    _vanban_one_entry = models.UniqueIndex(
        "(vanban_document_id) WHERE vanban_document_id IS NOT NULL AND active"
        " AND COALESCE(vanban_state, '') NOT IN ('refused', 'cancelled')",
        "This invitation has an entry already.",
    )

    @api.depends("vanban_to_check", "vanban_is_editable")
    @api.depends_context("uid", "lang")
    def _compute_vanban_to_check_words(self):
        for event in self:
            # who keeps the entry looks at it; others are not told what a paper says
            sources = event.vanban_is_editable and event.sudo().vanban_to_check
            event.vanban_to_check_words = sources and "\n".join(
                event._vanban_get_check_lines(sources)
            )

    def _vanban_get_check_lines(self, sources):
        labels = self._vanban_get_check_labels()
        names = [name for name in labels if name in sources]
        said = ", ".join(labels[name].lower() for name in names)
        lines = [self.env._("Look again: %(fields)s", fields=said)]
        for name in names:
            if sources[name]:
                line = self.env._(
                    "%(field)s – read from “%(words)s”",
                    field=labels[name],
                    words=sources[name],
                )
            else:
                line = self.env._("%(field)s – not found", field=labels[name])
            lines.append(line)
        return lines

    @api.model
    def _vanban_get_check_labels(self):
        return {
            "name": self.env._("Content"),
            "when": self.env._("Time"),
            "place": self.env._("Place"),
            "chair": self.env._("Chaired by"),
            "people": self.env._("Participants"),
            "preparing": self.env._("Prepared by"),
        }

    @api.depends("vanban_document_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_vanban_has_invitation(self):
        Document = self.env["vanban.document"]
        papers = self.sudo().vanban_document_id.ids
        seen = Document
        if papers and Document.has_access("read"):
            seen = Document.search([("id", "in", papers)])
        for event in self:
            paper = event.sudo().vanban_document_id
            event.vanban_has_invitation = bool(paper) and paper.id in seen.ids

    # ---- actions ----

    def action_vanban_checked(self):
        """Say that what was read from the invitation has been looked at.

        :raise AccessError: somebody else keeps the entry
        """
        self.check_access("write")
        self._vanban_in_action().write({"vanban_to_check": False})
        return True

    def action_vanban_accept(self):
        """Take proposals into the schedule, none that is still to be looked at.

        :raise UserError: names what to look at
        """
        self._vanban_check_arranger()
        labels = self._vanban_get_check_labels()
        for event in self.sudo():
            names = [one for one in labels if one in (event.vanban_to_check or ())]
            if names:
                raise UserError(
                    self.env._(
                        "“%(name)s” was read from an invitation: look at %(fields)s "
                        "and press “Looked at” first.",
                        name=event.name,
                        fields=", ".join(labels[one].lower() for one in names),
                    )
                )
        return super().action_vanban_accept()

    def action_vanban_open_invitation(self):
        """Open the invitation that the entry was made from.

        :raise AccessError: it is not open to the user
        """
        self.ensure_one()
        self.check_access("read")
        document = self.sudo().vanban_document_id.with_env(self.env)
        document._check_visible()
        return document._open_form()

    def _vanban_is_guarded(self, name):
        return name in (
            "vanban_document_id",
            "vanban_to_check",
        ) or super()._vanban_is_guarded(name)
