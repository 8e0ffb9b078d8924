"""Odoo databases: made once, kept in step with the addons, cloned for tests."""

import ast
import contextlib
import json
import os
import re
import secrets
import shutil
import subprocess
from pathlib import Path

from . import install
from .places import (
    ADDONS,
    CACHE,
    CONFIG,
    DATA,
    LOGS,
    StopError,
    digest,
    locked,
    run,
    step,
)
from .postgres import Cluster

TASK = Path(__file__).with_name("odoo_task.py")
NOT_SOURCE = {"__pycache__", "tests", "readme", "node_modules"}
BAD_LINE = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) |^Traceback ")
EXCEPTION = re.compile(r"^(?:[\w.]*(?:Error|Exception)\b.*)$", re.MULTILINE)
KEPT_TEMPLATES = 6


def manifests() -> dict[str, dict]:
    """Return the manifest of each of our modules."""
    found = {}
    for path in sorted(ADDONS.glob("vanban*/__manifest__.py")):
        try:
            manifest = ast.literal_eval(path.read_text(encoding="utf-8"))
        except (SyntaxError, ValueError) as error:
            raise StopError(f"Correct the manifest {path}: {error}.") from None
        if manifest.get("installable", True):
            found[path.parent.name] = manifest
    if not found:
        raise StopError(f"No module is in {ADDONS}: get the whole source tree.")
    return found


def foundation() -> list[str]:
    """Return the modules of Odoo that ours stand on."""
    ours = manifests()
    needed = {
        name for manifest in ours.values() for name in manifest.get("depends", [])
    }
    return sorted(needed - set(ours) | {"web"})


def sources() -> dict[str, str]:
    """Return a hash of each module's files, as far as they go into a database."""
    return {name: _hash_of(ADDONS / name) for name in manifests()}


def _hash_of(module: Path) -> str:
    files = [
        path
        for path in sorted(module.rglob("*"))
        if path.is_file()
        and not NOT_SOURCE.intersection(path.relative_to(module).parts)
        and not path.name.startswith(".")
        and path.suffix != ".pyc"
    ]
    parts = [part for path in files for part in (str(path.relative_to(module)), path)]
    return digest(*parts)[:16]


def bad_lines(log: Path) -> list[str]:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if BAD_LINE.match(line)]


class Odoo:
    """The databases of one cluster and their files."""

    def __init__(self, cluster: Cluster, folder: Path):
        self.cluster = cluster
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        self.state_file = folder / "state.json"

    # --- configuration

    def configuration(self, database: str, **settings) -> Path:
        values = {
            "addons": ADDONS,
            "data_dir": self.folder / "files",
            "socket": self.cluster.socket,
            "database": database,
            "interface": "127.0.0.1",
            "port": 8069,
            "cron": 0,
            "master_password": secrets.token_urlsafe(24),
            "memory": 0,
            "pictures": CACHE / "test" / "screenshots",
        } | settings
        text = (CONFIG / "odoo.conf.in").read_text(encoding="utf-8").format(**values)
        path = self.folder / f"{database}.conf"
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        return path

    def environment(self, **more: str) -> dict[str, str]:
        binaries = str(self.cluster.binaries)
        base = install.environment(**self.cluster.environment(), **more)
        return base | {"PATH": f"{binaries}:{base['PATH']}"}

    def task(self, task: str, database: str, *modules: str, **environment: str) -> Path:
        """Run a task inside of Odoo; return its log."""
        log = LOGS / f"odoo-{task}-{database}.log"
        command = [TASK, self.configuration(database), task, database, *modules]
        if self._python(command, log, environment):
            raise StopError(self._reason(log, task))
        return log

    def command(self, database: str, *arguments: str) -> tuple[int, Path]:
        """Run Odoo with arguments of its command line; return exit status and log."""
        log = LOGS / f"odoo-command-{database}.log"
        start = ["-c", self.configuration(database), *arguments]
        return self._python([install.tool("odoo"), *start], log, {}), log

    def _python(self, command: list, log: Path, environment: dict[str, str]) -> int:
        with log.open("w", encoding="utf-8") as output:
            return subprocess.run(
                [str(part) for part in (install.PYTHON, *command)],
                env=self.environment(**environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            ).returncode

    @staticmethod
    def _reason(log: Path, task: str) -> str:
        text = log.read_text(encoding="utf-8", errors="replace")
        if "No space left on device" in text:
            return "The disk is full: make room and try again."
        causes = EXCEPTION.findall(text) or ["no reason given"]
        return f"Odoo could not {task} the modules ({causes[-1][:200]}): read {log}."

    # --- databases

    def exists(self, database: str) -> bool:
        return bool(
            self.cluster.sql(f"SELECT 1 FROM pg_database WHERE datname = '{database}'")
        )

    def files(self, database: str) -> Path:
        return self.folder / "files" / "filestore" / database

    def drop(self, database: str) -> None:
        self.cluster.sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        shutil.rmtree(self.files(database), ignore_errors=True)
        (self.folder / f"{database}.conf").unlink(missing_ok=True)

    def clone(self, source: str, target: str) -> None:
        self.drop(target)
        self.cluster.sql(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        if self.files(source).exists():
            # a file of the filestore is never written again: a link is a copy
            command = ["cp", "-al", self.files(source), self.files(target)]
            run(
                command,
                f"{self.files(source)} cannot be copied: free the disk if it is full.",
            )

    def rename(self, source: str, target: str) -> None:
        self.cluster.sql(f'ALTER DATABASE "{source}" RENAME TO "{target}"')
        (self.folder / f"{source}.conf").unlink(missing_ok=True)
        if self.files(source).exists():
            shutil.rmtree(self.files(target), ignore_errors=True)
            self.files(source).rename(self.files(target))

    def create(self, database: str, *, demo: bool, password: str | None) -> None:
        """Make a database under a name of work; it gets its own when it is whole."""
        work = f"{database}_new"
        self.drop(work)
        with step("Database with Odoo's modules in Vietnamese"):
            self.task("create", work, *foundation())
        with step("Vanban" + (" with a demo agency" if demo else "")):
            self.task("install", work, *manifests(), VANBAN_DEMO=str(int(demo)))
        with step("Pages for the browser"):
            self.task("assets", work)
        if password:
            self.task("password", work, VANBAN_PASSWORD=password)
        self.rename(work, database)

    def sweep(self) -> None:
        """Remove what interrupted runs left behind."""
        query = "SELECT datname FROM pg_database WHERE datname ~ '^t_|_new$'"
        for (name,) in self.cluster.sql(query):
            self.drop(name)

    # --- what was installed when

    def _state(self) -> dict[str, dict[str, str]]:
        if self.state_file.exists():
            return json.loads(self.state_file.read_text(encoding="utf-8"))
        return {}

    def remember(self, database: str, hashes: dict[str, str]) -> None:
        text = json.dumps(self._state() | {database: hashes}, indent=1)
        new = self.state_file.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        new.rename(self.state_file)

    def changed(self, database: str) -> list[str]:
        """Return the modules whose files are not those in the database."""
        known = self._state().get(database, {})
        return [name for name, value in sources().items() if known.get(name) != value]

    def lacks(self, database: str) -> list[str]:
        """Return the modules of Odoo that ours need by now and the database has not."""
        query = "SELECT name FROM ir_module_module WHERE state = 'installed'"
        installed = {name for (name,) in self.cluster.sql(query, database)}
        return [name for name in foundation() if name not in installed]

    def has_demo(self, database: str) -> bool:
        query = "SELECT 1 FROM ir_module_module WHERE name LIKE 'vanban%' AND demo"
        return bool(self.cluster.sql(query, database))

    def accounts(self, database: str) -> list[list[str]]:
        """Return login, name and agency of the people, without Odoo's own accounts."""
        query = """
            SELECT users.login, partner.name, company.name
              FROM res_users users
              JOIN res_partner partner ON partner.id = users.partner_id
              JOIN res_company company ON company.id = users.company_id
             WHERE users.active AND NOT users.share
               AND users.login NOT IN ('admin', '__system__', 'default', 'public')
             ORDER BY users.company_id, users.id
        """
        return self.cluster.sql(query, database)


# --- templates for tests


def test_databases(cluster: Cluster) -> Odoo:
    return Odoo(cluster, CACHE / "test" / "odoo")


def main_databases(cluster: Cluster) -> Odoo:
    return Odoo(cluster, DATA / "odoo")


def content_hash() -> str:
    """Name the state of the modules; VANBAN_CONTENT keeps to that of a run's start."""
    return digest(install.ODOO_SHA256, TASK, json.dumps(sources(), sort_keys=True))[:12]


def template(odoo: Odoo, *, demo: bool) -> str:
    """Return the name of a database with the modules of today, made when missing."""
    kind = "demo" if demo else "plain"
    chosen = f"{kind}_{os.environ.get('VANBAN_CONTENT')}"
    if odoo.exists(chosen):
        return chosen
    name = f"{kind}_{content_hash()}"
    with locked(f"template-{kind}"):
        if not odoo.exists(name):
            base = _foundation_template(odoo)
            work = f"{name}_new"
            odoo.clone(base, work)
            log = odoo.task("install", work, *manifests(), VANBAN_DEMO=str(int(demo)))
            odoo.task("assets", work)
            shutil.copy(log, template_log(name))
            odoo.rename(work, name)
            _forget_old_templates(odoo, kind, name)
    return name


def template_log(name: str) -> Path:
    return LOGS / f"install-{name}.log"


def _foundation_template(odoo: Odoo) -> str:
    name = f"base_{digest(install.ODOO_SHA256, TASK, *foundation())[:12]}"
    with locked("template-base"):
        if not odoo.exists(name):
            odoo.drop(f"{name}_new")
            odoo.task("create", f"{name}_new", *foundation())
            odoo.task("assets", f"{name}_new", VANBAN_ALL_ASSETS="1")
            odoo.rename(f"{name}_new", name)
            _forget_old_templates(odoo, "base", name)
    return name


def _forget_old_templates(odoo: Odoo, kind: str, newest: str) -> None:
    query = "SELECT datname FROM pg_database WHERE datname ~ '{}' ORDER BY oid"
    rows = odoo.cluster.sql(query.format(f"^{kind}_[0-9a-f]{{12}}$"))
    for (old,) in rows[:-KEPT_TEMPLATES]:
        if old != newest:
            odoo.drop(old)
            template_log(old).unlink(missing_ok=True)


@contextlib.contextmanager
def clone_of(odoo: Odoo, source: str, purpose: str):
    """Give a database of one's own for a while."""
    name = f"t_{purpose}_{secrets.token_hex(3)}"
    odoo.clone(source, name)
    try:
        yield name
    finally:
        odoo.drop(name)
