"""The modules install and upgrade without a word in the log."""

import re

import pytest
from vanban_env import database


@pytest.mark.parametrize("demo", [False, True], ids=["plain", "demo"])
def test_installation_logs_no_warning(odoo_databases, demo):
    name = database.template(odoo_databases, demo=demo)
    assert not database.bad_lines(database.template_log(name))


def test_upgrade_of_all_modules_logs_no_warning(odoo_databases, plain_database):
    log = odoo_databases.task("update", plain_database, *database.manifests())
    assert not database.bad_lines(log)


def test_upgrade_keeps_demo_data(odoo_databases):
    source = database.template(odoo_databases, demo=True)
    with database.clone_of(odoo_databases, source, "demo") as name:
        before = odoo_databases.accounts(name)
        log = odoo_databases.task("update", name, *database.manifests())
        assert not database.bad_lines(log)
        assert before
        assert odoo_databases.accounts(name) == before


def test_modules_pass_the_linters_of_odoo(odoo_databases, plain_database):
    """Its checks of names, indexes, routes, manifests and tests, in our modules too."""
    classes = ("TestIndex", "TestNaming", "TestOnchangeDomains", "TestTestHoles")
    classes += ("RoutesLinter", "ManifestLinter")
    tags = ",".join(f"/test_lint:{name}" for name in classes)
    status, log = odoo_databases.command(
        plain_database, "-i", "test_lint", "--test-tags", tags, "--no-http"
    )
    text = log.read_text(encoding="utf-8")
    assert not status, text[-5000:]
    assert re.search(r"0 failed, 0 error\(s\) of [1-9]\d* tests", text)


def test_searches_ignore_diacritics_with_an_index(odoo_databases, plain_database):
    [[volatility]] = odoo_databases.cluster.sql(
        "SELECT provolatile FROM pg_proc WHERE proname = 'unaccent' AND pronargs = 1",
        plain_database,
    )
    assert volatility == "i"
    [[plain]] = odoo_databases.cluster.sql(
        "SELECT unaccent(lower('ĐẶNG ƯỚC'))", plain_database
    )
    assert plain == "dang uoc"


def test_users_are_vietnamese(odoo_databases, plain_database):
    rows = odoo_databases.cluster.sql(
        "SELECT DISTINCT partner.lang, partner.tz FROM res_users "
        "JOIN res_partner partner ON partner.id = partner_id WHERE res_users.active",
        plain_database,
    )
    assert rows == [["vi_VN", "Asia/Ho_Chi_Minh"]]
