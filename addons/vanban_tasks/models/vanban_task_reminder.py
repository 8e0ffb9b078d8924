from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

REMINDER = "vanban_tasks.mail_activity_type_reminder"
# working days before the deadline; after it, the first day and then every week
DAYS_BEFORE = (3, 1, 0)
BATCH = 200
# lines of the weekly list; the rest is behind its link
MOST_LISTED = 50
# what ends the matter of a reminder, or moves it
_ENDING = {"last_report_id", "withdrawn_date", "deadline_day"}


class VanbanTaskAssignment(models.Model):
    """Reminders before and after the deadline, as to-dos of those who carry it out.

    The next day to remind is stored and moves on once told: none is told twice, and
    what was missed on a day off or without the server is told on the next one.
    """

    _inherit = "vanban.task.assignment"

    next_reminder = fields.Date(
        string="Next reminder",
        compute="_compute_next_reminder",
        store=True,
        precompute=True,
        exportable=False,
    )

    _reminder_idx = models.Index("(next_reminder) WHERE next_reminder IS NOT NULL")

    @api.depends("phase", "deadline")
    def _compute_next_reminder(self):
        for row in self:
            is_open = row.phase == "open" and row.deadline
            row.next_reminder = is_open and row._get_next_reminder()

    def _get_next_reminder(self):
        """Return the first day after today on which a reminder is due."""
        agency = (self.agency_id or self.company_id).sudo()
        today, day = (
            agency._vanban_today(),
            agency._vanban_to_local(self.deadline).date(),
        )
        shift = agency._vanban_shift_days
        first_late = shift(day, 1)
        days = [shift(day, -count) if count else day for count in DAYS_BEFORE]
        for one in (*days, first_late):
            if one > today:
                return one
        weeks = (today - first_late).days // 7 + 1
        return first_late + timedelta(weeks=weeks)

    def write(self, vals):
        result = super().write(vals)
        if _ENDING & vals.keys():
            self.sudo().activity_unlink([REMINDER])
        return result

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let nobody follow a task for being reminded of it."""
        if self.env.context.get("vanban_reminder"):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)

    # ---- reminding ----

    def _remind(self):
        """Give those who carry the rows out a to-do, in place of an older one."""
        self.activity_unlink([REMINDER])
        receivers = {row: row._get_receivers().filtered("active") for row in self}
        everyone = self.env["res.users"].union(*receivers.values())
        langs = {user: user.lang for user in everyone}
        model_id = self.env["ir.model"]._get_id(self._name)
        kind = self.env.ref(REMINDER)
        words, vals_list = {}, []
        for row, users in receivers.items():
            for user in users:
                key = row, langs[user]
                if key not in words:
                    here = row.with_context(lang=langs[user])
                    words[key] = here._get_reminder_words()
                vals_list.append(
                    {
                        "activity_type_id": kind.id,
                        "res_model_id": model_id,
                        "res_id": row.id,
                        "user_id": user.id,
                        "summary": words[key],
                        "date_deadline": row._get_local_deadline(),
                        "automated": True,
                    }
                )
        # each to-do asks for the name of its task by itself
        self.sudo().task_id.fetch(["content", "source_symbol"])
        # no letter for each: the to-do itself is what is told
        quiet = {"mail_activity_quick_update": True, "vanban_reminder": True}
        self.env["mail.activity"].with_context(**quiet).create(vals_list)
        self.env.add_to_compute(self._fields["next_reminder"], self)
        everyone._vanban_notify_desk()

    def _get_local_deadline(self):
        return self.agency_id.sudo()._vanban_to_local(self.deadline).date()

    def _get_reminder_words(self):
        """Return how long there is left, in the language of the environment."""
        agency = self.agency_id.sudo()
        today, day = agency._vanban_today(), self._get_local_deadline()
        words = {"day": format_date(self.env, day, date_format="dd/MM/yyyy")}
        if day < today:
            return self.env._("Overdue since %(day)s", **words)
        if day == today:
            return self.env._("Due today, %(day)s", **words)
        left = next(
            count
            for count in range(1, max(DAYS_BEFORE) + 1)
            if agency._vanban_shift_days(today, count) >= day
        )
        return self.env._(
            "%(left)s working days left, until %(day)s", left=left, **words
        )

    @api.model
    def _cron_remind(self):
        """Remind of deadlines near and past, on the working days of each agency."""
        agencies = self.env["res.company"].search(
            [("vanban_task_reminders", "=", True)]
        )
        agencies = agencies.filtered(
            lambda agency: agency._vanban_is_working_day(agency._vanban_today())
        )
        if not agencies:
            return
        domain = (
            Domain("next_reminder", "<=", agencies[0]._vanban_today())
            & Domain("phase", "=", "open")
            & Domain("agency_id", "in", agencies.ids)
        )
        left, last = self.search_count(domain), 0
        while rows := self.search(
            domain & Domain("id", ">", last), order="id", limit=BATCH
        ):
            last, left = rows[-1].id, max(left - len(rows), 0)
            # somebody is at the others just now: their turn is tomorrow
            rows.try_lock_for_update()._remind()
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=left):
                return


class ResCompany(models.Model):
    """The weekly list of what is overdue, to those who answer for it."""

    _inherit = "res.company"

    vanban_task_reminders = fields.Boolean(
        string="Remind of deadlines of tasks",
        default=True,
        help="Three days and one day before, on the day, when it is over and then "
        "every week: those of this agency who carry them out.",
    )
    vanban_task_weekly = fields.Boolean(
        string="Weekly list of overdue tasks",
        default=True,
        help="On Mondays, to the leaders and, of tasks that were given, the office "
        "heads of this agency.",
    )
    vanban_task_weekly_on = fields.Date(string="Last weekly list", readonly=True)

    @api.model
    def _cron_task_weekly(self):
        """Send each agency its list once a week, however often this runs."""
        today = self.env.company._vanban_today()
        monday = today - timedelta(days=today.weekday())
        agencies = self.search(
            Domain("vanban_task_weekly", "=", True)
            & (
                Domain("vanban_task_weekly_on", "=", False)
                | Domain("vanban_task_weekly_on", "<", monday)
            )
        )
        for left, agency in zip(
            range(len(agencies) - 1, -1, -1), agencies, strict=True
        ):
            agency._vanban_send_weekly()
            agency.vanban_task_weekly_on = today
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                return

    def _vanban_send_weekly(self):
        """Tell of the overdue tasks that the agency gave, and of those it has."""
        self.ensure_one()
        leaders = self._vanban_get_people("vanban_core.group_leader")
        heads = self._vanban_get_people("vanban_core.group_office_head")
        late = Domain("is_overdue", "=", True)
        given = (
            late & Domain("company_id", "=", self.id) & Domain("lead_id", "=", False)
        )
        had = late & Domain("agency_id", "=", self.id) & Domain("unit_id", "=", False)
        self._vanban_send_late(leaders | heads, given, is_given=True)
        self._vanban_send_late(leaders, had, is_given=False)

    def _vanban_send_late(self, users, domain, is_given):
        """Send one message with the list, in the language of each."""
        Assignment = self.env["vanban.task.assignment"].sudo()
        rows = Assignment.search(domain, limit=MOST_LISTED) if users else Assignment
        if not rows:
            return
        count = Assignment.search_count(domain)
        for lang, people in users.grouped("lang").items():
            company = self.with_context(lang=lang)
            subject = company._vanban_get_weekly_subject(count, is_given)
            body = company.env["ir.qweb"]._render(
                "vanban_tasks.weekly_late",
                {
                    "subject": subject,
                    "rows": rows.with_context(lang=lang),
                    "rest": count - len(rows),
                    "is_given": is_given,
                    "url": f"{company.get_base_url()}/odoo/nhiem-vu-qua-han",
                },
                minimal_qcontext=True,
            )
            company.env["mail.thread"].message_notify(
                subject=subject, body=body, partner_ids=people.partner_id.ids
            )

    def _vanban_get_weekly_subject(self, count, is_given):
        if is_given:
            return self.env._(
                "%(count)s tasks that were given are overdue", count=count
            )
        return self.env._("%(count)s tasks to carry out are overdue", count=count)
