from odoo import models
from odoo.fields import Domain

_FIELDS = (
    "name",
    "start",
    "stop",
    "allday",
    "vanban_session",
    "vanban_state",
    "vanban_company_id",
    "vanban_chair_name",
    "vanban_guests",
    "location",
    "vanban_dress",
    "vanban_note",
    "vanban_is_closed",
    "vanban_mark",
    "vanban_refusal",
    "create_date",
    "write_date",
)


class CalendarEvent(models.Model):
    """Entries as plain data, as papers and phones show them."""

    _inherit = "calendar.event"

    def _vanban_get_rows(self):
        """Return what is shown of the entries: the caller knows who may read them.

        One query for each relation, whatever the number of entries.

        :return: list of dicts: ``id``; ``name``; ``start`` and ``stop``, local moments
            without zone (a whole day ends at the next midnight); ``allday``;
            ``session``; ``chair``; ``people``, ``units`` and ``vehicles``, lists of
            names; ``guests``; ``where``; ``preparing``; ``dress``; ``note``; ``mark``;
            ``cancelled``; ``reason`` of that; ``closed``; ``hidden`` (see
            :meth:`_vanban_get_taken_rows`); ``created`` and ``changed`` in UTC
        """
        # names of people, units and rooms are no secret to who sees the entry
        events = self.sudo()
        events.fetch(_FIELDS)
        goes_instead = events._vanban_get_substitutes()
        return [
            {
                **event._vanban_get_time_row(),
                "hidden": False,
                "name": event.name or "",
                "chair": event.vanban_chair_name or "",
                "people": event._vanban_get_names(goes_instead),
                "units": event.vanban_unit_ids.mapped("name"),
                "vehicles": event.vanban_vehicle_ids.mapped("name"),
                "guests": event.vanban_guests or "",
                "where": event._vanban_where(),
                "preparing": event.vanban_preparing_unit_id.name or "",
                "dress": event.vanban_dress or "",
                "note": event.vanban_note or "",
                "reason": (event.vanban_state == "cancelled" and event.vanban_refusal)
                or "",
            }
            for event in events
        ]

    def _vanban_get_taken_rows(self):
        """Return the time that closed meetings take, and nothing else of them.

        The shape is that of :meth:`_vanban_get_rows`.
        """
        empty = dict.fromkeys(
            ("name", "chair", "guests", "where", "preparing", "dress", "note"), ""
        )
        events = self.sudo()  # whoever sees the week sees that the time is taken
        events.fetch(_FIELDS)
        return [
            {
                **event._vanban_get_time_row(),
                **empty,
                "hidden": True,
                "people": [],
                "units": [],
                "vehicles": [],
                "reason": "",
            }
            for event in events
        ]

    def _vanban_get_time_row(self):
        start, stop = self._vanban_span()
        return {
            "id": self.id,
            "start": start,
            "stop": stop,
            "allday": self.allday,
            "session": self.vanban_session,
            "closed": self.vanban_is_closed,
            "cancelled": self.vanban_state == "cancelled",
            "mark": self.vanban_mark,
            "created": self.create_date,
            "changed": self.write_date,
        }

    def _vanban_get_substitutes(self):
        """Return ``{(entry, contact invited): row}`` of those for whom others go."""
        rows = self.env["calendar.attendee"].search_fetch(
            [("event_id", "in", self.ids), ("vanban_substitute_name", "!=", False)],
            [
                "event_id",
                "partner_id",
                "vanban_substitute_id",
                "vanban_substitute_name",
            ],
        )
        return {(row.event_id, row.partner_id): row for row in rows}

    def _vanban_get_names(self, goes_instead):
        """Return who takes part beside the chair; others go for some of them."""
        found = {one: goes_instead.get((self, one)) for one in self.partner_ids}
        instead = {row.vanban_substitute_id.partner_id for row in found.values() if row}
        names = []
        for partner, row in found.items():
            if row:
                words = {"who": row.vanban_substitute_name, "whom": partner.name}
                names.append(self.env._("%(who)s (for %(whom)s)", **words))
            elif partner not in instead and partner != self.vanban_chair_id.partner_id:
                names.append(partner.name or "")
        return names

    # ---- whose ----

    def _vanban_get_part_domain(self, people, units):
        """Return the domain of what people take part in, without what they declined.

        Entries of agencies and units count once published.

        :param units: units whose people are meant by an entry that names them
        """
        person = Domain("vanban_level", "=", "person")
        published = Domain("vanban_is_published", "=", True)
        invited = Domain("partner_id", "in", people.sudo().partner_id.ids)
        coming = invited & Domain("state", "!=", "declined")
        return (
            ((person | published) & Domain("attendee_ids", "any!", coming))
            | (person & Domain("user_id", "in", people.ids))
            | (published & Domain("vanban_unit_ids", "in", units.ids))
        )
