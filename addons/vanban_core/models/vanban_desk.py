from datetime import UTC, datetime, time

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# role → queues in the order of ux.md; the first group a user has comes first
DESKS = [
    ("group_leader", ["to_sign", "to_direct", "inform", "lead", "agency_late"]),
    ("group_office_head", ["to_direct", "to_approve", "lead", "agency_late"]),
    ("group_unit_head", ["unit_lead", "to_approve", "coordinate", "unit_late"]),
]
CLERK_QUEUES = ["to_register", "to_route", "to_issue"]
OFFICER_QUEUES = [
    "lead",
    "coordinate",
    "sent_back",
    "my_drafts",
    "in_review",
    "to_approve",
    "due_soon",
    "inform",
]
# queues that ask for an act, for “to do now”
URGENT = {
    "to_sign",
    "to_direct",
    "to_approve",
    "unit_lead",
    "to_register",
    "to_route",
    "to_issue",
    "lead",
    "coordinate",
    "sent_back",
    "inform",
}


class VanbanDesk(models.AbstractModel):
    """The first screen of everyone (Bàn làm việc)."""

    _name = "vanban.desk"
    _description = "Desk"

    @api.model
    @api.readonly
    def get_desk(self):
        """Return the queues of the user's roles with counts, and what to do first.

        :return: dict with ``queues`` (key, label, count, late, since, whether it asks
            for an act), ``urgent`` (at most seven documents, each with what is asked),
            ``acting_for`` (names of the delegators) and ``plot`` (whether to show who
            is late)
        """
        user = self.env.user
        labels = self._get_labels()
        keys = self._get_keys()
        domains = self.env["vanban.document"]._get_queue_domains()
        queues = [
            {
                "key": key,
                "label": labels[key],
                "asks": key in URGENT,
                **self._count(domains[key]),
            }
            for key in keys
        ]
        asking = [q["key"] for q in queues if q["asks"] and q["count"]]
        return {
            "user": user.name,
            "title": user._vanban_person()["title"],
            "agency": self.env.company.name,
            "acting_for": (user._vanban_acting_users() - user).mapped("name"),
            "queues": queues,
            "urgent": self._get_urgent({key: domains[key] for key in asking}),
            "plot": "agency_late" in keys,
        }

    @api.model
    @api.readonly
    def get_late_by_unit(self):
        """Return which units hold overdue documents (“Which unit is late?”).

        :return: list of dicts ``name``, ``count``, ``domain`` (the documents behind),
            the latest unit first
        """
        late = self.env["vanban.document"]._get_queue_domains()["agency_late"]
        held = Domain("state", "=", "waiting") & Domain(
            "role", "in", ["direct", "lead"]
        )
        groups = self.env["vanban.routing"]._read_group(
            held
            & Domain(
                "document_id",
                "any",
                late & Domain("company_id", "=", self.env.company.id),
            ),
            ["to_unit_id", "to_user_id"],
            ["document_id:count_distinct"],
        )
        bars = {}
        for to_unit, user, count in groups:
            # the unit's name is on the paper; the units themselves may be closed to one
            unit = to_unit.sudo() or user._vanban_unit()
            bar = bars.setdefault(unit.id, {"unit": unit, "users": [], "count": 0})
            bar["users"] += user.ids
            bar["count"] += count
        return [
            {
                "name": bar["unit"].name or self.env._("Without a unit"),
                "count": bar["count"],
                "domain": self._get_bar_domain(late, held, bar),
            }
            for bar in sorted(bars.values(), key=lambda bar: -bar["count"])
        ]

    @api.model
    def _get_bar_domain(self, late, held, bar):
        """Return the domain of the documents behind a bar, to open as a list."""
        whom = Domain("to_user_id", "in", bar["users"])
        if bar["unit"]:
            whom |= Domain("to_unit_id", "=", bar["unit"].id)
        return list(late & Domain("routing_ids", "any", held & whom))

    @api.model
    def _get_keys(self):
        """Return the queues of the user's own roles, each once."""
        user = self.env.user
        keys = []
        if user.has_group("vanban_core.group_clerk"):
            keys += CLERK_QUEUES
        # a head has the queues of the highest post, and an officer's own work
        keys += next(
            (own for group, own in DESKS if user.has_group(f"vanban_core.{group}")), []
        )
        if user.has_group("vanban_core.group_officer"):
            if not user.has_group("vanban_core.group_office_head"):
                keys += OFFICER_QUEUES
            # a secretary also has what waits for the leader
            if user._vanban_acting_users() - user:
                keys = ["to_sign", "to_direct", *keys]
        return list(dict.fromkeys(keys))

    @api.model
    def _count(self, domain):
        """Return count, late count and the oldest moment of a queue, in one query."""
        Document = self.env["vanban.document"]
        query = Document._search(
            domain & Domain("company_id", "=", self.env.company.id)
        )
        count, late, since = self.env.execute_query(
            query.select(
                SQL("COUNT(*)"),
                SQL(
                    "COUNT(*) FILTER (WHERE %s < now() AT TIME ZONE 'UTC'"
                    " AND %s IN ('received', 'registered', 'processing'))",
                    SQL.identifier(query.table, "deadline"),
                    SQL.identifier(query.table, "state"),
                ),
                SQL(
                    "MIN(COALESCE(%s, %s))",
                    SQL.identifier(query.table, "received_date"),
                    SQL.identifier(query.table, "create_date"),
                ),
            )
        )[0]
        return {
            "count": count,
            "late": late,
            "since": fields.Datetime.to_string(since) or False,
        }

    @api.model
    def _get_urgent(self, domains):
        """Return at most seven documents: express, overdue, due today, by deadline.

        :param dict domains: queues that are not empty, by key
        """
        asked = {}
        for key, domain in domains.items():
            for document_id in self._get_first(domain):
                asked.setdefault(document_id, key)
        end_of_day = self._get_end_of_day()
        first = (
            self.env["vanban.document"]
            .browse(asked)
            .sorted(lambda d: self._get_urgent_rank(d, end_of_day))[:7]
        )
        labels = self._get_labels()
        return [
            {
                **values,
                "asked": labels[asked[document.id]],
                # the name of a colleague stands on the paper
                "who": document.issuer_name or document.drafter_id.sudo().name,
            }
            for document, values in zip(
                first,
                first.read(
                    [
                        "direction",
                        "state",
                        "symbol",
                        "subject",
                        "urgency",
                        "secrecy",
                        "deadline",
                        "is_overdue",
                    ]
                ),
                strict=True,
            )
        ]

    @api.model
    def _get_first(self, domain):
        """Return the ids of the seven most pressing documents of a queue."""
        query = self.env["vanban.document"]._search(
            domain & Domain("company_id", "=", self.env.company.id)
        )
        query.order = SQL(
            "(%s = 'express') DESC, %s, %s",
            SQL.identifier(query.table, "urgency"),
            SQL.identifier(query.table, "deadline"),
            SQL.identifier(query.table, "id"),
        )
        query.limit = 7
        return list(query)

    @api.model
    def _get_end_of_day(self):
        """Return the end of today where the agency is, in UTC without zone."""
        zone = self.env.company._vanban_tz()
        end = datetime.combine(self.env.company._vanban_today(), time.max)
        return zone.localize(end).astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _get_urgent_rank(self, document, end_of_day):
        deadline = document.deadline or datetime.max
        return (
            document.urgency != "express",
            not document.is_overdue,
            deadline > end_of_day,
            deadline,
            -document.urgency_rank,
            document.id,
        )

    @api.model
    def _get_labels(self):
        return {
            "to_register": self.env._("To register"),
            "to_route": self.env._("To pass on"),
            "to_issue": self.env._("To issue"),
            "to_direct": self.env._("For your directions"),
            "lead": self.env._("To handle (lead)"),
            "coordinate": self.env._("Coordinating"),
            "inform": self.env._("For information, not seen"),
            "due_soon": self.env._("Due soon"),
            "unit_lead": self.env._("To assign in the unit"),
            "sent_back": self.env._("Drafts sent back"),
            "my_drafts": self.env._("My drafts"),
            "in_review": self.env._("Drafts submitted"),
            "to_approve": self.env._("To approve"),
            "to_sign": self.env._("To sign"),
            "unit_late": self.env._("Overdue in the unit"),
            "agency_late": self.env._("Overdue in the agency"),
        }
