"""What must happen inside of Odoo: run with the environment's own Python.

usage: odoo_task.py CONF create|install|update|password|assets DB [MODULE ...]
"""

import os
import sys

import odoo
import odoo.service.db
from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tools import config

LANGUAGE = "vi_VN"
TIMEZONE = "Asia/Ho_Chi_Minh"
#: what the first page of a user needs; everything else is made when asked for
BUNDLES = {"web.assets_web", "web.assets_frontend", "web.assets_frontend_minimal"}


def create(database: str, modules: list[str]) -> None:
    """Create a Vietnamese database with `modules` and without demo data."""
    odoo.service.db._create_empty_database(database)
    registry = Registry.new(database, update_module=True, install_modules=modules)
    with registry.cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        _make_vietnamese(env)


def _make_vietnamese(env) -> None:
    values = {"lang": LANGUAGE, "tz": TIMEZONE}
    for field, value in values.items():
        env["ir.default"].set("res.partner", field, value)
    env["res.users"].with_context(active_test=False).search([]).partner_id.write(values)
    vietnam = env.ref("base.vn")
    vietnam.currency_id.active = True
    env["res.company"].search([]).write(
        {"country_id": vietnam.id, "currency_id": vietnam.currency_id.id}
    )
    calendars = (
        env["resource.calendar"].search([]) if "resource.calendar" in env else []
    )
    for calendar in calendars:
        calendar.tz = TIMEZONE


def install(database: str, modules: list[str]) -> None:
    """Install modules; with VANBAN_DEMO=1 with their demo data, but no other's."""
    demo = os.environ.get("VANBAN_DEMO") == "1"
    if demo:
        # Odoo loads demo data of a module only if all it depends on have theirs
        _execute(database, "UPDATE ir_module_module SET demo = true")
    try:
        Registry.new(database, update_module=True, install_modules=modules)
    finally:
        _execute(
            database, "UPDATE ir_module_module SET demo = false WHERE name !~ '^vanban'"
        )
    wanted = "state = 'installed' AND (demo OR NOT %s)"
    query = f"SELECT name FROM ir_module_module WHERE name = ANY(%s) AND NOT ({wanted})"
    if left := _execute(database, query, [modules, demo]):
        sys.exit(f"Not installed in full: {', '.join(name for (name,) in left)}")


def _execute(database: str, query: str, parameters=()) -> list[tuple]:
    with odoo.sql_db.db_connect(database).cursor() as cr:
        cr.execute(query, parameters)
        return cr.fetchall() if query.startswith("SELECT") else []


def update(database: str, modules: list[str]) -> None:
    """Update installed modules of `modules` and install the others."""
    query = "SELECT name, demo FROM ir_module_module WHERE state != 'uninstalled'"
    known = dict(_execute(database, f"{query} AND name ~ '^vanban'"))
    old = [name for name in modules if name in known]
    Registry.new(database, update_module=True, upgrade_modules=old)
    if new := [name for name in modules if name not in known]:
        os.environ["VANBAN_DEMO"] = str(int(any(known.values())))
        install(database, new)


def password(database: str, _modules: list[str]) -> None:
    """Give the user admin the password in VANBAN_PASSWORD."""
    with Registry(database).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        env.ref("base.user_admin").password = os.environ["VANBAN_PASSWORD"]


def assets(database: str, _modules: list[str]) -> None:
    """Generate what the browser loads first; VANBAN_ALL_ASSETS=1: all bundles."""
    with Registry(database).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        qweb = env["ir.qweb"]
        if os.environ.get("VANBAN_ALL_ASSETS") == "1":
            qweb._pregenerate_assets_bundles()
            return
        for bundle in sorted(BUNDLES):
            qweb._get_asset_bundle(bundle, css=False, js=True).js()
            qweb._get_asset_bundle(bundle, css=True, js=False).css()


def main() -> None:
    configuration, task, database, *modules = sys.argv[1:]
    options = ["-c", configuration, "-d", database, "--no-http"]
    if task == "create":
        options.append(f"--load-language={LANGUAGE}")
    config.parse_config(options, setup_logging=True)
    tasks = (create, install, update, password, assets)
    {function.__name__: function for function in tasks}[task](database, modules)


if __name__ == "__main__":
    main()
