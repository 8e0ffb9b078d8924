"""HTML to PDF on paged media, by WeasyPrint. No database, no network.

Run as a program it reads HTML from standard input and writes the PDF to standard
output: long books are laid out so, beside the server.
"""

import logging
import os
import resource
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

_logger = logging.getLogger(__name__)
# both tell each of their steps, the first one already when imported
for _name in ("weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.WARNING)

import weasyprint  # noqa: E402
from weasyprint.urls import URLFetcher  # noqa: E402

CSS_FILE = Path(__file__).with_name("report.css")
PDF_VARIANT = "pdf/a-2u"
# bytes of HTML (some 100 lines of a register) from which on a process of its own is
# worth its start of half a second
LARGE = 100_000
SECONDS = 600


class PrintError(Exception):
    """The layout failed; the log says why."""


class DataFetcher(URLFetcher):
    """Lets a form use what it carries itself, and neither files nor the network."""

    def __init__(self):
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)


@lru_cache
def read_css():
    """Return the style sheet of the forms."""
    return CSS_FILE.read_text(encoding="utf-8")


def write_pdf(html):
    """Return the bytes of the PDF/A of a page of HTML.

    :param bytes html: a whole page with its style sheet, in UTF-8
    :raise PrintError: a long one failed or took too long
    """
    if len(html) < LARGE:
        return _lay_out(html)
    try:
        done = subprocess.run(
            [sys.executable, __file__],
            input=html,
            capture_output=True,
            check=True,
            timeout=SECONDS,
        )
    except subprocess.SubprocessError as error:
        _logger.warning("no PDF: %s %s", error, (error.stderr or b"")[-2000:])
        raise PrintError from error
    return done.stdout


def _lay_out(html):
    page = weasyprint.HTML(string=html.decode(), url_fetcher=DataFetcher())
    return page.write_pdf(pdf_variant=PDF_VARIANT)


def _main():
    os.nice(10)
    # a worker of the server hands down the time a request may take
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
    sys.stdout.buffer.write(_lay_out(sys.stdin.buffer.read()))


if __name__ == "__main__":
    _main()
