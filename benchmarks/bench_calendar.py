"""The week table against Odoo's own calendar view, and clashes beside past entries.

An agency has a week of 500 published entries with 20 participants each. The table is
one request; Odoo's view asks for the same events and for the details of who takes part.
The search for clashes is measured among the entries of that week alone, and again when
100,000 past ones stand beside them.
"""

import sys
from datetime import timedelta

from common import Browser, medians, note, open_registry, report, transaction

from odoo import Command, fields

ENTRIES, PARTICIPANTS, PAST = 500, 20, 100_000
ROUNDS = 15
PEOPLE = 200


class Week:
    def __init__(self, registry):
        self.registry = registry
        with transaction(registry, context={"tracking_disable": True}) as env:
            agency = env["res.company"].create({"name": "Cơ quan đo"})
            people = env["res.users"].create(
                [
                    {
                        "name": f"Người thứ {number}",
                        "login": f"bench_{number}",
                        "company_id": agency.id,
                        "company_ids": [Command.set(agency.ids)],
                        "group_ids": [
                            Command.link(
                                env.ref(
                                    "vanban_core.group_office_head"
                                    if not number
                                    else "vanban_core.group_officer"
                                ).id
                            )
                        ],
                    }
                    for number in range(PEOPLE)
                ]
            )
            today = agency._vanban_today()
            self.monday = today + timedelta(days=7 - today.weekday())
            self.agency, self.head, self.reader = agency.id, people[0].id, people[1].id
            self.partners = people.partner_id.ids
        self.fill()
        self.browser = Browser(registry, self.reader)

    def fill(self):
        context = {"tracking_disable": True, "allowed_company_ids": [self.agency]}
        with transaction(self.registry, self.head, context) as env:
            events = env["calendar.event"].create(
                [self.prepare(number) for number in range(ENTRIES)]
            )
            week = events.vanban_schedule_id
            # the way of a week has its tests; here only its entries count
            week._vanban_in_action().write({"state": "published"})

    def prepare(self, number):
        day = number % 5
        start = fields.Datetime.to_datetime(self.monday) + timedelta(
            days=day, minutes=30 + 15 * (number % 30)
        )
        first = number * 7 % PEOPLE
        chosen = [self.partners[(first + n) % PEOPLE] for n in range(PARTICIPANTS)]
        return {
            "name": f"Cuộc họp thứ {number} về công tác thường xuyên của cơ quan",
            "vanban_level": "agency",
            "start": start,
            "stop": start + timedelta(hours=1),
            "location": f"Phòng {number % 12}",
            "partner_ids": [Command.set(chosen)],
        }

    def add_past(self):
        """Let the agency have years behind it, as rows of the database."""
        with transaction(self.registry) as env:
            env.cr.execute(
                """
                INSERT INTO calendar_event
                       (name, start, stop, active, show_as, vanban_level,
                        vanban_company_id, user_id, allday, create_uid, create_date)
                SELECT 'Cuộc họp đã qua ' || n,
                       now() - n * INTERVAL '20 minutes' - INTERVAL '2 days',
                       now() - n * INTERVAL '20 minutes' - INTERVAL '47 hours',
                       TRUE, 'busy', 'person', %s, %s, FALSE, 1, now()
                  FROM generate_series(1, %s) n
                """,
                (self.agency, self.head, PAST),
            )
            env.cr.execute(
                """
                INSERT INTO calendar_attendee (event_id, partner_id, state)
                SELECT id, %s, 'accepted' FROM calendar_event
                 WHERE name LIKE 'Cuộc họp đã qua %%'
                """,
                (self.partners[1],),
            )
        with self.registry.cursor() as cr:
            cr._cnx.autocommit = True
            cr.execute("ANALYZE calendar_event, calendar_attendee")

    # ---- what is measured ----

    def table(self):
        week = self.browser.call("vanban.schedule", "get_week", self.monday.isoformat())
        assert len(week["entries"]) == ENTRIES

    def calendar(self):
        """Ask what Odoo's calendar view asks for a week, with everyone in it."""
        first = fields.Datetime.to_datetime(self.monday)
        domain = [
            ["start", "<=", fields.Datetime.to_string(first + timedelta(days=7))],
            ["stop", ">=", fields.Datetime.to_string(first)],
            ["vanban_level", "=", "agency"],
        ]
        rows = self.browser.call(
            "calendar.event", "search_read", domain, self.view_fields
        )
        assert len(rows) == ENTRIES
        self.browser.call(
            "res.partner",
            "get_attendee_detail",
            self.partners,
            [row["id"] for row in rows],
        )

    def read_view(self):
        """Find which fields Odoo's own view asks for."""
        with transaction(self.registry) as env:
            view = env.ref("calendar.view_calendar_event_calendar")
            got = env["calendar.event"].get_view(view.id, "calendar")
            self.view_fields = sorted(
                {"start", "stop", "allday", *got["models"]["calendar.event"]}
            )

    def clash(self):
        """Search for what clashes with an entry that is being typed."""
        context = {"allowed_company_ids": [self.agency]}
        with transaction(self.registry, self.reader, context) as env:
            entry = env["calendar.event"].new(self.prepare(3))
            assert entry.vanban_clashes["clashes"]


def main():
    week = Week(open_registry())
    week.read_view()
    seconds = medians(ROUNDS, table=week.table, calendar=week.calendar, few=week.clash)
    note(f"the table {seconds['table']:.3f} s, Odoo's view {seconds['calendar']:.3f} s")
    report(
        f"{ENTRIES} entries with {PARTICIPANTS} people : Odoo's calendar view",
        seconds["table"] / seconds["calendar"],
        1.5,
    )
    week.add_past()
    many = medians(ROUNDS, clash=week.clash)["clash"]
    note(f"a search for clashes takes {many:.4f} s")
    report(f"clashes beside {PAST:,} past entries : none", many / seconds["few"], 1.2)


if __name__ == "__main__":
    sys.exit(main())
