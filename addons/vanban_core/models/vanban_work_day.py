from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.args import to_id
from ..tools.holidays import propose

_YEARS_AHEAD = 5


class VanbanWorkDay(models.Model):
    """A day that is off or worked against the week (BLLĐ 2019 Điều 111, 112).

    Only accepted days count. A day of the agency goes before one of the whole country.
    The holidays that the law itself names count in every year; make-up days and those
    that a notice chooses count as proposed until a holiday of that year was entered.
    Nothing of a past year changes.
    """

    _name = "vanban.work.day"
    _inherit = ["vanban.mixin", "vanban.work.part"]
    _description = "Day off or worked"
    _order = "date desc, id desc"

    _guarded_fields = frozenset({"state"})

    date = fields.Date(required=True)
    kind = fields.Selection(
        [
            ("holiday", "Holiday"),
            ("make_up", "Off to make up for a holiday"),
            ("swapped_off", "Off, worked on another day"),
            ("swapped_work", "Worked for another day"),
        ],
        required=True,
        default="holiday",
    )
    name = fields.Char(required=True)
    source = fields.Char(
        required=True, help="Article of the law, or symbol of a notice."
    )
    state = fields.Selection(
        [("proposed", "Proposed"), ("accepted", "Accepted")],
        required=True,
        readonly=True,
        default="accepted",
        copy=False,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Only for the agency",
        index="btree_not_null",
        ondelete="cascade",
    )

    _country_date = models.UniqueIndex(
        "(date) WHERE company_id IS NULL", "This day is entered for the whole country."
    )
    _company_date = models.UniqueIndex(
        "(company_id, date) WHERE company_id IS NOT NULL",
        "This day is entered for the agency.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        # data of the module tell of years before; no client is the superuser
        if not (self.env.su and self.env.context.get("install_mode")):
            days._check_year()
        return days

    def write(self, vals):
        self._check_year()
        result = super().write(vals)
        self._check_year()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_except_past_year(self):
        if self._vanban_is_uninstalling():
            return
        self.filtered(lambda day: day.state == "accepted")._check_year()

    def _check_year(self):
        """Refuse to touch what was counted with.

        :raise UserError: a day is of a year before this one
        """
        year = self.env.company._vanban_today().year
        if any(day.date and day.date.year < year for day in self):
            raise UserError(self.env._("Days of a past year do not change."))

    # ---- actions ----

    def action_propose(self, year=None):
        """Enter the holidays and make-up days of a year by the law, to be accepted.

        :param int year: this year or one of the next; by default the first of them
            without a holiday
        """
        self.check_access("create")
        this = self.env.company._vanban_today().year
        years = range(this, this + _YEARS_AHEAD + 1)
        year = to_id(year) if year else next(filter(self._is_open, years), 0)
        if year not in years:
            raise UserError(
                self.env._(
                    "Days are proposed for a year from %(first)s to %(last)s.",
                    first=years[0],
                    last=years[-1],
                )
            )
        known = set(self._get_country_days(year).mapped("date"))
        self._vanban_in_action().create(
            [
                {
                    "date": day.date,
                    "kind": day.kind,
                    "name": day.name,
                    "source": day.source,
                    "state": "proposed",
                }
                for day in propose(year)
                if day.date not in known
            ]
        )
        return True

    def _is_open(self, year):
        return "holiday" not in self._get_country_days(year).mapped("kind")

    def _get_country_days(self, year):
        return self.search(
            [
                ("company_id", "=", False),
                ("date", ">=", f"{year}-01-01"),
                ("date", "<=", f"{year}-12-31"),
            ]
        )

    def action_accept(self):
        """Let proposed days count."""
        self.check_access("write")
        self._vanban_in_action().write({"state": "accepted"})
        return True

    # ---- working time ----

    @api.model
    def _get_of(self, company):
        """Return ``days``, ``names`` and ``settled`` of ``WorkTime`` for an agency."""
        entered = self.search(
            [("state", "=", "accepted"), ("company_id", "in", [False, company.id])]
        )
        # the agency's own come last
        ordered = entered.sorted(lambda day: bool(day.company_id))
        return {
            "days": {day.date: day.kind for day in ordered},
            "names": {day.date: day.name for day in ordered},
            "settled": frozenset(
                day.date.year
                for day in entered
                if day.kind == "holiday" and not day.company_id
            ),
        }
