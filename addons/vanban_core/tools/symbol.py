"""Số, ký hiệu of a document (NĐ 30/2020 Phụ lục I mục II.3)."""

import re

PLACEHOLDERS = {"number", "year", "type", "agency", "unit"}
TITLED_PATTERN = "{number}/{type}-{agency}"
LETTER_PATTERN = "{number}/{agency}-{unit}"
LAW_PATTERN = "{number}/{year}/{type}-{agency}"

_SYMBOL = re.compile(
    r"^\s*(?P<number>\d+[A-Za-z]?)\s*/\s*(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?(?P<rest>\S.*)$"
)


def is_pattern(text):
    """Does text hold whole placeholders only, and nothing that formats them?"""
    rest = re.sub(rf"{{(?:{'|'.join(PLACEHOLDERS)})}}", "", text)
    return "{" not in rest and "}" not in rest


def compose(pattern, number, **parts):
    """Return the symbol; a number below ten gets a leading zero.

    :param str pattern: text with the placeholders of ``PLACEHOLDERS``
    :param int number: the number in the register
    :param parts: ``year``, ``type``, ``agency``, ``unit``; an empty one leaves no
        stray mark
    """
    values = {name: parts.get(name) or "" for name in PLACEHOLDERS - {"number"}}
    symbol = pattern.format(number=f"{number:02d}", **values)
    symbol = re.sub(r"-{2,}", "-", symbol)
    return re.sub(r"-(?=/|$)|(?<=/)-", "", symbol).rstrip("/")


def normalise(symbol):
    """Return the symbol as the law writes it: without spaces around ``/`` and ``-``."""
    return re.sub(r"\s*([/-])\s*", r"\1", symbol or "").strip()


def parse(symbol):
    """Return ``(number, year, groups)`` of a printed symbol, or None where it is none.

    >>> parse("28/2018/QĐ-TTg")
    ('28', '2018', ['QĐ', 'TTg'])
    """
    match = _SYMBOL.match(normalise(symbol))
    if not match:
        return None
    return match["number"], match["year"], match["rest"].split("-")
