from textwrap import shorten

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.vanban_core.tools.args import to_id

from ..const import PRIORITIES

# What those who carry it out rely on; a mistake is withdrawn and given anew.
GIVEN_FIELDS = frozenset(
    {
        "content",
        "source",
        "source_document_id",
        "source_type_id",
        "source_symbol",
        "source_date",
        "source_after_cutoff",
        "source_subject",
        "director_name",
        "signer_name",
        "drafter_name",
        "parent_id",
    }
)


class VanbanTask(models.Model):
    """A task with a deadline, given by a document (128/QĐ-UBND Điều 3, 4).

    What is common to all who carry it out; each of them has a
    :class:`VanbanTaskAssignment` with deadline, state and reports of its own.
    """

    _name = "vanban.task"
    _inherit = ["vanban.task.visible"]
    _description = "Task"
    _order = "id desc"
    _rec_name = "content"
    _rec_names_search = ["search_text"]
    _guarded_fields = frozenset(
        {
            "company_id",
            "assigned_date",
            "assigned_by_id",
            "entry_due",
            "is_late_entry",
            "principal_ids",
            "principal_keys",
        }
    )

    # ---- identity ----
    company_id = fields.Many2one(
        "res.company",
        string="Assigning agency",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    company_name = fields.Char(related="company_id.name", string="Given by")
    content = fields.Text(required=True)
    priority = fields.Selection(PRIORITIES, required=True, default="0")
    programme_id = fields.Many2one(
        "vanban.task.programme", ondelete="restrict", index="btree_not_null"
    )
    unit_id = fields.Many2one(
        "hr.department",
        string="Unit that follows it",
        default=lambda self: self.env.user._vanban_unit(),
        index="btree_not_null",
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
        help="Its people confirm the results, as the leaders of the office do.",
    )
    note = fields.Text()
    parent_id = fields.Many2one(
        "vanban.task.assignment",
        string="Part of",
        index="btree_not_null",
        ondelete="restrict",
        help="The task given to one's own agency that this one is a part of.",
    )

    # ---- who gave it; first, because the rows below are as open as the task
    principal_ids = fields.Many2many(
        "vanban.principal",
        "vanban_task_principal_rel",
        "task_id",
        "principal_id",
        string="Given by people and units",
        readonly=True,
    )

    file_ids = fields.One2many("vanban.task.file", "task_id", string="Files")

    # ---- work ----
    assignment_ids = fields.One2many(
        "vanban.task.assignment", "task_id", string="Who carries it out"
    )
    assigned_date = fields.Datetime(string="Given on", readonly=True)
    assigned_by_id = fields.Many2one("res.users", string="Entered by", readonly=True)
    entry_due = fields.Datetime(string="To be entered by", readonly=True)
    is_late_entry = fields.Boolean(string="Entered late", readonly=True)
    lead_names = fields.Char(string="In the lead", compute="_compute_assignees")
    coordinator_names = fields.Char(string="Coordinating", compute="_compute_assignees")
    next_deadline = fields.Datetime(
        string="Deadline", compute="_compute_assignees", help="The latest of the leads."
    )
    done_count = fields.Integer(compute="_compute_assignees")
    assignment_count = fields.Integer(compute="_compute_assignees")
    late_count = fields.Integer(compute="_compute_assignees")
    search_text = fields.Text(
        compute="_compute_search_text", store=True, precompute=True, index="trigram"
    )

    _list_idx = models.Index("(company_id, id DESC)")
    _assigned_idx = models.Index("(company_id, assigned_date)")

    # ---- computes ----

    @api.depends("source_symbol", "content")
    def _compute_display_name(self):
        for task in self:
            content = shorten(task.content or "", width=100, placeholder="…")
            parts = filter(None, (task.source_symbol, content))
            task.display_name = " – ".join(parts)

    @api.depends("content", "source_symbol", "source_subject", "director_name")
    def _compute_search_text(self):
        for task in self:
            parts = (
                task.source_symbol,
                task.content,
                task.source_subject,
                task.director_name,
                task.signer_name,
            )
            task.search_text = " ".join(part for part in parts if part)

    @api.depends("assignment_ids.phase", "assignment_ids.deadline")
    def _compute_assignees(self):
        """Tell who has it, to everyone who sees the task, in one query."""
        now = fields.Datetime.now()
        rows = (
            self.env["vanban.task.assignment"]
            .sudo()  # the names are no secret among those who share the task
            .search_fetch(
                [("task_id", "in", self.ids)],
                ["task_id", "role", "assignee_name", "phase", "deadline"],
                order="task_id, role desc, id",
            )
            .grouped("task_id")
        )
        for task in self:
            lines = rows.get(task._origin, self.env["vanban.task.assignment"])
            leads = lines.filtered(lambda line: line.role == "lead")
            live = leads.filtered(lambda line: line.phase != "withdrawn")
            task.lead_names = ", ".join(leads.mapped("assignee_name"))
            task.coordinator_names = ", ".join((lines - leads).mapped("assignee_name"))
            task.next_deadline = max(live.mapped("deadline"), default=False)
            task.assignment_count = len(live)
            task.done_count = sum(line._is_done() for line in live)
            task.late_count = sum(
                line.phase == "open" and line.deadline < now for line in live
            )

    # ---- create, write, delete ----

    def _vanban_clean_new(self, vals):
        """Let a new task name its agency, which is one of the user's.

        :raise UserError: another agency than one's own
        """
        if self._vanban_is_in_action():
            return super()._vanban_clean_new(vals)
        vals = {**vals}
        company_id = vals.pop("company_id", None) or self.env.company.id
        company = self.env["res.company"].browse(to_id(company_id))
        if company not in self.env.companies and not self.env.su:
            raise UserError(self.env._("A task is given by one's own agency."))
        vals = {
            name: value
            for name, value in vals.items()
            if value or not self._vanban_is_guarded(name)
        }
        document_id = to_id(vals.get("source_document_id"))
        told = self._get_told(self.env["vanban.document"].browse(document_id or None))
        vals = {name: value for name, value in vals.items() if name not in told}
        vals = {**self._vanban_clean(vals), "company_id": company.id}
        givers = self.env["vanban.principal"]._get_for(self.env.user)
        return {**vals, "principal_ids": [(6, 0, givers.ids)]}

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        tasks._check_links()
        tasks._name_unit()
        if tasks._get_assignments().task_id != tasks.sudo():
            raise UserError(self._get_deadline_sentence())
        return tasks

    def write(self, vals):
        if self._vanban_is_in_action():
            return super().write(vals)
        given = self.sudo().filtered("assigned_date")
        if given and GIVEN_FIELDS & vals.keys():
            raise UserError(
                self.env._(
                    "“%(task)s” is given: withdraw it and give it anew.",
                    task=given[0].display_name,
                )
            )
        told = set().union(*(self._get_told(t.source_document_id) for t in self))
        if told & vals.keys() and "source_document_id" not in vals:
            raise UserError(
                self.env._("These data are those of the document that gives the task.")
            )
        result = super().write(vals)
        self._check_links()
        if "unit_id" in vals:
            self._name_unit()
        for task in self:
            if "assignment_ids" in vals and not task._get_assignments():
                raise UserError(self._get_deadline_sentence())
        return result

    @api.model
    def _get_deadline_sentence(self):
        return self.env._(
            "Say who carries the task out and until when: an assignment without a "
            "deadline is no task (128/QĐ-UBND Điều 3.3)."
        )

    def _check_links(self):
        """Refuse a document or a task of others as the origin of this one.

        :raise UserError: not such a document, or a task of another agency
        """
        for origin in self.source_document_id, self.parent_id:
            if origin:
                origin.with_user(self.env.user)._check_visible()
        for task in self:
            task._check_origin()

    def _check_origin(self):
        self.ensure_one()
        told = self.source_document_id.sudo()
        if told and (
            told.is_secret
            or told.company_id != self.company_id
            or not told.register_entry_id
        ):
            raise UserError(
                self.env._(
                    "A task comes from a registered or issued document of the agency "
                    "that is not secret."
                )
            )
        if self.unit_id and self.unit_id.sudo().company_id != self.company_id:
            raise UserError(
                self.env._("The unit that follows a task is of its agency.")
            )
        parent = self.parent_id.sudo()
        if parent and parent.agency_id != self.company_id:
            raise UserError(
                self.env._("A part of a task is given by the agency that has it.")
            )

    def _name_unit(self):
        """Open tasks to the unit that follows them."""
        for unit, tasks in self.grouped("unit_id").items():
            for principal in self.env["vanban.principal"]._get_for(units=unit):
                tasks._vanban_in_action().write({"principal_ids": [(4, principal.id)]})

    def unlink(self):
        """Delete what was not given yet, its files as well."""
        self.check_access("unlink")
        self.env["vanban.task.file"].sudo().search(
            [("task_id", "in", self.ids)]
        ).unlink()
        return super().unlink()

    @api.ondelete(at_uninstall=True)
    def _unlink_except_given(self):
        if self._vanban_is_uninstalling():
            return
        if any(task.assigned_date for task in self):
            raise UserError(
                self.env._("A task that was given is withdrawn, not deleted.")
            )

    def _get_assignments(self):
        """Return all rows, also those that the user does not see.

        User and superuser share the cache of a relation, so it holds what the first of
        them read.
        """
        return (
            self.env["vanban.task.assignment"]
            .sudo()
            .search([("task_id", "in", self.ids)])
        )
