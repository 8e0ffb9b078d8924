from datetime import UTC, datetime, time, timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..const import AFTERNOON
from ..tools.invitation import read_invitation
from ..tools.invitation_labels import fold_same

# what a person looks at again, by the field of the reader; see
# calendar.event._vanban_get_check_labels
_CHECKS = {
    "date": "when",
    "start": "when",
    "stop": "when",
    "last_date": "when",
    "session": "when",
    "place": "place",
    "chair": "chair",
    "chair_title": "chair",
    "participants": "people",
    "preparing": "preparing",
}
_USUAL = {
    "morning": (time(8), time(11, 30)),
    "afternoon": (time(13, 30), time(17)),
    "evening": (time(19, 30), time(21)),
    "day": (time(8), time(17)),
}
# what stands in a list for those that the paper is addressed to
_AS_ADDRESSED = ("nhu kinh gui", "nhu tren")


def _key(text):
    """Return a name as it is compared: with its diacritics, in any case."""
    return " ".join((text or "").casefold().split())


class VanbanDocument(models.Model):
    """What an entry takes from an invitation: its text, its data, its recipients."""

    _inherit = "vanban.document"

    def _prepare_entry_vals(self):
        """Return the values of the entry; the caller has checked the rights."""
        self.ensure_one()
        text = self._get_paper_text()
        told = read_invitation(text, self.date, self.company_id._vanban_today())
        checks = {
            _CHECKS[name]: told.sources.get(name, "")
            for name in sorted(told.uncertain)
            if name in _CHECKS
        }
        if not text.strip():
            checks |= dict.fromkeys(_CHECKS.values(), "")
        if not told.place:
            checks.setdefault("place", "")
        vals = {
            "name": self._get_entry_name(told, checks),
            "vanban_level": "agency",
            "vanban_company_id": self.company_id.id,
            "vanban_document_id": self.id,
            "vanban_urgency": self.urgency,
            "vanban_topic_id": self.topic_id.id,
            **self._get_entry_time(told, checks),
            **self._get_entry_place(told),
            **self._get_entry_people(told, checks),
            **self._get_entry_notes(told),
            "vanban_to_check": checks or False,
        }
        if checks:
            # whoever arranges the schedule, too, looks at it first
            vals["vanban_state"] = "proposed"
        return vals

    def _get_entry_name(self, told, checks):
        name = self.subject or told.title
        if not self.subject:
            checks["name"] = told.sources.get("title", "")
        return " ".join((name or self.document_type_id.name or self.symbol).split())

    # ---- when ----

    def _get_entry_time(self, told, checks):
        """Return start and stop; what is not told is of the hours of work, marked."""
        company = self.company_id
        source = told.sources.get("start") or told.sources.get("date", "")
        start, stop = told.start, told.stop
        day = start.date() if start else told.date
        if not day:
            checks["when"] = source
            try:
                day = company._vanban_shift_days(company._vanban_today(), 1)
            except UserError:  # no working hours at all
                day = company._vanban_today() + timedelta(days=1)
            start = datetime.combine(day, time(8))
        elif not start:
            checks["when"] = source
            start, stop = self._get_hours(day, told.session or "day")
        if not stop:
            last = told.last_date or day
            half = "morning" if start.hour < AFTERNOON and last == day else "day"
            stop = self._get_hours(last, half)[1]
            if stop <= start:
                stop = start + timedelta(hours=1)
        if stop <= start:
            checks["when"] = source
            stop = start + timedelta(hours=1)
        zone = company._vanban_tz()
        start, stop = (
            zone.localize(moment).astimezone(UTC).replace(tzinfo=None)
            for moment in (start, stop)
        )
        return {"start": start, "stop": stop}

    def _get_hours(self, day, session):
        """Return when the agency works in a part of a day; as usual on a day off."""
        noon = datetime.combine(day, time(AFTERNOON))
        hours = [] if session == "evening" else self._get_intervals(day)
        if session == "morning":
            hours = [span for span in hours if span[0] < noon]
        elif session == "afternoon":
            hours = [span for span in hours if span[1] > noon]
        if hours:
            return hours[0][0], hours[-1][1]
        first, last = _USUAL[session]
        return datetime.combine(day, first), datetime.combine(day, last)

    def _get_intervals(self, day):
        try:
            return list(self.company_id._vanban_work_time().get_intervals(day))
        except OverflowError:
            return []

    # ---- where ----

    def _get_entry_place(self, told):
        """Return the agency's own room where the place begins with its name."""
        place = told.place or ""
        if self.direction == "outgoing" and place:
            # which rooms there are is no secret to who enters a meeting
            rooms = self.env["resource.resource"].sudo()
            rooms = rooms.search(
                [
                    ("vanban_kind", "=", "room"),
                    ("company_id", "in", (False, self.company_id.id)),
                ]
            )
            for room in rooms.sorted(lambda one: -len(one.name)):
                rest = place[len(room.name) :]
                begins = _key(place).startswith(_key(room.name))
                if begins and not rest[:1].isalnum():
                    return {
                        "vanban_room_id": room.id,
                        "location": rest.strip(" ,;-–") or False,
                    }
        return {"location": place or False}

    # ---- who ----

    def _get_entry_people(self, told, checks):
        """Return chair, participants and who prepares; people only where sure."""
        people = self._get_people_by_name()
        recipients = self.env["res.partner"]
        if self.direction == "outgoing":
            asked = self.sudo().recipient_ids.filtered(lambda r: r.kind == "to")
            recipients = asked.partner_id
        partners, guests = recipients, []
        for words in told.participants:
            padded = f" {_key(words)} ".replace(",", " ").replace(";", " ")
            named = self.env["res.users"].union(
                *(user for name, user in people.items() if f" {name} " in padded)
            )
            partners |= named.partner_id
            if not named and not self._is_among(words, recipients):
                guests.append(words)
        vals = {
            "partner_ids": [Command.set(partners.ids)],
            "vanban_guests": "\n".join(guests) or False,
            "vanban_preparing_unit_id": self._find_unit(told.preparing).id,
        }
        chair = people.get(_key(told.chair)) if "chair" not in checks else None
        if chair:
            return vals | {"vanban_chair_id": chair.id}
        title = [told.chair, told.chair_title]
        return vals | {"vanban_chair_name": ", ".join(filter(None, title)) or False}

    def _get_people_by_name(self):
        """Return the agency's people by name, none that two share or of one word."""
        users = self.env["res.users"].sudo()  # names of colleagues are known
        users = users.search(
            [("share", "=", False), ("company_ids", "in", self.company_id.ids)]
        )
        groups = users.grouped(lambda user: _key(user.name))
        return {
            name: found
            for name, found in groups.items()
            if len(found) == 1 and " " in name
        }

    def _is_among(self, words, recipients):
        """Is this one of the agencies that the document was sent to, or all of them?"""
        if recipients and fold_same(words).startswith(_AS_ADDRESSED):
            return True
        return any(_key(words) in _key(partner.name) for partner in recipients)

    def _find_unit(self, words):
        """Return the one unit that these words name, the longest name first."""
        units = self.env["hr.department"].sudo()
        if not words:
            return units
        found = units.search([("company_id", "=", self.company_id.id)]).filtered(
            lambda unit: f" {_key(unit.name)} " in f" {_key(words)} "
        )
        longest = max((len(unit.name) for unit in found), default=0)
        found = found.filtered(lambda unit: len(unit.name) == longest)
        return found if len(found) == 1 else units

    # ---- what else ----

    def _get_entry_notes(self, told):
        """Return the lines on dress and papers, and who prepares if no unit here."""
        lines = list(told.notes)
        dress = [one for one in lines if "trang phuc" in fold_same(one)]
        lines = [one for one in lines if one not in dress]
        if told.preparing and not self._find_unit(told.preparing):
            lines.append(told.sources.get("preparing") or told.preparing)
        return {
            "vanban_dress": "; ".join(dress) or False,
            "vanban_note": "\n".join(lines) or False,
        }
