"""How pytest runs the tests of modules and of the whole alike."""

import pytest

#: fixtures that stand on the one server of the session
WITH_SERVER = {"server", "page", "new_page", "browser"}


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
