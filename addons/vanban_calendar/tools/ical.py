"""Entries as a calendar file (RFC 5545): no database, no network."""

import sys
from datetime import timedelta

import vobject
from vobject.icalendar import utc  # any other one is compared year by year

from .week_form import CLOSED, get_participants, printable

_PRODID = "-//Vanban//Lich cong tac//VI"
_LINE = 75  # octets (RFC 5545 3.1)
_REFRESH = "PT1H"


def make_calendar(name, entries, zone, key):
    """Return the bytes of a calendar to be subscribed to.

    :param list entries: rows of ``calendar.event._vanban_get_rows``, with ``whose`` if
        they are those of somebody else
    :param zone: in which their moments are
    :param str key: of the database, so that no other one has the same identifiers
    """
    calendar = vobject.iCalendar()
    for field, value in (
        ("prodid", _PRODID),
        ("method", "PUBLISH"),
        ("x-wr-calname", printable(name)),
        ("x-wr-timezone", zone.zone),
        ("x-published-ttl", _REFRESH),
    ):
        calendar.add(field).value = value
    for entry in entries:
        _add_event(calendar.add("vevent"), entry, zone, key)
    return fold(calendar.serialize(lineLength=sys.maxsize))


def _add_event(event, entry, zone, key):
    changed = entry["changed"].replace(microsecond=0, tzinfo=utc)
    age = entry["changed"] - entry["created"]
    fields = {
        "uid": f"lich-{entry['id']}@{key}",
        "dtstamp": changed,
        "last-modified": changed,
        "sequence": str(max(int(age.total_seconds()), 0)),
        "status": "CANCELLED" if entry["cancelled"] else "CONFIRMED",
        "transp": "TRANSPARENT" if entry["cancelled"] else "OPAQUE",
        "summary": _get_summary(entry),
        "location": entry["where"],
        "description": _get_description(entry),
        **_get_times(entry, zone),
    }
    for field, value in fields.items():
        if value:
            text = printable(value) if isinstance(value, str) else value
            event.add(field).value = text


def _get_times(entry, zone):
    start, stop = entry["start"], entry["stop"]
    if entry["allday"]:
        return {"dtstart": start.date(), "dtend": stop.date()}
    # an end is after its start (3.8.2.2)
    stop = max(stop, start + timedelta(minutes=1))
    return {
        name: zone.localize(moment).astimezone(utc)
        for name, moment in (("dtstart", start), ("dtend", stop))
    }


def _get_summary(entry):
    name = CLOSED if entry["hidden"] else entry["name"]
    return f"[{entry['whose']}] {name}" if entry.get("whose") else name


def _get_description(entry):
    lines = [
        ("Chủ trì", entry["chair"]),
        ("Thành phần", get_participants(entry)),
        ("Đơn vị chuẩn bị", entry["preparing"]),
        ("Xe", "; ".join(entry["vehicles"])),
        ("Trang phục", entry["dress"]),
        ("Ghi chú", entry["note"]),
        ("Lý do hủy", entry["reason"]),
    ]
    return "\n".join(f"{label}: {text}" for label, text in lines if text)


def fold(text):
    """Return the bytes of a calendar in lines of 75 octets, no letter cut in two.

    vobject counts letters: a line of Vietnamese would be twice as long as it may be.
    """
    lines = []
    for line in text.split("\r\n"):
        rest = line.encode()
        while len(rest) > _LINE:
            cut = _LINE
            while rest[cut] & 0xC0 == 0x80:  # inside of a letter
                cut -= 1
            lines.append(rest[:cut])
            rest = b" " + rest[cut:]
        lines.append(rest)
    return b"\r\n".join(lines)
