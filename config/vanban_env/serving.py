"""`make run`: everything provided, the database up to date, the server in front."""

import getpass
import os
import re
import secrets
import sys

from . import database, install, postgres
from .places import DATA, GIB, StopError, say, step
from .running import claim
from .server import Server, port_is_free

PASSWORD_LENGTH = 10


def run_server(_arguments) -> None:
    name = _database_name()
    interface = os.environ.get("ODOO_INTERFACE") or "127.0.0.1"
    port = _port()
    with claim():
        if not port_is_free(port, interface):
            raise StopError(
                f"Port {port} is taken by another program: stop that one, or take "
                f"another port with `make run PORT={port + 1}`."
            )
        say("Vanban")
        install.install()
        with postgres.shown(postgres.main_cluster()) as cluster:
            odoo = database.main_databases(cluster)
            if cluster.fresh:
                odoo.sweep()
            password = _ready(odoo, name)
            server = Server(
                odoo, name, DATA / "log" / "odoo.log", interface=interface, port=port
            )
            server.settings |= {"cron": 1, "memory": 6 * GIB}
            _serve(server, odoo, password)


def _database_name() -> str:
    name = os.environ.get("DB") or "vanban"
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) or name.endswith("_new"):
        raise StopError(
            f"DB={name} is no name for a database: take small letters only."
        )
    return name


def _port() -> int:
    text = os.environ.get("PORT") or "8069"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise StopError(f"PORT={text} is no port: give a number such as 8069.")
    return int(text)


def _ready(odoo, name: str) -> str | None:
    """Create the database or bring it up to date; return a password that was made."""
    wish = os.environ.get("DEMO")
    if odoo.exists(name):
        if wish and odoo.has_demo(name) != (wish != "0"):
            kind = "a demo agency" if wish == "0" else "no demo agency"
            raise StopError(
                f"The database {name} has {kind}: choose another with `make run "
                f"DEMO={wish} DB=agency`, or delete all data with `make reset`."
            )
        _bring_up_to_date(odoo, name)
        return None
    hashes = database.sources()
    demo = wish != "0"
    password = None if demo else _ask_password()
    odoo.create(name, demo=demo, password=password)
    odoo.remember(name, hashes)
    return password


def _bring_up_to_date(odoo, name: str) -> None:
    hashes = database.sources()
    if lacking := odoo.lacks(name):
        with step(f"Needed from Odoo by now: {', '.join(lacking)}; installing"):
            odoo.task("install", name, *lacking)
    if changed := odoo.changed(name):
        with step(f"Changed since the last run: {', '.join(changed)}; updating"):
            odoo.task("update", name, *changed)
            odoo.task("assets", name)
        odoo.remember(name, hashes)


def _ask_password() -> str:
    """Ask for the administrator's password, or make one where nobody can answer."""
    if not sys.stdin.isatty():
        return secrets.token_urlsafe(PASSWORD_LENGTH)
    while True:
        prompt = f"Password for the administrator ({PASSWORD_LENGTH} letters or more; "
        first = getpass.getpass(prompt + "empty: one is made): ")
        if not first:
            return secrets.token_urlsafe(PASSWORD_LENGTH)
        if len(first) >= PASSWORD_LENGTH and first == getpass.getpass("Once more: "):
            return first
        say("Too short, or the two differ.")


def _serve(server, odoo, password: str | None) -> None:
    with server:
        say(f"\nVanban is at {server.url}   (log: {server.log}; Ctrl-C stops it)")
        if password:
            say(f"Log in as admin with the password {password} (it is shown only now).")
        elif odoo.has_demo(server.database):
            _show_accounts(odoo.accounts(server.database), server.interface)
        server.wait()
        raise StopError(f"Odoo ended by itself: read {server.log}.")


def _show_accounts(accounts: list[list[str]], interface: str) -> None:
    say("Demo accounts, each with its login as password:")
    width = max((len(login) for login, *_others in accounts), default=0)
    agency = None
    for login, name, company in accounts:
        if company != agency:
            say(f"  {company}")
            agency = company
        say(f"    {login:<{width}}  {name}")
    if not interface.startswith("127."):
        say("Everybody who reaches this address can log in: only for a demonstration.")
