import hashlib
import hmac
import secrets
from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools import ical

FEED_KINDS = [("ics", "Calendar"), ("hall", "Hall screen")]
_PATHS = {"ics": "/vanban/lich/%s.ics", "hall": "/vanban/lich/man-hinh/%s"}
_ADMIN = "vanban_core.group_admin"
_BYTES = 32
_MOST_FEEDS = 10
_DAYS_BACK, _DAYS_AHEAD = 60, 365
# how often it is written down that an address was asked
_NOTED_EVERY = timedelta(hours=1)


class VanbanCalendarFeed(models.Model):
    """A secret address under which a calendar is read without logging in.

    That of a person shows what the person takes part in, with the person's rights at
    that moment; that of an agency its published schedule. Whoever has the address reads
    it, so it can be taken back or changed at once. Only the actions write here, but for
    the name.
    """

    _name = "vanban.calendar.feed"
    _inherit = ["vanban.mixin"]
    _description = "Address of a calendar"
    _order = "kind, id"
    _guarded_fields = frozenset(
        {"kind", "user_id", "company_id", "active"}
        | {"last_used", "token", "token_hash"}
    )

    name = fields.Char(required=True, size=100, help="Where it is used.")
    kind = fields.Selection(FEED_KINDS, required=True, default="ics")
    user_id = fields.Many2one(
        "res.users", string="Person", index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", string="Agency", index="btree_not_null", ondelete="cascade"
    )
    active = fields.Boolean(default=True)
    last_used = fields.Datetime(string="Last asked for")
    address = fields.Char(compute="_compute_address", exportable=False)
    token = fields.Char(copy=False, groups=fields.NO_ACCESS)
    # what is looked for: how far a guess was right cannot be told by the time it takes
    token_hash = fields.Char(copy=False, groups=fields.NO_ACCESS)

    _token = models.UniqueIndex("(token_hash) WHERE token_hash IS NOT NULL")
    _one_owner = models.Constraint(
        "CHECK ((user_id IS NULL) <> (company_id IS NULL)"
        " AND (kind = 'ics' OR company_id IS NOT NULL))",
        "An address is that of a person or of an agency.",
    )
    _token_while_active = models.Constraint(
        "CHECK (active = (token_hash IS NOT NULL))",
        "An address that was taken back has no secret any more.",
    )

    @api.depends("token_hash", "kind")
    @api.depends_context("uid")
    def _compute_address(self):
        for feed in self:
            token = feed.sudo().token if feed._is_own() else False
            path = token and _PATHS[feed.kind] % token
            feed.address = path and f"{feed.get_base_url()}{path}"

    # ---- whose ----

    def _is_own(self):
        """Is it the user's own, or of the agency whose administrator the user is?"""
        self.ensure_one()
        feed, user = self.sudo(), self.env.user
        if feed.user_id:
            return feed.user_id == user
        return user.has_group(_ADMIN) and feed.company_id in user.company_ids

    def _check_own(self):
        self.check_access("read")
        if not all(feed._is_own() for feed in self):
            raise AccessError(self.env._("This address is not yours."))

    # ---- actions ----

    def action_create_own(self, name=None):
        """Make an address of one's own calendar and open it.

        :param str name: where it is used
        :raise UserError: one has too many
        """
        self.check_access("read")
        own = Domain("user_id", "=", self.env.uid)
        name = name or self.env._("My schedule")
        return self._make({"name": name, "user_id": self.env.uid}, own)

    def action_create_agency(self, kind="ics", name=None):
        """Make an address of the published schedule of the agency, and open it.

        :param str kind: of ``FEED_KINDS``
        :param str name: who uses it, or where the screen hangs
        :raise AccessError: not an administrator
        :raise UserError: no such kind, or there are too many
        """
        self.check_access("read")
        company = self.env.company
        if not self.env.user.has_group(_ADMIN):
            raise AccessError(
                self.env._("Administrators make the addresses of the agency.")
            )
        if kind not in dict(FEED_KINDS):
            raise UserError(self.env._("An address is of a calendar or of a screen."))
        if kind == "hall":
            name = name or self.env._("Hall screen")
        name = name or self.env._("Schedule of %(agency)s", agency=company.name)
        vals = {"name": name, "kind": kind, "company_id": company.id}
        return self._make(vals, Domain("company_id", "=", company.id))

    def action_create_hall(self):
        """Make an address of the screen in the hall; see that of the agency."""
        return self.action_create_agency("hall")

    def _make(self, vals, owned):
        name = self.env["vanban.routable"]._check_text(vals["name"])
        if self.sudo().search_count(owned) >= _MOST_FEEDS:
            raise UserError(
                self.env._("There are %(n)s addresses: take one back.", n=_MOST_FEEDS)
            )
        feed = self._vanban_in_action().create(
            {**vals, "name": name, **self._new_secret()}
        )
        return feed.with_env(self.env).action_open()

    def action_open(self):
        """Return the dialog that shows the address and how it is used.

        :raise AccessError: somebody else's
        """
        self.ensure_one()
        self._check_own()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    def action_revoke(self):
        """Take addresses back: from now on nobody reads anything there.

        :raise AccessError: somebody else's
        """
        self._check_own()
        self._vanban_in_action().write(
            {"active": False, "token": False, "token_hash": False}
        )
        return True

    def action_renew(self):
        """Give another address in place of one; the old one ends at once.

        :raise AccessError: somebody else's
        """
        self._check_own()
        for feed in self:
            feed._vanban_in_action().write(
                {"active": True, "last_used": False, **self._new_secret()}
            )
        return self.action_open() if len(self) == 1 else True

    @api.model
    def _new_secret(self):
        token = secrets.token_urlsafe(_BYTES)
        return {"token": token, "token_hash": _digest(token)}

    # ---- reading ----

    @api.model
    def _find(self, token, kind):
        """Return the feed in force of a secret, as superuser, or an empty recordset.

        :param str kind: of ``FEED_KINDS``; the secret of another kind is not found
        """
        feeds = self.sudo()  # nobody is logged in here: the secret is the right
        nothing = feeds.browse()
        if not isinstance(token, str):
            return nothing
        feed = feeds.search([("token_hash", "=", _digest(token)), ("kind", "=", kind)])
        if not feed or not hmac.compare_digest(_encode(feed.token), _encode(token)):
            return nothing
        user, company = feed.user_id, feed.company_id
        in_force = company.active if company else user._vanban_exist()
        return feed if in_force else nothing

    def _note_use(self):
        """Let it be written down that the address was asked, once an hour at most."""
        self.ensure_one()
        due = fields.Datetime.now() - _NOTED_EVERY
        if not self.last_used or self.last_used < due:
            # the request itself only reads
            note = partial(_write_last_used, self.env.registry, self.id)
            self.env.cr.postcommit.add(note)

    def _get_ics(self):
        """Return the bytes of the calendar as it is now."""
        self.ensure_one()
        rows = self._get_person_rows() if self.user_id else self._get_agency_rows()
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        key = hashlib.sha256((uuid or "").encode()).hexdigest()[:16]
        zone = (self.company_id or self.user_id.company_id)._vanban_tz()
        rows.sort(key=lambda row: (row["start"], row["id"]))
        return ical.make_calendar(self.name, rows, zone, key)

    def _get_window(self):
        now = fields.Datetime.now()
        return (
            Domain("stop", ">=", now - timedelta(days=_DAYS_BACK))
            & Domain("start", "<=", now + timedelta(days=_DAYS_AHEAD))
            & Domain("vanban_state", "in", [False, "accepted", "cancelled"])
        )

    def _get_person_rows(self):
        """Return what the person takes part in, and those for whom the person acts."""
        user = self.user_id
        agencies = user.company_id | user.company_ids
        context = {"lang": user.lang, "allowed_company_ids": agencies.ids}
        Event = self.env(user=user.id, su=False, context=context)["calendar.event"]
        user, none = Event.env.user, Event.env["hr.department"]
        whose = {}
        # one's own last: it is nobody else's then
        for person in [*(user._vanban_acting_users() - user), user]:
            units = user._vanban_units() if person == user else none
            domain = Event._vanban_get_part_domain(person, units) & self._get_window()
            name = "" if person == user else person.sudo().name
            whose |= dict.fromkeys(Event.search(domain).ids, name)
        rows = Event.browse(whose)._vanban_get_rows()
        return [{**row, "whose": whose[row["id"]]} for row in rows]

    def _get_agency_rows(self):
        """Return the published schedule; of closed meetings the time alone."""
        context = {"lang": "vi_VN", "allowed_company_ids": self.company_id.ids}
        Event = self.env(context=context)["calendar.event"]
        domain = self._get_window() & Domain(
            "vanban_company_id", "=", self.company_id.id
        )
        domain &= Domain("vanban_level", "=", "agency")
        domain &= Domain("vanban_is_published", "=", True)
        events = Event.search_fetch(domain, ["vanban_is_closed"])
        closed = events.filtered("vanban_is_closed")
        return (events - closed)._vanban_get_rows() + closed._vanban_get_taken_rows()


def _encode(text):
    return text.encode("utf-8", "surrogatepass")


def _digest(token):
    return hashlib.sha256(_encode(token)).hexdigest()


def _write_last_used(registry, feed_id):
    with registry.cursor() as cr:
        cr.execute(
            "UPDATE vanban_calendar_feed SET last_used = now() AT TIME ZONE 'UTC'"
            " WHERE id = %s",
            [feed_id],
        )
