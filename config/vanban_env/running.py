"""One server at a time, and an end for what was left over."""

import contextlib
import fcntl
import os
import signal
import time
from pathlib import Path

from . import postgres
from .places import DATA, StopError

LOCK = DATA / "run.lock"


@contextlib.contextmanager
def claim():
    """Be the only `make run` of this data folder."""
    with LOCK.open("a+") as handle:
        if not _take(handle):
            raise StopError("Vanban is running already: `make stop` stops it.")
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def _take(handle) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def stop_everything() -> None:
    """Stop the running server, or what a killed one has left."""
    with LOCK.open("a+") as handle:
        if not _take(handle):
            handle.seek(0)
            os.kill(int(handle.read()), signal.SIGTERM)
            limit = time.monotonic() + 60
            while not _take(handle):
                if time.monotonic() > limit:
                    raise StopError(
                        f"Process {LOCK.read_text()} does not end: kill it."
                    )
                time.sleep(0.2)
        for pid in _servers_of(DATA / "odoo"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        for cluster in (postgres.main_cluster(), postgres.test_cluster()):
            cluster.stop_if_unused()


def _servers_of(folder: Path) -> list[int]:
    """Return the processes that were started with a configuration in `folder`."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = path.read_text(errors="replace").split("\0")
            if any(
                word.startswith(f"{folder}/") and word.endswith(".conf")
                for word in words
            ):
                found.append(int(path.parent.name))
    return found
