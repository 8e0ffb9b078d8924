"""Debian packages unpacked into a private folder, by an apt of our own.

The archive is the one that this machine's apt uses; signatures are always checked;
nothing is installed, so an ordinary user can do it and the system stays as it is.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from .places import CACHE, StopError, clean_environment, digest, run, stamp_fits

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
NO_ARCHIVE = (
    "The Debian archive cannot be used: check the network and that `apt-get update` "
    "works on this machine, then try again."
)
SETTINGS = """\
Dir::Etc::parts "{d}/parts/"; Dir::Etc::main "/dev/null";
Dir::Etc::sourcelist "/dev/null"; Dir::Etc::sourceparts "{d}/sources/";
Dir::Etc::preferences "/dev/null"; Dir::Etc::preferencesparts "{d}/empty/";
Dir::Etc::trusted "/dev/null"; Dir::Etc::trustedparts "{d}/empty/";
Dir::State "{d}/state"; Dir::State::lists "{d}/lists"; Dir::State::status "{status}";
Dir::Cache "{d}"; Dir::Cache::archives "{d}/archives";
Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";
Acquire::AllowInsecureRepositories "false"; Acquire::AllowWeakRepositories "false";
Acquire::AllowDowngradeToInsecureRepositories "false";
APT::Get::AllowUnauthenticated "false"; APT::Sandbox::User "";
APT::Install-Recommends "false";
Acquire::Languages "none"; Acquire::Retries "3"; Acquire::PDiffs "false";
Debug::NoLocking "true"; DPkg::Use-Pty "false";
"""
TRANSPORT = re.compile(r"^Acquire::(http|https|Check-|ForceIPv)")


def codename() -> str:
    """Return the name of this machine's Debian release."""
    text = Path("/etc/os-release").read_text(encoding="utf-8")
    found = re.search(r'^VERSION_CODENAME="?(\w+)', text, re.MULTILINE)
    if not found or not shutil.which("apt-get"):
        raise StopError("This set-up is made for Debian 12 or newer: run it there.")
    return found[1]


def machine_archives() -> list[tuple[str, str]]:
    """Return (address, suite) of the archives in this machine's apt configuration."""
    with tempfile.TemporaryDirectory() as empty:
        (Path(empty) / "lists" / "partial").mkdir(parents=True)
        options = {
            "Dir::State": empty,
            "Dir::State::lists": f"{empty}/lists",
            "Dir::Cache": empty,
            "Debug::NoLocking": "1",
        }
        flags = [f"-o{key}={value}" for key, value in options.items()]
        uris = subprocess.run(
            ["apt-get", *flags, "--print-uris", "update"],
            env=clean_environment(LC_ALL="C"),
            capture_output=True,
            text=True,
            check=False,
        ).stdout
    found = re.findall(r"^'(\S+/)dists/([^']+?)/InRelease'", uris, re.MULTILINE)
    return list(dict.fromkeys(found))


class PrivateApt:
    """apt with lists, cache and sources of its own."""

    def __init__(self, name: str, suite: str | None = None):
        """Use `suite`, or this machine's own suites and what is installed on it."""
        self.folder = CACHE / "apt" / name
        self.archives = self.folder / "archives"
        self.suite = suite
        self.updated = False

    def _configure(self):
        archives = machine_archives()
        own = [pair for pair in archives if pair[1].startswith(codename())]
        main = [pair for pair in own if "security" not in pair[0] + pair[1]]
        if not main:
            raise StopError(
                "No Debian archive is in this machine's apt configuration: add one "
                "(see `man sources.list`) and try again."
            )
        if not KEYRING.exists():
            raise StopError(
                "The keys of the Debian archive are missing: install the package "
                "debian-archive-keyring."
            )
        for part in (
            "lists/partial",
            "archives/partial",
            "state",
            "parts",
            "sources",
            "empty",
        ):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        status = Path("/var/lib/dpkg/status")
        if self.suite:
            own = [(main[0][0], self.suite)]
            status = self.folder / "status"
            status.touch()
        sources = "".join(
            f"Types: deb\nURIs: {uri}\nSuites: {suite}\nComponents: main\n"
            f"Signed-By: {KEYRING}\n\n"
            for uri, suite in own
        )
        (self.folder / "sources" / "archive.sources").write_text(sources)
        # of this machine's settings only those for transport: proxy, dates and such
        dump = run(["apt-config", "dump"], NO_ARCHIVE)
        machine = [line for line in dump.splitlines() if TRANSPORT.match(line)]
        (self.folder / "parts" / "00machine.conf").write_text("\n".join(machine) + "\n")
        settings = SETTINGS.format(d=self.folder, status=status)
        (self.folder / "apt.conf").write_text(settings)

    def _apt(self, *command: str, sentence: str = NO_ARCHIVE) -> str:
        environment = clean_environment(
            APT_CONFIG=str(self.folder / "apt.conf"),
            LC_ALL="C",
            DEBIAN_FRONTEND="noninteractive",
        )
        return run(
            ["apt-get", "-q", *command], sentence, env=environment, cwd=self.archives
        )

    def update(self):
        if not self.updated:
            self._configure()
            missing = (
                f"Debian's suite {self.suite} cannot be had: check the network, and "
                "that the mirror in this machine's apt configuration carries it."
            )
            sentence = missing if self.suite else NO_ARCHIVE
            self._apt("update", "-o", "APT::Update::Error-Mode=any", sentence=sentence)
            self.updated = True

    def download(self, packages: list[str], sentence: str = NO_ARCHIVE) -> list[Path]:
        """Fetch exactly these packages."""
        self.update()
        self._apt("download", *packages, sentence=sentence)
        names = [package.split("=")[0] for package in packages]
        return [self._newest(name) for name in names]

    def _newest(self, name: str) -> Path:
        return max(
            self.archives.glob(f"{name}_*.deb"), key=lambda path: path.stat().st_mtime
        )

    def download_missing(self, packages: list[str]) -> list[Path]:
        """Fetch what an installation of `packages` would add to this machine."""
        self.update()
        self._apt("install", "--download-only", "--yes", "--no-remove", *packages)
        return sorted(self.archives.glob("*.deb"))

    def forget_lists(self):
        """Free the space that only the next update needs."""
        shutil.rmtree(self.folder / "lists", ignore_errors=True)
        self.updated = False


def unpack(debs: list[Path], target: Path) -> None:
    """Unpack packages so that `target` is either whole or absent."""
    new = target.with_name(target.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for deb in debs:
        run(["dpkg-deb", "-x", deb, new], f"{deb} is damaged: delete it and try again.")
    shutil.rmtree(target, ignore_errors=True)
    new.rename(target)


def provide(name: str, packages: list[str]) -> Path:
    """Unpack what this machine lacks of `packages` to a private root; return it."""
    root = CACHE / "native" / name
    stamp = root.with_name(f"{name}.stamp")
    content = digest(codename(), *packages)
    if not (root.is_dir() and stamp_fits(stamp, content)):
        apt = PrivateApt(f"native-{name}")
        unpack(apt.download_missing(packages), root)
        stamp.write_text(content, encoding="utf-8")
        shutil.rmtree(apt.archives)
        apt.forget_lists()
    return root
