"""How pytest runs the tests of modules and of the whole alike."""

import os
import shutil
from pathlib import Path

import pytest

from odoo.tools import config

#: fixtures that stand on the one server of the session
WITH_SERVER = {"server", "page", "new_page", "browser"}


@pytest.fixture(scope="session", autouse=True)
def _own_filestore(load_registry):
    """Give each process files of its own.

    pytest-odoo lets all share one folder, and Odoo's clean-up after a test deletes
    what the database of its own process does not name.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker:
        yield
        return
    shared = Path(config.filestore(worker))  # one answer for every name
    own = shared.with_name(f"{shared.name}-{worker}")
    shutil.copytree(shared, own, copy_function=os.link, dirs_exist_ok=True)
    config.filestore.return_value = str(own)
    yield
    shutil.rmtree(own, ignore_errors=True)


def pytest_collection_modifyitems(items):
    """With several processes, keep what shares set-up together."""
    for item in items:
        if WITH_SERVER.intersection(getattr(item, "fixturenames", ())):
            group = "server"
        else:
            group = item.nodeid.rsplit("::", 1)[0]
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Keep the report for fixtures; a browser that does not start is a failure."""
    report = yield
    if report.skipped and "chrome" in str(report.longrepr).lower():
        report.outcome = "failed"
        report.longrepr = str(report.longrepr)
    setattr(item, f"report_{report.when}", report)
    return report
