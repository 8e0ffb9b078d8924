import re
from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.vanban_core.report import form_text
from odoo.addons.vanban_core.tools.args import to_id
from odoo.addons.vanban_core.tools.holidays import propose
from odoo.addons.vanban_core.tools.text import fold

from ..tools import week_docx, week_form

_DAYS = timedelta(days=7)


class VanbanSchedule(models.Model):
    """The week as a form, for paper: PDF and DOCX are made of the same data (HN-7.2b).

    It shows what the user sees on the screen, and no more.
    """

    _inherit = "vanban.schedule"

    # ---- entries ----

    def _get_form_rows(self, topic=None):
        """Return the entries of a week that the user sees, and the time taken.

        Of closed meetings of a published week only the time is there for others.

        :param topic: a ``vanban.topic``: only entries of this field
        :return: rows of ``calendar.event._vanban_get_rows`` by time
        """
        self.ensure_one()
        Event = self.env["calendar.event"]
        cancelled = Domain("vanban_state", "=", "cancelled")
        domain = Domain("vanban_schedule_id", "=", self.id)
        domain &= Domain("vanban_state", "=", "accepted") | (
            # what was cancelled before the publication was never told
            cancelled & Domain("vanban_mark", "=", "cancelled")
        )
        if topic:
            domain &= Domain("vanban_topic_id", "=", topic.id)
        seen = Event.search(domain)
        rows = seen._vanban_get_rows()
        if self.state == "published" and not topic:
            closed = domain & Domain("vanban_is_closed", "=", True)
            hidden = Event.sudo().search(closed) - seen  # their time alone is told
            rows += hidden._vanban_get_taken_rows()
        return sorted(rows, key=lambda row: (row["start"], row["id"]))

    @api.model
    def _get_person_rows(self, user, monday):
        """Return what a person takes part in within a week, as far as one sees it."""
        Event = self.env["calendar.event"]
        zone = self.env.company._vanban_tz()
        start, stop = (
            zone.localize(datetime.combine(day, time.min))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for day in (monday, monday + _DAYS)
        )
        # whole days are kept in hours of no zone: the days themselves decide below
        margin = timedelta(days=1)
        domain = Event._vanban_get_part_domain(user, user._vanban_units())
        domain &= Domain("start", "<", stop + margin)
        domain &= Domain("stop", ">=", start - margin)
        rows = Event.search(domain)._vanban_get_rows()
        first = datetime.combine(monday, time.min)
        return sorted(
            (
                row
                for row in rows
                if row["start"] < first + _DAYS and row["stop"] > first
            ),
            key=lambda row: (row["start"], row["id"]),
        )

    # ---- the form ----

    def _get_form(self, topic=None):
        """Return a week as plain data for its printed forms.

        :return: dict of ``parent``, ``agency``, ``place_date``, ``title``, ``whose``,
            ``period``, ``note``, ``is_draft``, ``sign`` (``{"title", "when", "name"}``
            or None), ``file_name`` and what ``week_form.make_table`` returns
        """
        self.ensure_one()
        self.check_access("read")
        company, unit = self.company_id.sudo(), self.unit_id.sudo()
        moment = self.published_date or self.approved_date or fields.Datetime.now()
        return {
            **self._get_form_agency(company, unit),
            "whose": f"Lĩnh vực: {topic.name}" if topic else "",
            "is_draft": self.state != "published",
            "sign": self._get_form_sign(),
            "file_name": self._get_file_name(),
            **self._get_form_head(company, self.date_from, moment),
            **self._get_form_table(company, self.date_from, self._get_form_rows(topic)),
        }

    @api.model
    def _get_person_form(self, user, monday):
        """Return the week of a person as :meth:`_get_form` does that of an agency."""
        company = self.env.company.sudo()
        person = user._vanban_person()
        year, week, _day = monday.isocalendar()
        name = _slug(person["name"])
        return {
            **self._get_form_agency(company),
            "whose": self.env["vanban.routing"]._get_label(person),
            "is_draft": False,
            "sign": None,
            "file_name": f"lich-cong-tac-{name}-tuan-{week}-{year}",
            **self._get_form_head(company, monday, fields.Datetime.now()),
            # the agency's own week replaces invitations, not this one
            "note": "",
            **self._get_form_table(
                company, monday, self._get_person_rows(user, monday)
            ),
        }

    @api.model
    def _get_form_agency(self, company, unit=None):
        names = (
            (company.name, unit.name)
            if unit
            else (company.vanban_parent_name, company.name)
        )
        parent, agency = map(form_text.break_name, names)
        return {"parent": parent, "agency": agency}

    @api.model
    def _get_form_head(self, company, monday, moment):
        week = monday.isocalendar().week
        first, last = monday, monday + timedelta(days=6)
        day = company._vanban_to_local(moment).date()
        return {
            "place_date": form_text.place_date(company.vanban_place, day),
            "title": f"Lịch công tác tuần thứ {week}",
            "period": f"Từ ngày {form_text.day(first)} đến ngày {form_text.day(last)}",
            "note": week_form.printable(company.vanban_schedule_note),
        }

    @api.model
    def _get_form_table(self, company, monday, rows):
        return week_form.make_table(rows, self._get_form_days(company, monday))

    @api.model
    def _get_form_days(self, company, monday):
        """Return ``{date: {"works", "name"}}``: which days are worked, off by what."""
        days = [monday + timedelta(days=number) for number in range(7)]
        entered = (
            self.env["vanban.work.day"]
            .sudo()  # days off are no secret
            .search(
                [
                    ("date", "in", days),
                    ("state", "=", "accepted"),
                    ("company_id", "in", [False, company.id]),
                ]
            )
        )
        law = {
            one.date: one for year in {d.year for d in days} for one in propose(year)
        }
        names = {day: law[day].name for day in days if day in law}
        # the agency's own come last
        entered = entered.sorted(lambda day: bool(day.company_id))
        names |= {day.date: day.name for day in entered}
        chosen = set(entered.mapped("date"))
        result = {}
        for day in days:
            works = company._vanban_is_working_day(day)
            # what the law only proposes has a name where it is a day off
            named = day in chosen or not works
            result[day] = {"works": works, "name": names.get(day, "") if named else ""}
        return result

    def _get_form_sign(self):
        """Return who approved the week, as it was written down; a unit's: its head."""
        if self.unit_id:
            name, moment = self.sudo().published_by_id.name, self.published_date
            title, done = "THỦ TRƯỞNG ĐƠN VỊ", "Công bố"
        else:
            title, name = self._get_form_approver()
            moment, done = self.approved_date, "Đã duyệt"
        local = form_text.local(moment, self.company_id.sudo()._vanban_tz())
        when = f"{done} lúc {form_text.minute(local)}" if local else ""
        return {"title": title, "when": when, "name": (name or "") if local else ""}

    def _get_form_approver(self):
        """Return title and name; who acted for a leader is told in one line."""
        label = self.approved_label or ""
        name = self.sudo().approved_by_id.name or ""
        if name and label.startswith(f"{name}, "):
            return label[len(name) + 2 :].upper(), name
        return "NGƯỜI DUYỆT", label

    def _get_file_name(self):
        """Return ``lich-cong-tac-tuan-49-2026``, with the unit where it is a unit's."""
        unit = f"-{_slug(self.unit_id.sudo().name)}" if self.unit_id else ""
        return f"lich-cong-tac{unit}-tuan-{self.week}-{self.year}"

    # ---- files ----

    @api.model
    def _find_form(self, schedule_id=None, topic_id=None, user_id=None, day=None):
        """Return the form that an address names, or None where there is none.

        Without a schedule it is the week of a person: one's own where none is named.

        :raise UserError: a day that is no date
        """
        if schedule_id is not None:
            schedule = self.browse(to_id(schedule_id)).exists()
            topic = self.env["vanban.topic"].browse(to_id(topic_id)).exists()
            found = schedule and (topic or topic_id is None)
            if not found or not (
                schedule.has_access("read") and topic.has_access("read")
            ):
                return None
            return schedule._get_form(topic)
        user = self.env.user
        if user_id is not None:
            user = user.browse(to_id(user_id))
            # who works here is no secret
            works = user and user.sudo()._vanban_exist()
            if not works or self.env.company not in user.sudo().company_ids:
                return None
        return self._get_person_form(user, self._get_monday(self._read_day(day)))

    @api.model
    def _make_docx(self, form):
        return week_docx.make_docx(form)

    def action_print_docx(self):
        """Return the action that downloads the week as a file for Word.

        :raise UserError: several weeks
        """
        if len(self) != 1:
            raise UserError(self.env._("Choose one week."))
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/vanban/lich/tuan.docx?schedule_id={self.id}",
            "target": "download",
        }


def _slug(name):
    """Return a name as it stands in the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name or "")).strip("-")
