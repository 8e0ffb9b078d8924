"""Words of the printed forms, as Vietnamese law writes them: pure functions."""

import re

import pytz

_LEVEL = re.compile(r" (?=(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)\b)", re.I)
_ONE_LINE = 24  # letters of a name that fit beside Quốc hiệu

URGENCY_WORDS = {"urgent": "Khẩn", "very_urgent": "Thượng khẩn", "express": "Hỏa tốc"}
SECRECY_WORDS = {"confidential": "Mật", "secret": "Tối mật", "top_secret": "Tuyệt mật"}


def local(moment, zone):
    """Return a moment in UTC without zone as the agency's time, or None."""
    return pytz.utc.localize(moment).astimezone(zone) if moment else None


def day(value):
    """Return a date as ``05/02/2026``, nothing for none."""
    return value.strftime("%d/%m/%Y") if value else ""


def minute(value):
    """Return a moment as ``16:30 ngày 05/02/2026``, nothing for none."""
    return value.strftime("%H:%M ngày %d/%m/%Y") if value else ""


def long_date(value):
    """Return ``ngày 05 tháng 02 năm 2026``: a zero before days < 10, months 1 and 2."""
    return f"ngày {value:%d} tháng {month(value)} năm {value.year}"


def month(value):
    return f"{value.month:02d}" if value.month <= 2 else str(value.month)


def place_date(place, value):
    """Return the line of ô số 4; a dotted place where the agency named none."""
    return f"{place or '…………'}, {long_date(value)}"


def break_name(name):
    """Return an agency's name in two lines where one is too short for it.

    >>> break_name("Ủy ban nhân dân tỉnh Bắc Ninh")
    'Ủy ban nhân dân\\ntỉnh Bắc Ninh'
    """
    name = name or ""
    if len(name) <= _ONE_LINE:
        return name
    gaps = [match.start() for match in _LEVEL.finditer(name)]
    gaps = gaps or [match.start() for match in re.finditer(" ", name)]
    if not gaps:
        return name
    gap = min(gaps, key=lambda place: abs(place - len(name) / 2))
    return f"{name[:gap]}\n{name[gap + 1 :]}"


def kind_and_subject(kind, subject):
    """Return *tên loại và trích yếu* in one cell."""
    return ": ".join(part for part in (kind, subject) if part)
