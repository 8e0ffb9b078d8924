"""An Odoo server as a child process."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import install
from .database import Odoo
from .places import StopError

END_WITH_PARENT = ["setpriv", "--pdeathsig", "TERM", "--"]
#: no proxy of the machine stands between us and our own server
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def port_is_free(port: int, interface: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((interface, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """Odoo serving one database."""

    def __init__(self, odoo: Odoo, database: str, log: Path, **settings):
        self.odoo = odoo
        self.database = database
        self.log = log
        self.interface = settings.setdefault("interface", "127.0.0.1")
        self.port = settings.setdefault("port", free_port())
        host = "127.0.0.1" if self.interface in ("0.0.0.0", "::") else self.interface
        self.url = f"http://{host}:{self.port}"
        self.settings = settings
        self.process = None

    def start(self, patience: float = 180) -> None:
        configuration = self.odoo.configuration(self.database, **self.settings)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            # a session of its own: Ctrl-C reaches us, and we stop it in order; but it
            # must not outlive us
            self.process = subprocess.Popen(
                [*END_WITH_PARENT, install.tool("odoo"), "-c", configuration],
                env=self.odoo.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        limit = time.monotonic() + patience
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > limit:
                self.stop()
                raise StopError(f"Odoo did not start: read {self.log}.")
            time.sleep(0.3)

    def _answers(self) -> bool:
        # the page for logging in needs all modules loaded, unlike /web/health
        try:
            with OPENER.open(f"{self.url}/web/login", timeout=120) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def wait(self) -> int:
        return self.process.wait()

    def stop(self) -> None:
        if not self.process:
            return
        for number, seconds in (
            (signal.SIGINT, 20),
            (signal.SIGTERM, 10),
            (signal.SIGKILL, 5),
        ):
            if self.process.poll() is not None:
                break
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.stop()
