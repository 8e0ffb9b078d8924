from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# design §4.5: the law's days end where the agencies are, whatever a calendar says
_TZ = pytz.timezone("Asia/Ho_Chi_Minh")


class ResCompany(models.Model):
    """An agency (cơ quan)."""

    _inherit = "res.company"

    vanban_code = fields.Char(
        string="Abbreviation", help="Stands in symbols, as UBND in 128/QĐ-UBND."
    )
    vanban_parent_name = fields.Char(
        string="Superior agency", help="Printed above the name of the agency."
    )
    vanban_place = fields.Char(string="Place name", help="Printed before the date.")
    vanban_access_policy = fields.Selection(
        [
            ("unit", "Own unit and what was routed to it"),
            ("agency", "All registered and issued documents of the agency"),
        ],
        string="Who sees documents",
        default="unit",
        required=True,
    )
    vanban_first_receiver_id = fields.Many2one(
        "res.users",
        string="First receiver of incoming documents",
        help="Registered documents go to this person for directions.",
    )
    vanban_file_size_max = fields.Integer(
        string="Largest file (MB)", default=50, required=True
    )

    _vanban_file_size = models.Constraint(
        "CHECK (vanban_file_size_max BETWEEN 1 AND 1024)",
        "The largest file is between 1 and 1024 MB.",
    )

    @api.constrains("vanban_first_receiver_id")
    def _check_vanban_first_receiver(self):
        for company in self:
            receiver = company.vanban_first_receiver_id
            if receiver and company not in receiver.company_ids:
                raise ValidationError(
                    self.env._("The first receiver belongs to the agency.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._vanban_create_registers()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if "vanban_access_policy" in vals:
            # which agencies are open is kept; see vanban.document._get_open_agencies
            self.env.registry.clear_cache()
        return result

    def _vanban_create_registers(self):
        """Give each agency the books that every agency has; it may change them."""
        Register = self.env["vanban.register"].sudo()
        done = Register.with_context(active_test=False).search(
            [("company_id", "in", self.ids)]
        )
        for company in self - done.company_id:
            Register.create(Register._prepare_default_vals(company))

    # ---- time ----

    def _prepare_resource_calendar_values(self):
        # design §4.5: whoever opens the agency, from wherever
        return super()._prepare_resource_calendar_values() | {"tz": _TZ.zone}

    def _vanban_tz(self):
        return _TZ

    def _vanban_today(self):
        """Return today's date where the agency is."""
        return datetime.now(self._vanban_tz()).date()

    def _vanban_end_of_today(self):
        """Return the end of today's work, or of the next working day after it."""
        self.ensure_one()
        zone = self._vanban_tz()
        now = datetime.now(zone)
        midnight = zone.localize(datetime.combine(now.date(), time.min))
        end = self._vanban_end_of_work(1, midnight)
        if end <= now:
            return self._vanban_deadline(1)
        return end.astimezone(pytz.utc).replace(tzinfo=None)

    def _vanban_deadline(self, days, start=None):
        """Return the end of the last of so many working days, in UTC without zone.

        The first day does not count (Bộ luật Dân sự 2015 Điều 147).

        :param int days: working days, at least one
        :param datetime start: UTC without zone; now by default
        """
        self.ensure_one()
        zone = self._vanban_tz()
        start = pytz.utc.localize(start or fields.Datetime.now()).astimezone(zone)
        next_day = datetime.combine(start.date() + timedelta(days=1), time.min)
        end = self._vanban_end_of_work(days, zone.localize(next_day))
        return end.astimezone(pytz.utc).replace(tzinfo=None)

    def _vanban_end_of_work(self, days, start):
        """Return the end of work on the last of so many working days from ``start``."""
        calendar = self.resource_calendar_id
        end = calendar.plan_days(days, start, compute_leaves=True)
        # plan_days stops at the first break of that day
        local = end.astimezone(start.tzinfo)
        midnight = datetime.combine(local.date() + timedelta(days=1), time.min)
        rest = calendar._work_intervals_batch(
            local, self._vanban_tz().localize(midnight)
        )[False]
        return max((stop for _start, stop, _meta in rest), default=end)
