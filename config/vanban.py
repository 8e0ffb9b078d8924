"""The commands behind the Makefile: see `make help` and README.md."""

import os
import shutil
import sys

NEWEST_PYTHON = (3, 13)


def _use_fitting_python():
    """Go on with a Python that Odoo 19 runs on, if this one is none."""
    version = sys.version_info[:2]
    if (3, 11) <= version <= NEWEST_PYTHON:
        return
    for minor in (11, 12, 13):
        other = shutil.which("python3.%d" % minor)  # noqa: UP031 (old Pythons read this)
        if other:
            os.execv(other, [other] + sys.argv)  # noqa: RUF005
    sys.exit("Install Python 3.11, 3.12 or 3.13: Odoo 19 runs on none older or newer.")


_use_fitting_python()
sys.dont_write_bytecode = True
sys.stdout.reconfigure(errors="replace")

from vanban_env import commands  # noqa: E402

if __name__ == "__main__":
    commands.main()
