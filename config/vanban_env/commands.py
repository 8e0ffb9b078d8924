"""The commands of the Makefile."""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from . import database, install, postgres, serving
from .places import (
    ADDONS,
    CACHE,
    CONFIG,
    DATA,
    LOGS,
    TREE,
    StopError,
    clean_environment,
    prepare,
    run,
    say,
    step,
)
from .running import stop_everything
from .server import Server

# --- tests


@contextlib.contextmanager
def _test_databases():
    install.install(tests=True)
    with postgres.shown(postgres.test_cluster()) as cluster:
        odoo = database.test_databases(cluster)
        if cluster.fresh:
            odoo.sweep()
        yield odoo


def test(arguments) -> int:
    with _test_databases() as odoo:
        content = database.content_hash()
        with step("Database for tests"):
            plain = database.template(odoo, demo=False)
        if not arguments.arguments:
            with step("Database with demo data"):
                database.template(odoo, demo=True)
        with database.clone_of(odoo, plain, "pytest") as name:
            options = {
                "--odoo-config": odoo.configuration(name),
                "--odoo-database": name,
                "-p": "vanban_env.pytest_hooks",
                "-o": f"cache_dir={CACHE / 'test' / 'pytest'}",
            }
            if not arguments.arguments:
                workers = min(4, os.cpu_count() or 1)
                options |= {"--dist": "loadgroup", "-n": workers}
            words = [word for pair in options.items() for word in pair]
            chosen = arguments.arguments or ["addons", "tests"]
            environment = odoo.environment(
                PYTHONPATH=str(CONFIG), VANBAN_CONTENT=content
            )
            command = [install.tool("pytest"), "--odoo-http", *words, *chosen]
            return _call(command, environment)


def _call(command: list, environment: dict[str, str]) -> int:
    """Run a command whose output is for the reader."""
    child = subprocess.Popen(
        [str(part) for part in command],
        cwd=TREE,
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    try:
        return child.wait()
    except KeyboardInterrupt as error:
        # Ctrl-C has reached the child too; it clears up what it has started
        if error.args != (signal.SIGINT,):
            child.send_signal(signal.SIGINT)
        try:
            child.wait(60)
        except subprocess.TimeoutExpired:
            child.kill()
        raise


def bench(arguments) -> int:
    scripts = [TREE / path for path in arguments.arguments]
    scripts = scripts or sorted(TREE.glob("benchmarks/bench_*.py"))
    failed = 0
    with _test_databases() as odoo:
        with step("Database for measurements"):
            plain = database.template(odoo, demo=False)
        for script in scripts:
            say(f"\n{script.relative_to(TREE)}")
            with database.clone_of(odoo, plain, "bench") as name:
                rc = {"ODOO_RC": str(odoo.configuration(name)), "VANBAN_DB": name}
                failed += bool(_call([install.PYTHON, script], odoo.environment(**rc)))
    return int(bool(failed))


def screenshots(_arguments) -> int:
    with _test_databases() as odoo:
        with step("Database with demo data"):
            demo = database.template(odoo, demo=True)
        with (
            database.clone_of(odoo, demo, "screenshots") as name,
            Server(odoo, name, LOGS / "screenshots.log") as server,
        ):
            more = {"VANBAN_URL": server.url, "VANBAN_DB": name}
            return _call(
                [install.PYTHON, TREE / "docs/screenshots.py"], odoo.environment(**more)
            )


def update_po(_arguments) -> int:
    """Write the templates of translations and merge them into the Vietnamese texts."""
    with _test_databases() as odoo:
        with step("Database for tests"):
            plain = database.template(odoo, demo=False)
        with database.clone_of(odoo, plain, "po") as name, step("Texts"):
            modules = list(database.manifests())
            command = [
                install.tool("odoo"),
                "i18n",
                "export",
                "-c",
                odoo.configuration(name),
            ]
            run(
                [*command, "-d", name, *modules],
                "The texts could not be exported.",
                env=odoo.environment(),
            )
    return _call(
        [install.PYTHON, CONFIG / "merge_po.py", *modules], install.environment()
    )


def lint(_arguments) -> int:
    install.install(tests=True)
    modules = [str(ADDONS / name) for name in database.manifests()]
    texts = [str(path) for path in sorted(ADDONS.glob("vanban*/i18n/*.po*"))]
    # vanban.document is one class in several files; README fragments are in readme/
    without_message = "--disable=consider-merging-classes-inherited,missing-readme"
    without = ["-p", "no:odoo", "-p", "no:cacheprovider", "--noconftest"]
    checks = {
        "ruff format": ["ruff", "format", "--check", "."],
        "ruff": ["ruff", "check", "."],
        "pylint-odoo": ["pylint", "--rcfile=.pylintrc", without_message, *modules],
        "oca-checks-odoo-module": ["oca-checks-odoo-module", *modules],
        "oca-checks-po": ["oca-checks-po", *texts] if texts else ["true"],
        "house": ["pytest", "-q", *without, "tests/test_house.py"],
    }
    failed = []
    for title, (program, *options) in checks.items():
        say(f"--- {title}")
        if _call([install.tool(program), *options], install.environment()):
            failed.append(title)
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return int(bool(failed))


# --- the rest


def lock(_arguments) -> None:
    """Resolve the requirements again, with hashes and without any address."""
    uv = shutil.which("uv")
    if not uv:
        raise StopError(
            "Install uv (for example with `pip install uv`) to write lock files."
        )
    options = ["--quiet", "--universal", "--python-version=3.11", "--generate-hashes"]
    options += ["--no-header", "--upgrade"]
    for name, more in (
        ("requirements", []),
        ("requirements-test", ["-c", "requirements.lock"]),
    ):
        with step(f"{name}.lock"):
            (CONFIG / f"{name}.lock").unlink(missing_ok=True)
            run(
                [
                    uv,
                    "pip",
                    "compile",
                    *options,
                    *more,
                    f"{name}.in",
                    "-o",
                    f"{name}.lock",
                ],
                "The requirements do not fit together: correct the file.",
                cwd=CONFIG,
                env=clean_environment(),
            )


def stop(_arguments) -> None:
    with step("Stopping"):
        stop_everything()


#: all that we ever put there: the rest of the folders is not ours
IN_CACHE = (
    *("apt", "bin", "fontconfig", "fonts.conf", "log", "native", "odoo", "odoo.stamp"),
    *("pycache", "test", "venv", "*.lock", "*.users"),
)
IN_DATA = ("log", "odoo", "postgres", "run.lock")


def _remove(folder: Path, patterns: tuple[str, ...], cluster) -> None:
    stop_everything()
    if cluster.is_running():
        raise StopError("It is still in use, by a test maybe: wait for its end.")
    with step(f"Removing what is in {folder}"):
        for path in (path for pattern in patterns for path in folder.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def clean(_arguments) -> None:
    _remove(CACHE, IN_CACHE, postgres.test_cluster())


def reset(_arguments) -> None:
    if os.environ.get("YES") != "1":
        if not sys.stdin.isatty():
            raise StopError(
                f"This deletes all data in {DATA}: add YES=1 if you mean it."
            )
        if input(f"Delete all databases and files in {DATA}? (yes/no) ") != "yes":
            raise StopError("Nothing was deleted.")
    _remove(DATA, IN_DATA, postgres.main_cluster())


ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
COMMANDS = {
    "run": serving.run_server,
    "test": test,
    "bench": bench,
    "screenshots": screenshots,
    "update-po": update_po,
    "lint": lint,
    "lock": lock,
    "stop": stop,
    "clean": clean,
    "reset": reset,
}


def _interrupt(number, _frame):
    """End in order; who asks again does not cut that short."""
    for number in ENDING_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt(number)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("arguments", nargs="*")
    arguments, unknown = parser.parse_known_args()
    arguments.arguments += unknown
    for number in ENDING_SIGNALS:
        signal.signal(number, _interrupt)
    try:
        prepare()
        sys.exit(COMMANDS[arguments.command](arguments) or 0)
    except KeyboardInterrupt:
        say("\nStopped.")
        sys.exit(0 if arguments.command == "run" else 130)
    except StopError as error:
        say(f"\n{error}")
        sys.exit(1)
    except OSError as error:
        place = error.filename or "The system"
        say(f"\n{place}: {error.strerror}: correct that and try again.")
        sys.exit(1)
