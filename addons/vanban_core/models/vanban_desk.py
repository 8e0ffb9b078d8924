from datetime import UTC, datetime, time

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import RUNNING_STATES, URGENCIES

URGENCY_RANK = {key: rank for rank, (key, _label) in enumerate(URGENCIES)}

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
ASKING = {
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
OUTGOING_QUEUES = {
    "to_issue",
    "my_drafts",
    "in_review",
    "sent_back",
    "to_approve",
    "to_sign",
}
# what every queue and every urgent item has, where a module does not say otherwise
QUEUE = {"section": False, "asks": False}
ITEM = {
    "symbol": False,
    "who": False,
    "urgency": "normal",
    "secrecy": "normal",
    "state": False,
    "deadline": False,
    "work_left": 0,
    "is_overdue": False,
}


class VanbanDesk(models.AbstractModel):
    """The first screen of everyone (Bàn làm việc).

    A module adds to it by inheriting ``_get_queues``, ``_get_urgent_items``,
    ``_get_plots`` and ``_get_agenda``; it names what opens by the XML id of an action.
    """

    _name = "vanban.desk"
    _description = "Desk"

    @api.model
    @api.readonly
    def get_desk(self):
        """Return the queues of the user's roles with counts, and what to do first.

        :return: dict with ``queues`` (counted), ``urgent`` (at most seven items, each
            with what is asked), ``acting_for`` (names of the delegators), ``plots``,
            ``agenda`` (of the next days, or False), and ``has_documents`` (whether the
            user works with documents at all)
        """
        user = self.env.user
        queues = [{**QUEUE, **queue} for queue in self._get_queues()]
        for queue in queues:
            queue.setdefault("counted", Domain(queue["domain"]))
            queue["counts"] = self._count(queue)
        asking = [q for q in queues if q["asks"] and q["counts"]["count"]]
        items = [{**ITEM, **item} for item in self._get_urgent_items(asking)]
        return {
            "user": user.name,
            "title": user._vanban_person()["title"],
            "agency": self.env.company.name,
            "acting_for": (user._vanban_acting_users() - user).mapped("name"),
            "has_documents": user.has_group("vanban_core.group_officer"),
            "queues": [
                {
                    "key": queue["key"],
                    "section": queue["section"],
                    "label": queue["label"],
                    "asks": queue["asks"],
                    "action": queue["action"],
                    "domain": list(queue["domain"]),
                    **queue["counts"],
                }
                for queue in queues
            ],
            "urgent": self._get_most_urgent(items),
            "plots": self._get_plots(queues),
            "agenda": self._get_agenda(),
        }

    # ---- what other modules add to ----

    @api.model
    def _get_queues(self):
        """Return the queues of the user's own roles, in the order of the screen.

        :return: list of dicts:

            - ``key`` (unique), ``label``, ``model``
            - ``action``: XML id of the window that opens with the queue in it
            - ``domain``: what it lists, as a client can send it
            - ``section``: heading over the cards; none: what waits
            - ``asks``: whether it asks for an act, and counts in the browser tab
            - ``counted``: what is counted, where a client cannot send it
            - ``late_when``: Domain of those that are late
            - ``oldest_by``: names of date fields; the first filled tells the age
        """
        here = Domain("company_id", "=", self.env.company.id)
        keys = self._get_keys()
        domains = self.env["vanban.document"]._get_queue_domains() if keys else {}
        labels = self._get_labels()
        late = Domain("deadline", "<", "now") & Domain(
            "state", "in", ("received", *RUNNING_STATES)
        )
        return [
            {
                "key": key,
                "label": labels[key],
                "asks": key in ASKING,
                "model": "vanban.document",
                "action": self._get_document_action(key in OUTGOING_QUEUES),
                "domain": [("queue", "=", key), *here],
                "counted": domains[key] & here,
                "late_when": late,
                "oldest_by": ["received_date", "create_date"],
            }
            for key in keys
        ]

    @api.model
    def _get_urgent_items(self, queues):
        """Return what presses most in some queues, seven of a model at most.

        The screen shows the seven first of all (``_get_most_urgent``).

        :param list queues: those of ``_get_queues`` that ask and are not empty
        :return: list of dicts:

            - ``id``, ``action`` (XML id; its form opens), ``url`` (to open it beside)
            - ``asked`` (label of the queue), ``subject``
            - where known: ``symbol``, ``who``, ``urgency``, ``secrecy``, ``state``,
              ``deadline``, ``work_left``, ``is_overdue``
        """
        asked = {}
        for queue in queues:
            if queue["model"] == "vanban.document":
                for document_id in self._get_first(queue["counted"]):
                    asked.setdefault(document_id, queue["label"])
        Document = self.env["vanban.document"]
        documents = Document.concat(*self._get_most_urgent(Document.browse(asked)))
        names = ["direction", "state", "symbol", "subject", "urgency", "secrecy"]
        names += ["deadline", "work_left", "is_overdue"]
        return [
            {
                **values,
                "action": self._get_document_action(document.direction == "outgoing"),
                "url": self._get_document_url(document),
                "asked": asked[document.id],
                # the name of a colleague stands on the paper
                "who": document.issuer_name or document.drafter_id.sudo().name,
            }
            for document, values in zip(documents, documents.read(names), strict=True)
        ]

    @api.model
    def _get_plots(self, queues):
        """Return the plots under the queues.

        :param list queues: those of ``_get_queues``
        :return: list of dicts: ``title``, ``empty`` (said where there is no bar),
            ``method`` (public, of this model, gives bars as ``get_late_by_unit``) and
            ``action`` (XML id of the window that a bar opens)
        """
        if not any(queue["key"] == "agency_late" for queue in queues):
            return []
        return [
            {
                "title": self.env._("Which unit is late?"),
                "empty": self.env._("No unit holds an overdue document."),
                "method": "get_late_by_unit",
                "action": self._get_document_action(),
            }
        ]

    @api.model
    def _get_agenda(self):
        """Return where the user has to be on the next days, for the side of the screen.

        :return: False where no module knows, or a dict: ``action`` (XML id of the
            window whose form opens) and ``days``, each with ``title`` and ``entries``:
            ``id``, ``url``, ``time``, ``content``, ``place``, ``whose`` (names of whom
            the user acts for), ``is_cancelled``
        """
        return False

    @api.model
    def _count(self, queue):
        """Return count, late count and the oldest moment of a queue, in one query."""
        Model = self.env[queue["model"]]
        query = Model._search(queue["counted"])
        late, since = SQL("0"), SQL("NULL")
        if "late_when" in queue:
            is_late = queue["late_when"].optimize_full(Model)
            late = SQL(
                "COUNT(*) FILTER (WHERE %s)", is_late._to_sql(Model, query.table, query)
            )
        if "oldest_by" in queue:
            moments = [
                Model._field_to_sql(query.table, name, query)
                for name in queue["oldest_by"]
            ]
            since = SQL("MIN(COALESCE(%s))", SQL(", ").join(moments))
        counts = query.select(SQL("COUNT(*)"), late, since)
        count, late, since = self.env.execute_query(counts)[0]
        return {
            "count": count,
            "late": late,
            "since": fields.Datetime.to_string(since) or False,
        }

    # ---- documents ----

    @api.model
    def _get_document_action(self, outgoing=False):
        return f"vanban_core.vanban_document_action_{'out' if outgoing else 'in'}"

    @api.model
    def _get_document_url(self, document):
        path = "van-ban-di" if document.direction == "outgoing" else "van-ban-den"
        return f"/odoo/ban-lam-viec/{path}/{document.id}"

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
    def _get_first(self, domain):
        """Return the ids of the seven most pressing documents of a queue."""
        query = self.env["vanban.document"]._search(domain)
        query.order = SQL(
            "(%s = 'express') DESC, %s, %s",
            SQL.identifier(query.table, "urgency"),
            SQL.identifier(query.table, "deadline"),
            SQL.identifier(query.table, "id"),
        )
        query.limit = 7
        return list(query)

    @api.model
    def _get_end_of_day(self, day=None):
        """Return the end of a day, or today, where the agency is, in UTC, no zone."""
        zone = self.env.company._vanban_tz()
        end = datetime.combine(day or self.env.company._vanban_today(), time.max)
        return zone.localize(end).astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _get_most_urgent(self, items):
        """Return seven of some items or documents: express, overdue, by deadline."""
        end_of_day = self._get_end_of_day()
        return sorted(items, key=lambda item: self._get_rank(item, end_of_day))[:7]

    @api.model
    def _get_rank(self, item, end_of_day):
        deadline = item["deadline"] or datetime.max
        return (
            item["urgency"] != "express",
            not item["is_overdue"],
            deadline > end_of_day,
            deadline,
            -URGENCY_RANK.get(item["urgency"], 0),
            item["id"],
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
