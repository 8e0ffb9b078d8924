from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


class VanbanDesk(models.AbstractModel):
    """The desks of the archive and of the administrator, who reads no document."""

    _inherit = "vanban.desk"

    @api.model
    def _get_queues(self):
        user = self.env.user
        queues = super()._get_queues()
        if user.has_group("vanban_core.group_archivist"):
            queues = self._get_archive_queues() + queues
        if user.has_group("vanban_core.group_admin"):
            queues += self._get_settings_queues()
        return queues

    @api.model
    def _get_urgent_items(self, queues):
        items = super()._get_urgent_items(queues)
        for queue in queues:
            if queue["key"] == "case_to_take":
                cases = self.env["vanban.case"].search(
                    queue["domain"], order="date_to, id", limit=7
                )
                items += [self._prepare_case_item(case, queue) for case in cases]
        return items

    @api.model
    def _prepare_case_item(self, case, queue):
        due = case.date_to + relativedelta(years=1)
        return {
            "id": case.id,
            "action": queue["action"],
            "url": f"/odoo/ban-lam-viec/ho-so/{case.id}",
            "asked": queue["label"],
            "symbol": case.code,
            "subject": case.title,
            "who": case.owner_id.sudo().name,
            "deadline": self._get_end_of_day(due),
            "is_overdue": due < self.env.company._vanban_today(),
        }

    @api.model
    def _get_archive_queues(self):
        """Return the case files that are due to the archive, and what came of them.

        A file kept for 5 years or more is due within a year of its closing
        (NĐ 30/2020 Điều 30).
        """
        today = self.env.company._vanban_today()
        year = fields.Date.to_string(today.replace(month=1, day=1))
        due = fields.Date.to_string(today - relativedelta(years=1))
        late = Domain("date_to", "<", due)
        taken, ended = Domain("taken_date", ">=", year), Domain("date_to", ">=", year)
        closed = Domain("state", "=", "closed") & Domain("retention", "!=", "2")
        queues = [
            ("case_to_take", self.env._("Case files to take over"), closed),
            ("case_late", self.env._("Late for the archive"), closed & late),
            ("case_taken", self.env._("Taken over this year"), taken),
            ("case_closed", self.env._("Case files closed this year"), ended),
        ]
        here = Domain("company_id", "=", self.env.company.id)
        shared = {
            "section": self.env._("Archive"),
            "model": "vanban.case",
            "action": "vanban_core.vanban_case_action",
        }
        waiting = {"asks": True, "late_when": late, "oldest_by": ["date_to"]}
        return [
            {
                "key": key,
                "label": label,
                "domain": list(domain & here),
                **shared,
                **(waiting if key == "case_to_take" else {}),
            }
            for key, label, domain in queues
        ]

    @api.model
    def _get_settings_queues(self):
        """Return what the administrator has to set right, then to watch.

        A line more is a queue more.
        """
        gaps = self.env._("To set right")
        watched = self.env._("To watch")
        lines = [(gaps, *line) for line in self._get_gaps()]
        lines += [(watched, *line) for line in self._get_watched()]
        labels = self._get_settings_labels()
        return [
            {
                "section": section,
                "asks": section == gaps,
                "key": key,
                "label": labels[key],
                "model": self.env.ref(action).sudo().res_model,
                "action": action,
                "domain": domain,
            }
            for section, key, action, domain in lines
        ]

    @api.model
    def _get_gaps(self):
        """Return what is missing: key, action and domain of each queue."""
        officers = self.env.ref("vanban_core.group_officer").ids
        at_work = [("active", "=", True)]
        return [
            (
                "user_no_unit",
                "base.action_res_users",
                [
                    ("all_group_ids", "in", officers),
                    ("employee_ids", "not any", [("department_id", "!=", False)]),
                ],
            ),
            (
                "unit_no_head",
                "hr.hr_department_tree_action",
                [("vanban_head_ids", "not any", at_work)],
            ),
            (
                "register_no_keeper",
                "vanban_core.vanban_register_action",
                [("secret", "=", True), ("keeper_ids", "not any", at_work)],
            ),
            (
                "agency_no_receiver",
                "base.action_res_company_form",
                [("vanban_first_receiver_id", "not any", at_work)],
            ),
        ]

    @api.model
    def _get_watched(self):
        """Return what runs: key, action and domain of each queue."""
        today = self.env.company._vanban_today()
        day = fields.Date.to_string(today)
        week = fields.Date.to_string(today + timedelta(days=7))
        in_force = [("date_from", "<=", day), ("date_to", ">=", day)]
        return [
            (
                "password_issued",
                "base.action_res_users",
                [("vanban_password_issued", "=", True), ("share", "=", False)],
            ),
            (
                "delegation_ending",
                "vanban_core.vanban_delegation_action",
                [*in_force, ("date_to", "<=", week)],
            ),
            (
                "delegation_in_force",
                "vanban_core.vanban_delegation_action",
                in_force,
            ),
        ]

    @api.model
    def _get_settings_labels(self):
        return {
            "user_no_unit": self.env._("People without a unit"),
            "unit_no_head": self.env._("Units without a head"),
            "register_no_keeper": self.env._("Secret registers without a clerk"),
            "agency_no_receiver": self.env._("Agencies without a first receiver"),
            "password_issued": self.env._("Issued password not changed"),
            "delegation_ending": self.env._("Delegations ending within 7 days"),
            "delegation_in_force": self.env._("Delegations in force"),
        }
