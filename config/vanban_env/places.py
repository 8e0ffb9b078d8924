"""Where things live, how a step is shown, and how one fails."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
ADDONS = TREE / "addons"
CONFIG = TREE / "config"
IS_ROOT = os.geteuid() == 0
GIB = 1024**3
#: what the caller's environment must not decide for Odoo and PostgreSQL
FOREIGN = (
    "ODOO_",
    "PG",
    "PYTHONDONTWRITE",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
)


class StopError(Exception):
    """A failure told in one sentence that says what to do."""


def _place(variable: str, for_root: str, for_user: str) -> Path:
    if chosen := os.environ.get(variable):
        return Path(chosen).expanduser().resolve()
    return Path(for_root) if IS_ROOT else Path.home() / for_user


CACHE = _place("VANBAN_CACHE", "/var/cache/vanban", ".cache/vanban")
DATA = _place("VANBAN_DATA", "/var/lib/vanban", ".local/share/vanban")
VENV = CACHE / "venv"
PYTHON = VENV / "bin" / "python"
LOGS = CACHE / "log"


def prepare() -> None:
    """Make the two places, and say early when they cannot serve."""
    os.umask(0o022)
    for place, variable in ((CACHE, "VANBAN_CACHE"), (DATA, "VANBAN_DATA")):
        if place == TREE or TREE in place.parents:
            raise StopError(f"Set {variable} to a folder outside of {TREE}.")
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StopError(
                f"Cannot create {place} ({error.strerror}): set {variable} to a folder "
                "that you may write to."
            ) from None
        if IS_ROOT and not _open_to_others(place):
            raise StopError(
                f"PostgreSQL runs as `nobody` and cannot enter {place}: set {variable} "
                "to a folder that everybody may enter (not below /root)."
            )
    LOGS.mkdir(exist_ok=True)
    need_space(0.5)


def _open_to_others(place: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (place, *place.parents))


def need_space(gib: float) -> None:
    for place in (CACHE, DATA):
        free = shutil.disk_usage(place).free / GIB
        if free < gib:
            raise StopError(
                f"Only {free:.1f} GB are free for {place}: make room for at least "
                f"{gib:g} GB, or set VANBAN_CACHE and VANBAN_DATA to another disk."
            )


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextlib.contextmanager
def step(name: str):
    """Show one line with the seconds that the step took."""
    sys.stdout.write(f"  {name} … ")
    sys.stdout.flush()
    start = time.monotonic()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.monotonic() - start:.1f} s")


@contextlib.contextmanager
def locked(name: str):
    """Let one process at a time do what two would spoil."""
    with (CACHE / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def clean_environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)}
    return kept | more


def run(command: list, sentence: str, log: str = "setup", **options) -> str:
    """Run a command whose output goes to a log; a failure becomes `sentence`."""
    path = LOGS / f"{log}.log"
    if path.exists() and path.stat().st_size > 5_000_000:
        path.unlink()
    options.setdefault("env", clean_environment())
    options.setdefault("stdin", subprocess.DEVNULL)
    done = subprocess.run(  # noqa: PLW1510 (checked below)
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )
    with path.open("a", encoding="utf-8") as handle:
        handle.write(f"\n$ {' '.join(map(str, command))}\n{done.stdout}")
    if done.returncode:
        if "No space left on device" in done.stdout:
            sentence = f"The disk of {CACHE} is full: make room and try again."
        raise StopError(f"{sentence} (Details: {path})")
    return done.stdout


def digest(*parts: str | bytes | Path) -> str:
    """Hash texts and files (a path stands for the bytes of its file)."""
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else part
        total.update(data.encode() if isinstance(data, str) else data)
        total.update(b"\0")
    return total.hexdigest()


def stamp_fits(path: Path, content: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == content
