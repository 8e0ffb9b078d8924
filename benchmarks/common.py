"""What the measurements share: a database, runs in turn, one line per ratio.

`make bench` gives every script a fresh database (``ODOO_RC``, ``VANBAN_DB``).
"""

import contextlib
import os
import statistics
import sys
import time

import werkzeug.test
from lxml import etree

import odoo.api
import odoo.http
from odoo.modules.registry import Registry
from odoo.service.security import compute_session_token
from odoo.sql_db import close_db, db_connect
from odoo.tools import config


def open_registry(name=None):
    """Load Odoo on the database of this measurement, or on one beside it."""
    first = os.environ["VANBAN_DB"]
    names = first if name in (None, first) else f"{first},{name}"
    config.parse_config(["-c", os.environ["ODOO_RC"], "-d", names], setup_logging=True)
    config["dbfilter"] = ""  # requests go to both
    return Registry(name or first)


@contextlib.contextmanager
def transaction(registry, user_id=odoo.api.SUPERUSER_ID, context=None):
    """Give an environment with an empty cache; commit what was done in it."""
    with registry.cursor() as cr:
        yield odoo.api.Environment(cr, user_id, context or {})


@contextlib.contextmanager
def second_database(name):
    """Give a copy of the database for the larger of two measurements."""
    copy = f"{name}_large"
    close_db(name)
    _outside(f'DROP DATABASE IF EXISTS "{copy}"')
    _outside(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    try:
        yield copy
    finally:
        Registry.delete(copy)
        close_db(copy)
        _outside(f'DROP DATABASE "{copy}" WITH (FORCE)')


def _outside(statement):
    with db_connect("postgres").cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute(statement)
        cr._cnx.autocommit = False
    close_db("postgres")


def medians(rounds, **functions):
    """Run functions in turn and return the median seconds of each, by its name."""
    times = _run_in_turn(rounds, functions)
    return {name: statistics.median(values) for name, values in times.items()}


def compare(rounds, base, other):
    """Run two functions in turn; return the median seconds of each and of the ratio.

    The ratio is that of a round: the load of the machine changes within seconds.
    """
    low, high = _run_in_turn(rounds, {"base": base, "other": other}).values()
    ratios = [two / one for one, two in zip(low, high, strict=True)]
    return tuple(statistics.median(values) for values in (low, high, ratios))


def _run_in_turn(rounds, functions):
    """Return the seconds of each run, by the name of the function.

    In turn, so that whatever else the machine does meets all of them alike. A first
    round that fills the caches does not count.
    """
    times = {name: [] for name in functions}
    for _round in range(rounds + 1):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            times[name].append(time.perf_counter() - start)
    return {name: values[1:] for name, values in times.items()}


def report(name, ratio, aim, least=False):
    """Print a ratio beside what it should be at most, or at least."""
    sign, met = ("≥", ratio >= aim) if least else ("≤", ratio <= aim)
    mark = "" if met else "  MISSED"
    sys.stdout.write(f"{name}: {ratio:.2f} (aim {sign} {aim:g}){mark}\n")
    sys.stdout.flush()


def note(text):
    sys.stdout.write(f"  {text}\n")
    sys.stdout.flush()


def read_list(env, view):
    """Return what the client asks of a list: the fields, and how far it counts."""
    model = env[view.model]
    arch = model.get_views([(view.id, "list")])["views"]["list"]["arch"]
    tree = etree.fromstring(arch)
    spec = {
        name: {"fields": {"display_name": {}}}
        if model._fields[name].type == "many2one"
        else {}
        for name in tree.xpath("field/@name")
    }
    return spec, int(tree.get("count_limit") or 10_000) + 1


class Browser:
    """Send requests as a browser of this user does, without the wire."""

    def __init__(self, registry, user_id):
        self.root = odoo.http.root
        self.client = werkzeug.test.Client(self.root)
        session = self.root.session_store.new()
        session.update(
            odoo.http.get_default_session(), db=registry.db_name, _trace_disable=True
        )
        with transaction(registry, user_id) as env:
            session.uid = user_id
            session.login = env.user.login
            session.context = dict(env.user.context_get())
            session.session_token = compute_session_token(session, env)
        self.root.session_store.save(session)
        self.client.set_cookie("session_id", session.sid)

    def call(self, model, method, *args, **kwargs):
        """Call a method and return its result; a failure raises."""
        answer = self.client.post(
            f"/web/dataset/call_kw/{model}/{method}",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "model": model,
                    "method": method,
                    "args": args,
                    "kwargs": kwargs,
                },
            },
        ).json
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["debug"])
        return answer["result"]

    def get(self, path):
        """Return the bytes behind an address; a failure raises."""
        answer = self.client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return answer.data
