"""What tests across modules share: a server with the demo agency, a browser, databases.

Tests of single modules are in addons/*/tests and use Odoo's own classes.
"""

import contextlib
import logging
import os
import re
import shutil
import threading
from pathlib import Path

import psycopg2
import pytest
from people import Desk
from vanban_env import database, postgres
from vanban_env.places import CACHE, TREE
from vanban_env.server import Server

from odoo.modules.registry import Registry
from odoo.sql_db import close_db
from odoo.tools import config as odoo_config

PICTURES = CACHE / "test" / "screenshots"
SERVER_LOG = CACHE / "test" / "log" / f"server-{os.getpid()}.log"
SERVER_ERROR = re.compile(r"^\S+ \S+ \d+ (ERROR|CRITICAL) |^Traceback ")


# --- places and databases


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of reference material that may lie beside this tree."""
    folder = TREE.parent / "shared"
    if not folder.is_dir():
        pytest.skip("The reference material (../shared) is not on this machine.")
    return folder


@pytest.fixture(scope="session")
def odoo_databases() -> database.Odoo:
    """Return the databases of the test cluster."""
    return database.test_databases(postgres.test_cluster())


@pytest.fixture
def plain_database(odoo_databases):
    """Return the name of a database of one's own, without demo data."""
    source = database.template(odoo_databases, demo=False)
    with database.clone_of(odoo_databases, source, "plain") as name:
        yield name


@pytest.fixture(scope="module")
def odoo_env(odoo_databases):
    """Open a database without demo data in this process, for real cursors.

    What a test commits stays until the end of its file. `odoo_env.cursor()` opens a
    transaction of its own; close it (or use it in a `with`).
    """
    with _open(odoo_databases, "env", demo=False) as registry:
        yield registry


@pytest.fixture(scope="module")
def demo_env(odoo_databases):
    """Open a database with the demo agency in this process, as `odoo_env`."""
    with _open(odoo_databases, "demoenv", demo=True) as registry:
        yield registry


@contextlib.contextmanager
def _open(odoo_databases, name, *, demo):
    source = database.template(odoo_databases, demo=demo)
    with database.clone_of(odoo_databases, source, name) as clone:
        # no test mode: a new registry would run the tests of all modules, and what is
        # tried here is what a server does
        thread = threading.current_thread()
        before = odoo_config["test_enable"], thread.testing
        odoo_config["test_enable"], thread.testing = False, False
        yield Registry(clone)
        odoo_config["test_enable"], thread.testing = before
        Registry.delete(clone)
        close_db(clone)


# --- the server


class DemoServer(Server):
    """A running server on a database with the demo agency."""

    def connect(self):
        """Open a connection to the database, past Odoo."""
        return psycopg2.connect(
            host=str(self.odoo.cluster.socket), user="odoo", dbname=self.database
        )

    def log_text(self, since: int = 0) -> str:
        return self.log.read_bytes()[since:].decode("utf-8", "replace")


@pytest.fixture(scope="session")
def server(odoo_databases):
    """Serve a clone of the demo database: `.url`, `.database`, `.connect()`, `.log`."""
    source = database.template(odoo_databases, demo=True)
    SERVER_LOG.unlink(missing_ok=True)
    with database.clone_of(odoo_databases, source, "server") as name:
        with DemoServer(odoo_databases, name, SERVER_LOG) as running:
            assert not _server_errors(running.log_text()), running.log_text()
            yield running
        shutil.copy(SERVER_LOG, SERVER_LOG.with_name("server.log"))
        SERVER_LOG.unlink()


def _server_errors(text: str) -> list[str]:
    return [line for line in text.splitlines() if SERVER_ERROR.match(line)]


@pytest.fixture
def expected_server_errors() -> list[str]:
    """Collect patterns of error lines that the test provokes in the server's log.

    A pattern also excuses the traceback that follows such a line.
    """
    return []


@pytest.fixture(autouse=True)
def _quiet_server(request):
    """Fail the test in whose time the server logged an error."""
    if "server" not in request.fixturenames:
        yield
        return
    running = request.getfixturevalue("server")
    patterns = request.getfixturevalue("expected_server_errors")
    start = SERVER_LOG.stat().st_size
    yield
    text = running.log_text(start)
    bad = [
        line
        for line in _server_errors(text)
        if not any(re.search(pattern, line) for pattern in patterns)
        and not (patterns and line.startswith("Traceback"))
    ]
    if bad:
        pytest.fail("The server logged errors:\n" + text[-6000:], pytrace=False)


# --- the browser


@pytest.fixture(scope="session")
def browser(server):
    """Run Chromium as long as the tests need it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    program = shutil.which("google-chrome") or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, server, request):
    """Return a function that opens a browser window of its own (one per user)."""
    contexts, errors = [], []

    def open_page(**options):
        settings = {
            "base_url": server.url,
            "locale": "vi-VN",
            "timezone_id": "Asia/Ho_Chi_Minh",
            "viewport": {"width": 1366, "height": 768},
        }
        context = browser.new_context(**settings | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_page
    _keep_pictures(request.node, contexts)
    for context in contexts:
        context.close()
    assert not errors, f"Errors in the browser: {errors}"


def _keep_pictures(item, contexts) -> None:
    report = getattr(item, "report_call", None)
    if not (report and report.failed):
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages):
        name = re.sub(r"\W+", "-", f"{item.nodeid}-{number}").strip("-")
        try:
            page.screenshot(path=PICTURES / f"{name}.png")
        except Exception:  # a crashed page must not hide the failure itself
            logging.getLogger(__name__).exception("No picture of %s", item.nodeid)


@pytest.fixture
def page(new_page):
    """Return a fresh browser window, logged in as nobody."""
    return new_page()


@pytest.fixture(scope="session")
def login():
    """Return login(page, name): log in as a demo account, wait for the first screen."""

    def log_in(page, name: str, password: str | None = None) -> None:
        page.goto("/web/login")
        page.fill("input[name=login]", name)
        page.fill("input[name=password]", password or name)
        page.click("button[type=submit]")
        page.wait_for_selector(".o_web_client .o_main_navbar")

    return log_in


@pytest.fixture
def desk_of(new_page, login):
    """Return desk_of(account): the screen of that account, logged in."""

    def open_desk(account):
        page = new_page()
        login(page, account)
        page.locator(".o_vanban_desk").wait_for()
        return Desk(page)

    return open_desk
