from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.vanban_core.models.vanban_document_access import PrincipalKeys

from ..const import RUNNING_PHASES


class VanbanTask(models.Model):
    """Who sees and gives a task, and giving it.

    ====================  ==========================================================
    who                   sees
    ====================  ==========================================================
    clerk, office head    all tasks that the agency gave or was given
    and leader
    anyone else           what the person entered, what the own unit follows, what was
                          given or handed to the person, the unit or a delegator
    ====================  ==========================================================
    """

    _inherit = "vanban.task"

    principal_keys = PrincipalKeys(
        compute="_compute_principal_keys", store=True, exportable=False
    )
    is_giver = fields.Boolean(compute="_compute_can", search="_search_is_giver")
    is_visible = fields.Boolean(compute="_compute_can", search="_search_is_visible")
    can_assign = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")

    _named_idx = models.Index("USING gin (principal_keys) WITH (fastupdate = off)")

    @api.depends(
        "principal_ids", "assignment_ids.handler_ids", "assignment_ids.viewer_ids"
    )
    def _compute_principal_keys(self):
        named = {task._origin.id: set(task.principal_ids.ids) for task in self}
        for row in self._get_assignments():
            named[row.task_id.id].update((row.handler_ids | row.viewer_ids).ids)
        for task in self:
            task.principal_keys = sorted(named[task._origin.id])

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("assignment_ids.phase")
    def _compute_can(self):
        for name in ("is_giver", "is_visible"):
            domain = Domain(name, "=", True) & Domain("id", "in", self.ids)
            found = self.sudo().search(domain)
            for task in self:
                task[name] = task._origin in found
        rows = self._get_assignments().grouped("task_id")
        for task in self:
            lines = rows.get(task._origin, self.env["vanban.task.assignment"])
            phases = lines.mapped("phase")
            task.can_assign = task.is_giver and "draft" in phases
            task.can_withdraw = task.is_giver and bool(set(phases) & {*RUNNING_PHASES})

    def _search_is_giver(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        own = Domain("company_id", "in", self.env.companies.ids)
        if self._is_desk_role():
            return own
        keys = self.env.user.sudo().vanban_principal_keys or []
        return own & Domain("principal_ids", "in", keys)

    def _search_is_visible(self, operator, value):
        """Find what the user sees; see the table of this class."""
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        keys = self.env.user.sudo().vanban_principal_keys or []

        def to_sql(model, alias, query):
            field = model._field_to_sql(alias, "principal_keys", query)
            return SQL("%s && %s::int4[]", field, keys)

        named = Domain.custom(to_sql=to_sql)
        if not self._is_desk_role():
            return named
        agencies = self.env.companies.ids
        given = Domain("agency_id", "in", agencies) & Domain("phase", "!=", "draft")
        return (
            Domain("company_id", "in", agencies)
            | Domain("assignment_ids", "any!", given)
            | named
        )

    def _is_giver(self):
        """May the user act for the assigning side?"""
        self.ensure_one()
        return bool(self._get_own())

    def _get_own(self):
        """Return the tasks for whose assigning side the user may act."""
        domain = Domain("is_giver", "=", True) & Domain("id", "in", self.ids)
        return self & self.sudo().search(domain)

    def _is_draft_of_user(self):
        """Is it not given yet, and the user's to enter?"""
        self.ensure_one()
        return not self.assigned_date and self.with_user(self.env.user)._is_giver()

    # ---- actions ----

    def action_assign(self):
        """Give tasks to those who carry them out (128/QĐ-UBND Điều 4.2, 11.2).

        Rows added to a task that was given before are given now.

        :raise AccessError: not of the assigning side
        :raise UserError: every reason at once: no lead, a deadline less than one
            working day ahead, data or the signed file missing, nothing to give
        """
        self._check_visible()
        if self._get_own() != self:
            raise AccessError(self.env._("Only those who enter a task can give it."))
        rows = self._get_assignments()
        by_task = rows.grouped("task_id")
        for task in self:
            gaps = task._get_assign_gaps(by_task.get(task, rows.browse()))
            if gaps:
                raise UserError("\n".join(gaps))
        self.filtered(lambda task: not task.assigned_date)._stamp_assigned()
        rows.filtered(lambda row: row.phase == "draft")._give()
        return True

    def action_withdraw(self, reason=None):
        """Take back what is not done yet, in all agencies.

        :param str reason: told to those who had the task
        :raise UserError: no reason, or nothing left to take back
        """
        self._check_visible()
        for task in self:
            if not task._is_giver():
                raise AccessError(
                    self.env._("Only the assigning side can take a task back.")
                )
            rows = task._get_assignments().filtered(lambda r: r.phase in RUNNING_PHASES)
            if not rows:
                raise UserError(self.env._("Nothing is left to take back."))
            rows.with_env(self.env)._withdraw(reason)
        return True

    def _get_assign_gaps(self, rows):
        """Return what is missing before a task can be given, a sentence each.

        :param rows: all its assignments
        """
        gaps = []
        drafts = rows.filtered(lambda row: row.phase == "draft")
        if not drafts:
            gaps.append(self.env._("The task is given already."))
        if "lead" not in rows.mapped("role"):
            gaps.append(self.env._("Name who is in the lead."))
        gaps += drafts._get_deadline_gaps()
        return gaps + self._get_paper_gaps(drafts)

    def _get_paper_gaps(self, rows):
        """Return what is missing of the document that gives the task."""
        gaps = []
        if self.source == "direct":
            if any(not row.unit_id for row in rows):
                gaps.append(
                    self.env._("To another agency a task is given by a document.")
                )
            return gaps
        for name in ("source_date", "source_subject", "signer_name", "director_name"):
            if not self[name]:
                label = self._vanban_labels([name])[0]
                gaps.append(self.env._("“%(field)s” is missing.", field=label))
        # a request for opinions may have no number (Điều 11.2a)
        if not self.source_symbol and self.source != "opinion":
            gaps.append(self.env._("The assigning document has no number and symbol."))
        if not self.source_document_id and "signed" not in self.sudo().file_ids.mapped(
            "role"
        ):
            gaps.append(self.env._("Attach the signed assigning document."))
        return gaps

    def _stamp_assigned(self):
        now = fields.Datetime.now()
        for due, tasks in self.grouped(lambda task: task._get_entry_due()).items():
            tasks._vanban_in_action().write(
                {
                    "assigned_date": now,
                    "assigned_by_id": self.env.uid,
                    "entry_due": due,
                    "is_late_entry": bool(due and now > due),
                }
            )
        for document, tasks in self.grouped("source_document_id").items():
            told = document.sudo()
            role = "signed" if told.direction == "outgoing" else "scan"
            for file in told.file_ids.filtered(lambda f, r=role: f.role == r):
                self.env["vanban.task.file"]._keep_of_each(
                    [{"task_id": task.id, "role": "signed"} for task in tasks],
                    file.name,
                    file.attachment_id.raw,
                )

    def _get_entry_due(self):
        """Return until when the task is to be entered (128/QĐ-UBND Điều 11.2b)."""
        if self.source == "direct":
            return False
        entry = self.source_document_id.sudo().register_entry_id
        if entry:
            return self.company_id._vanban_task_entry_due(entry.date, entry.create_date)
        date = self.source_date
        if not date:
            return False
        return self.company_id._vanban_entry_due(date, self.source_after_cutoff)
