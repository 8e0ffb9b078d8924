"""Deadlines as official papers word them."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from odoo.addons.vanban_core.tools.text import fold, nfc
from odoo.addons.vanban_core.tools.workdays import add_months

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEARS = range(2000, 2100)

# all patterns read text without diacritics
_CUE = (
    r"\b(?P<cue>(?:truoc|(?:cham|muon) nhat|khong (?:cham|muon|qua) hon|den het|trong"
    r"|het|xong|hoan thanh|han cuoi|thoi (?:han|gian)(?: hoan thanh)?"
    r"|han (?:xu ly|hoan thanh|bao cao))"
    r"(?::? (?:la|vao|den|trong|truoc|het|cham nhat))*)\s*:?\s*"
)
_HOUR = r"(?P<hour>\d{1,2})\s*(?:gio|h|g|:)\s*(?:\d{2})?\s*(?:phut)?\s*,?\s*"
_YEAR = r"\s*(?:/|-|\.|,?\s*nam)\s*(?P<year>\d{4})\b"
_DAY = re.compile(
    rf"{_CUE}(?:{_HOUR})?(?P<ngay>ngay\s+)?(?P<day>\d{{1,2}})"
    rf"(?:\s*[/.-]\s*|\s+thang\s+)(?P<month>\d{{1,2}})\b(?:{_YEAR})?"
)
_MONTH = re.compile(
    rf"{_CUE}(?P<end>(?:ngay )?cuoi )?thang\s+(?P<month>\d{{1,2}})\b(?:{_YEAR})?"
)
_QUARTER = re.compile(
    rf"{_CUE}(?P<end>cuoi )?quy\s+(?P<quarter>i{{1,3}}|iv|[1-4])\b(?:{_YEAR})?"
)
_WHOLE_YEAR = re.compile(
    r"\b(?:hoan thanh|xong)(?: \w+){0,2} (?:trong|truoc|het) (?:cuoi )?"
    r"nam (?P<year>\d{4})\b"
)
_PERIOD = re.compile(
    r"\b(?:trong|khong qua|cham nhat|thoi han)(?: la)?(?: thoi han| thoi gian| vong)?"
    r"(?: khong qua| toi da)?\s*:?\s+(?P<count>\d{1,3})\s*(?:\([^)]*\)\s*)?"
    r"(?P<unit>ngay lam viec|ngay|tuan|thang)\b(?! (?:dau|cuoi|qua|nam))"
    r"(?P<since>,? (?:ke )?tu (?:ngay|khi) (?:ky|ban hanh|ra thong bao))?"
)
# of a deadline that comes again, or of a time that is over
_AGAIN = re.compile(r"\s*,?\s*(?:(?:cua )?(?:hang|moi) (?:tuan|thang|quy|nam))")


class Deadline(NamedTuple):
    """Until when something is to be done.

    :param date day: None where the text names none, or none that is clear
    :param int working_days: after the day of issue, where the text counts them
    :param str text: the words that say so
    :param bool sure: the text says it clearly and once
    """

    day: date | None = None
    working_days: int = 0
    text: str = ""
    sure: bool = False


def find_deadline(text, issued=None):
    """Return the :class:`Deadline` that a text names.

    “Trước ngày 15” is taken as the 15th, as the agencies do. The latest one counts
    where there are several, and is unsure; so is one with an hour, without a year, or
    counted from a day that the text does not name.

    :param date issued: day of the paper; deadlines before it are history
    """
    text = " ".join(nfc(text).split())
    folded = fold(text)
    found = [
        deadline._replace(text=_clip(text, folded, span))
        for read, pattern in _READERS
        for deadline, span in _read_all(read, pattern, folded, issued)
    ]
    open_ones = [one for one in found if not (one.day and issued and one.day < issued)]
    if not open_ones:
        return Deadline()
    named = [one for one in open_ones if one.day or one.working_days]
    # days that are counted wait for the calendar of the agency
    best = max(named or open_ones, key=lambda one: one.day or date.min)
    alike = len({(one.day, one.working_days) for one in open_ones}) == 1
    return best._replace(sure=best.sure and alike)


def _read_all(read, pattern, folded, issued):
    for match in pattern.finditer(folded):
        if not _AGAIN.match(folded, match.end()):
            yield read(match.groupdict(), issued), match.span()


def _clip(text, folded, span):
    # letters of other scripts may fold to more than one
    source = text if len(text) == len(folded) else folded
    return source[slice(*span)].strip()


def _make(year, month, day, sure=True):
    try:
        return Deadline(date(year, month, day), sure=sure)
    except ValueError:
        return Deadline()


def _get_year(parts, issued, month, day):
    """Return the year that is written, or the next one in which the day comes."""
    if parts.get("year"):
        year = int(parts["year"])
        return (year, True) if year in _YEARS else (0, False)
    if not issued:
        return 0, False
    return issued.year + ((month, day) < (issued.month, issued.day)), False


def _read_day(parts, issued):
    if not (parts["ngay"] or parts["year"]):
        return Deadline()
    day, month = int(parts["day"]), int(parts["month"])
    year, sure = _get_year(parts, issued, month, day)
    return _make(year, month, day, sure and not parts["hour"])


def _read_month(parts, issued):
    month = int(parts["month"])
    if not 1 <= month <= 12:
        return Deadline()
    year, sure = _get_year(parts, issued, month, 31)
    if not year:
        return Deadline()
    if _is_before(parts):
        last = date(year, month, 1) - timedelta(days=1)
        return Deadline(last, sure=sure)
    return _make(year, month, monthrange(year, month)[1], sure)


def _read_quarter(parts, issued):
    month = _QUARTERS[parts["quarter"]] * 3
    if _is_before(parts):
        return _read_month({**parts, "month": month - 2}, issued)
    return _read_month({**parts, "month": month}, issued)


def _is_before(parts):
    """Is it to be done before the month or quarter begins?"""
    return "truoc" in parts["cue"] and not parts["end"]


def _read_year(parts, _issued):
    return _make(int(parts["year"]), 12, 31, sure=False)


def _read_period(parts, issued):
    count, unit, sure = int(parts["count"]), parts["unit"], bool(parts["since"])
    if unit == "ngay lam viec":
        return Deadline(working_days=count, sure=sure)
    if not issued:
        return Deadline()
    if unit == "thang":
        return Deadline(add_months(issued, count), sure=sure)
    days = count * (7 if unit == "tuan" else 1)
    return Deadline(issued + timedelta(days=days), sure=sure)


_READERS = [
    (_read_day, _DAY),
    (_read_month, _MONTH),
    (_read_quarter, _QUARTER),
    (_read_year, _WHOLE_YEAR),
    (_read_period, _PERIOD),
]
