from datetime import datetime, timedelta

import pytz

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.day_parts import cut_days

_HEAD = """
    SELECT agency.name AS agency, agency.vanban_schedule_note AS note,
           unit.id AS unit_id, %(unit_name)s AS unit,
           partner.name AS person, partner.id AS partner_id,
           schedule.id, schedule.state, schedule.revision, schedule.return_reason,
           schedule.approved_label, schedule.approved_date, schedule.published_date,
           EXISTS (SELECT 1 FROM vanban_department_head_rel
                    WHERE department_id = unit.id AND user_id = ANY(%(acting)s)
                  ) AS is_head,
           (SELECT COUNT(*) FROM calendar_event
             WHERE vanban_schedule_id = schedule.id AND active
               AND vanban_state = 'proposed') AS proposal_count,
           (SELECT JSON_AGG(JSON_BUILD_OBJECT(
                       'id', other.id, 'name', %(other_name)s, 'title', '',
                       'partner_id', NULL, 'leaves', JSON_BUILD_ARRAY())
                       ORDER BY other.id)
              FROM hr_department other
             WHERE other.company_id = agency.id AND other.active
               AND %(columns)s = 'units') AS units
      FROM res_company agency
      LEFT JOIN hr_department unit
        ON unit.id = %(unit)s AND unit.company_id = agency.id
      LEFT JOIN res_users person
        ON person.id = %(user)s AND NOT person.share
       AND EXISTS (SELECT 1 FROM res_company_users_rel
                    WHERE cid = agency.id AND user_id = person.id)
      LEFT JOIN res_partner partner ON partner.id = person.partner_id
      LEFT JOIN vanban_schedule schedule
        ON schedule.company_id = agency.id AND schedule.date_from = %(monday)s
       AND %(which)s
     WHERE agency.id = %(agency)s
"""
_PEOPLE = """
    SELECT person.id, person.partner_id, partner.name,
           COALESCE(NULLIF(version.job_title, ''), %(job_name)s, '') AS title,
           (SELECT JSON_AGG(JSON_BUILD_ARRAY(absence.date_from, absence.date_to))
              FROM resource_calendar_leaves absence
             WHERE absence.resource_id = employee.resource_id
               AND absence.time_type = 'leave'
               AND absence.date_from < %(end)s
               AND absence.date_to > %(begin)s) AS leaves
      FROM (%(whom)s) one
      JOIN res_users person ON person.id = one.id
      JOIN res_partner partner ON partner.id = person.partner_id
      LEFT JOIN LATERAL (
           SELECT resource_id, current_version_id
             FROM hr_employee
            WHERE user_id = person.id AND active
              AND company_id IN (%(agency)s, person.company_id)
            ORDER BY company_id = %(agency)s DESC
            LIMIT 1
           ) employee ON TRUE
      LEFT JOIN hr_version version ON version.id = employee.current_version_id
      LEFT JOIN hr_job job ON job.id = version.job_id
     ORDER BY job.sequence, job.id, person.id
"""


class VanbanSchedule(models.Model):
    """Whose week it is, and who has a column in it: one query each."""

    _inherit = "vanban.schedule"

    @api.model
    def _read_week_head(self, monday, unit_id, user_id, columns):
        """Return whose week it is, and the row of its schedule where there is one.

        :raise UserError: a unit or person of another agency
        """
        for name in ("vanban.schedule", "hr.department", "res.users", "calendar.event"):
            self.env[name].flush_model()
        name = self.env["hr.department"]._field_to_sql
        which = SQL("schedule.unit_id IS NULL AND %s", not user_id)
        if unit_id:
            which = SQL("schedule.unit_id = unit.id")
        query = SQL(
            _HEAD,
            agency=self.env.company.id,
            unit=unit_id or None,
            user=user_id or None,
            monday=monday,
            columns=columns,
            which=which,
            acting=self.env.user.sudo().vanban_calendar_keys["users"],
            unit_name=name("unit", "name"),
            other_name=name("other", "name"),
        )
        self.env.cr.execute(query)
        head = self.env.cr.dictfetchone()
        if unit_id and not head["unit_id"]:
            raise UserError(self.env._("This unit is not of your agency."))
        if user_id and not head["partner_id"]:
            raise UserError(self.env._("This person is not of your agency."))
        return head

    @api.model
    def _read_week_people(self, monday, unit_id, user_id):
        """Return the leaders of an agency or a unit, or a person, and their absences.

        :return: the heads of the columns, each with the contact
        """
        for name in ("resource.calendar.leaves", "hr.employee", "hr.version", "hr.job"):
            self.env[name].flush_model()
        query = SQL(
            _PEOPLE,
            whom=self._select_week_people(unit_id, user_id),
            agency=self.env.company.id,
            job_name=self.env["hr.job"]._field_to_sql("job", "name"),
            begin=self._get_week_moment(monday),
            end=self._get_week_moment(monday + timedelta(days=7)),
        )
        self.env.cr.execute(query)
        return [
            {**row, "leaves": self._get_week_leaves(row["leaves"] or [], monday)}
            for row in self.env.cr.dictfetchall()
        ]

    @api.model
    def _select_week_people(self, unit_id, user_id):
        """Return the query of who has a column: heads of a unit, else the leaders."""
        if user_id:
            return SQL("SELECT %s AS id", user_id)
        if unit_id:
            return SQL(
                "SELECT user_id AS id FROM vanban_department_head_rel"
                " WHERE department_id = %s",
                unit_id,
            )
        leaders = self.env["ir.model.data"]._xmlid_to_res_id("vanban_core.group_leader")
        here = Domain("company_ids", "in", self.env.company.ids)
        # who the leaders are is no secret
        users = self.env["res.users"].sudo()
        return users._search(here & Domain("all_group_ids", "in", [leaders])).select()

    @api.model
    def _get_week_leaves(self, leaves, monday):
        """Return on which parts of which days somebody is absent."""
        local = self.env.company._vanban_to_local
        return [
            {
                "date": part.date.isoformat(),
                "session": part.session,
                "time": self.env["calendar.event"]._vanban_get_hours(part),
            }
            for span in leaves
            for part in cut_days(
                *(local(datetime.fromisoformat(moment)) for moment in span), monday
            )
        ]

    @api.model
    def _get_week_domain(self, unit_id, user_id, columns):
        """Return which entries of the agency stand in a week."""
        here = Domain("vanban_company_id", "=", self.env.company.id)
        agency = Domain("vanban_level", "=", "agency")
        unit = Domain("vanban_level", "=", "unit")
        if user_id:
            person = Domain("vanban_level", "=", "person")
            headed = self.env["calendar.event"]._vanban_headed([user_id])
            return here & (
                (person & Domain("user_id", "=", user_id))
                | (~person & Domain("vanban_unit_ids", "any!", headed))
            )
        if unit_id:
            concerned = Domain("vanban_unit_ids", "in", [unit_id])
            concerned |= Domain("vanban_preparing_unit_id", "=", unit_id)
            own = unit & Domain("vanban_unit_id", "=", unit_id)
            return here & (own | (agency & concerned))
        return here & (agency | unit if columns == "units" else agency)

    @api.model
    def _get_week_moment(self, day, hour=0):
        """Return a moment of a day where the agency is, in UTC without zone."""
        local = datetime(day.year, day.month, day.day, hour)
        zone = self.env.company._vanban_tz()
        return zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)
