"""HTML to PDF on paged media, by WeasyPrint. No database, no network.

Run as a program it reads HTML from standard input and writes the PDF to standard
output: long books are laid out so, beside the server.
"""

import logging
import os
import resource
import subprocess
import sys
from copy import deepcopy
from functools import lru_cache
from pathlib import Path

from lxml import html as lxml_html

_logger = logging.getLogger(__name__)
# both tell each of their steps, the first one already when imported
for _name in ("weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.WARNING)

import weasyprint  # noqa: E402
from weasyprint.urls import URLFetcher  # noqa: E402

# class of tables whose row keys are told again on each page
KEYED = "vb-keyed"
CSS_FILE = Path(__file__).with_name("report.css")
PDF_VARIANT = "pdf/a-2u"
# bytes of HTML (some 100 lines of a register) from which on a process of its own is
# worth its start of half a second
LARGE = 100_000
SECONDS = 600
# a key set anew may be higher than its row and move the next break
MOST_PASSES = 4


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
    text = html.decode()
    if KEYED in text:
        text = _repeat_keys(text)
    return _read(text).write_pdf(pdf_variant=PDF_VARIANT)


def _read(text):
    return weasyprint.HTML(string=text, url_fetcher=DataFetcher())


def _repeat_keys(text):
    """Let cells that span rows end with the page and begin anew on the next one.

    In tables of the class ``vb-keyed`` the first cells of a row may span those that
    follow; laid out as they are, they would be cut by the page and not told again.
    """
    tree = lxml_html.document_fromstring(text)
    rows = tree.xpath(f"//table[contains(@class, '{KEYED}')]/tbody/tr")
    for number, row in enumerate(rows):
        row.set("id", f"row{number}")
    for _pass in range(MOST_PASSES):
        text = lxml_html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")
        if not _split_keys(rows, _find_firsts(text)):
            break
    return text


def _find_firsts(text):
    """Return the ids of the rows with which pages begin."""
    pages = [
        {name: place[1] for name, place in page.anchors.items() if name[:3] == "row"}
        for page in _read(text).render().pages
    ]
    return {min(tops, key=tops.get) for tops in pages if tops}


def _split_keys(rows, firsts):
    """Begin the cells that span into one of these rows anew; return whether any did."""
    done, spans = False, []  # [cell, rows that it still spans]
    for row in rows:
        spans = [span for span in spans if span[1]]
        if spans and row.get("id") in firsts:
            for place, span in enumerate(spans):
                cell, left = span
                again = deepcopy(cell)
                again.tail = None
                again.set("rowspan", str(left))
                cell.set("rowspan", str(int(cell.get("rowspan")) - left))
                row.insert(place, again)
            spans, done = [], True
        spans += [
            [cell, int(cell.get("rowspan"))] for cell in row if cell.get("rowspan")
        ]
        for span in spans:
            span[1] -= 1
    return done


def _main():
    os.nice(10)
    # a worker of the server hands down the time a request may take
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
    sys.stdout.buffer.write(_lay_out(sys.stdin.buffer.read()))


if __name__ == "__main__":
    _main()
