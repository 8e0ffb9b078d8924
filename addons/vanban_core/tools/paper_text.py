"""The words of a paper: the text layer of a PDF, or the paragraphs of a DOCX."""

import io
import logging
import re
import shutil
import subprocess
import zipfile
import zlib

from lxml import etree

_logger = logging.getLogger(__name__)

SECONDS = 60
MAX_PAGES = 100
# bytes of XML, some thousand pages
MAX_XML = 20_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# fewer letters than this are a stamp on a scan
_LEAST = 100


def read_pdf(raw):
    """Return the text layer of a PDF, "" for a scan or what poppler cannot read."""
    program = shutil.which("pdftotext")
    if not program:
        _logger.error("pdftotext (poppler-utils) is missing: no text of PDF files")
        return ""
    try:
        done = subprocess.run(
            [program, "-layout", "-enc", "UTF-8", "-l", str(MAX_PAGES), "-", "-"],
            input=raw,
            capture_output=True,
            check=True,
            timeout=SECONDS,
        )
    except subprocess.SubprocessError as error:
        _logger.info("no text of a PDF: %s", error)
        return ""
    text = done.stdout.decode(errors="replace")
    return text if len(re.findall(r"[^\W\d_]", text)) >= _LEAST else ""


def read_docx(raw):
    """Return the paragraphs of a DOCX, "" for what is none.

    Numbers that Word sets by itself stand nowhere in the file: the points of the first
    level are counted again, those below get a dash.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if archive.getinfo("word/document.xml").file_size > MAX_XML:
                return ""
            xml = archive.read("word/document.xml")
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(xml, parser)
    except (
        *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError),
        *(KeyError, ValueError, OSError, RuntimeError),
    ) as error:
        _logger.info("no text of a DOCX: %s", error)
        return ""
    counts = {}
    return "\n\n".join(
        _get_mark(paragraph, counts) + _get_text(paragraph)
        for paragraph in root.iter(f"{_W}p")
    )


def _get_text(paragraph):
    parts = {f"{_W}t": lambda run: run.text or "", f"{_W}tab": lambda _run: " "}
    return "".join(
        parts[node.tag](node) for node in paragraph.iter() if node.tag in parts
    )


def _get_mark(paragraph, counts):
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr")
    if numbered is None:
        return ""
    values = {
        name: node.get(f"{_W}val") if node is not None else "0"
        for name in ("ilvl", "numId")
        for node in [numbered.find(f"{_W}{name}")]
    }
    if values["ilvl"] != "0":
        return "- "
    counts[values["numId"]] = counts.get(values["numId"], 0) + 1
    return f"{counts[values['numId']]}. "
