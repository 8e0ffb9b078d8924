from datetime import datetime, time, timedelta

from odoo import api, models


class ResCompany(models.Model):
    """At the set hour the next week is to be arranged; a day before, to be proposed."""

    _inherit = "res.company"

    @api.model
    def _cron_vanban_schedule_call(self):
        """Call for proposals and for arranging, once each, in every agency."""
        agencies = self.search([("vanban_schedule_weekday", "!=", False)])
        for left, agency in zip(
            range(len(agencies) - 1, -1, -1), agencies, strict=True
        ):
            agency._vanban_call_schedule()
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                return

    def _vanban_call_schedule(self):
        """Ask the units, or who arranges, for the next week when it is time."""
        self.ensure_one()
        now = datetime.now(self._vanban_tz()).replace(tzinfo=None)
        monday = now.date() - timedelta(days=now.weekday())
        day = monday + timedelta(days=int(self.vanban_schedule_weekday))
        due = datetime.combine(day, time.min) + timedelta(
            hours=self.vanban_schedule_hour
        )
        call = datetime.combine(self._vanban_shift_days(day, -1), time(8))
        called = self.vanban_schedule_called_on
        if now >= due and (not called or called < day):
            self._vanban_ask_arrangers(monday + timedelta(days=7))
            self.vanban_schedule_called_on = day
        elif call <= now < due and (not called or called < call.date()):
            self._vanban_ask_units(monday + timedelta(days=7), due)
            self.vanban_schedule_called_on = call.date()

    def _vanban_ask_arrangers(self, monday):
        schedule = self.env["vanban.schedule"]._get_for(
            self, self.env["hr.department"], monday
        )
        heads = self._vanban_get_people("vanban_core.group_office_head")
        leaders = self._vanban_get_people("vanban_core.group_leader")
        if schedule.state == "draft":
            here = schedule.with_context(lang="vi_VN")
            here._ask(
                heads - leaders or heads,
                here.env._(
                    "Arrange the schedule: %(count)s proposals.",
                    count=schedule.proposal_count,
                ),
            )

    def _vanban_ask_units(self, monday, due):
        schedule = self.env["vanban.schedule"]._get_for(
            self, self.env["hr.department"], monday
        )
        units = self.env["hr.department"].search([("company_id", "=", self.id)])
        here = schedule.with_context(lang="vi_VN")
        here._notify(
            units.vanban_head_ids,
            here.env._(
                "Propose until %(due)s what is to stand in the schedule.",
                due=f"{due:%H:%M %d/%m/%Y}",
            ),
        )
