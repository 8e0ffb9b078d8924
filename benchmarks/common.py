"""What the measurements share: a database, runs in turn, one line per ratio.

`make bench` gives every script a fresh database (``ODOO_RC``, ``VANBAN_DB``).
"""

import contextlib
import os
import statistics
import sys
import time

import odoo.api
from odoo.modules.registry import Registry
from odoo.tools import config


def open_registry(name=None):
    """Load Odoo on the database of this measurement."""
    name = name or os.environ["VANBAN_DB"]
    config.parse_config(["-c", os.environ["ODOO_RC"], "-d", name], setup_logging=True)
    return Registry(name)


@contextlib.contextmanager
def transaction(registry, user_id=odoo.api.SUPERUSER_ID, context=None):
    """Give an environment with an empty cache; commit what was done in it."""
    with registry.cursor() as cr:
        yield odoo.api.Environment(cr, user_id, context or {})


def medians(rounds, **functions):
    """Run functions in turn and return the median seconds of each, by its name.

    In turn, so that whatever else the machine does meets all of them alike. A first
    round that fills the caches does not count.
    """
    times = {name: [] for name in functions}
    for _round in range(rounds + 1):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values[1:]) for name, values in times.items()}


def report(name, ratio, aim, least=False):
    """Print a ratio beside what it should be at most, or at least."""
    sign, met = ("≥", ratio >= aim) if least else ("≤", ratio <= aim)
    mark = "" if met else "  MISSED"
    sys.stdout.write(f"{name}: {ratio:.2f} (aim {sign} {aim:g}){mark}\n")
    sys.stdout.flush()


def note(text):
    sys.stdout.write(f"  {text}\n")
    sys.stdout.flush()
