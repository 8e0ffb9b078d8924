"""The table of a week for its printed forms: plain data in, plain data out.

What comes in are the rows of ``calendar.event._vanban_get_rows``. A cell that goes out
is a list of lines, each a text and its style: "" (plain), "mark" (bold), "small"
(italic) or "struck".
"""

import re
from datetime import timedelta

WEEKDAYS = (
    "Thứ Hai",
    "Thứ Ba",
    "Thứ Tư",
    "Thứ Năm",
    "Thứ Sáu",
    "Thứ Bảy",
    "Chủ nhật",
)
SESSIONS = {"day": "Cả ngày", "morning": "Sáng", "afternoon": "Chiều", "evening": "Tối"}
MARKS = {"added": "BỔ SUNG", "changed": "ĐIỀU CHỈNH"}
CLOSED = "Họp kín"
# head and width in mm of 267
KEYS = [("Ngày", 22), ("Buổi", 15)]
COLUMNS = [
    ("Thời gian", 26),
    ("Nội dung", 74),
    ("Chủ trì", 32),
    ("Thành phần", 46),
    ("Địa điểm", 29),
    ("Đơn vị chuẩn bị", 23),
]
# the vehicle takes its width from the two widest columns
VEHICLE = ("Xe", 17)
TAKEN = {"Nội dung": 10, "Thành phần": 7}
# more names than these are told by their number
MOST_NAMES = 40

_WEEKEND = 5
# what neither XML nor a calendar file may hold
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text):
    """Return text without control characters, with one kind of line end."""
    return _UNPRINTABLE.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n"))


def make_table(entries, days):
    """Return columns and rows of the table of a week.

    :param list entries: rows of ``calendar.event._vanban_get_rows``
    :param dict days: ``{date: {"works": bool, "name": str}}`` of the seven days
    :return: ``{"columns": [(head, mm)], "rows": [{day, session, cells, wide}]}``: a day
        and a session that begin with the row are ``(text, rows that it spans)``, and
        ``wide`` is the text of a row without session and cells
    """
    columns = get_columns(any(entry["vehicles"] for entry in entries))
    rows = []
    for day, info in days.items():
        rows += _make_day(day, info, entries, [head for head, _mm in columns])
    return {"columns": [*KEYS, *columns], "rows": rows}


def get_columns(with_vehicle):
    if not with_vehicle:
        return COLUMNS
    return [*((head, mm - TAKEN.get(head, 0)) for head, mm in COLUMNS), VEHICLE]


def _make_day(day, info, entries, heads):
    """Return the rows of one day: by session, days off by name, no empty weekend."""
    pieces = {}
    for entry in entries:
        if session := _get_session(entry, day):
            pieces.setdefault(session, []).append(entry)
    label = f"{WEEKDAYS[day.weekday()]}\n{day:%d/%m}"
    if not pieces and not info["works"]:
        if day.weekday() >= _WEEKEND and not info["name"]:
            return []
        name = info["name"] or "Nghỉ"
        text = name if name.startswith("Nghỉ") else f"Nghỉ: {name}"
        return [_make_row(day=(label, 1), wide=text)]
    if info["name"]:
        label = f"{label}\n({info['name']})"
    usual = ("morning", "afternoon") if info["works"] else ()
    rows = []
    for session, name in SESSIONS.items():
        if session not in pieces and session not in usual:
            continue
        here = [_make_cells(one, heads) for one in pieces.get(session, [])]
        here = here or [[[("", "")]] * len(heads)]
        rows += [_make_row(cells=cells) for cells in here]
        rows[-len(here)]["session"] = (name, len(here))
    rows[0]["day"] = (label, len(rows))
    return rows


def _make_row(day=None, cells=(), wide=""):
    return {"day": day, "session": None, "cells": cells, "wide": wide}


def _get_session(entry, day):
    """Return in which session of a day an entry stands, or None."""
    first, last = _get_days(entry)
    if day == first:
        return entry["session"] or "day"
    return "day" if first < day <= last else None


def _get_days(entry):
    """Return the first and the last day; midnight belongs to the day that ends."""
    start, stop = entry["start"], entry["stop"]
    return start.date(), max(start, stop - timedelta(seconds=1)).date()


# ---- cells ----


def _make_cells(entry, heads):
    style = "struck" if entry["cancelled"] else ""
    if entry["hidden"]:
        texts = {"Thời gian": get_time(entry), "Nội dung": CLOSED}
    else:
        texts = {
            "Thời gian": get_time(entry),
            "Nội dung": entry["name"],
            "Chủ trì": entry["chair"],
            "Thành phần": get_participants(entry),
            "Địa điểm": entry["where"],
            "Đơn vị chuẩn bị": entry["preparing"],
            "Xe": "; ".join(entry["vehicles"]),
        }
    cells = [[(printable(texts.get(head)), style)] for head in heads]
    content = cells[heads.index("Nội dung")]
    content[:0] = [(mark, "mark") for mark in filter(None, [_get_mark(entry)])]
    content += [(printable(line), "small") for line in _get_remarks(entry)]
    return cells


def get_time(entry):
    """Return the time of an entry, with its days where it has several.

    ``08:00–09:30``; ``Cả ngày, từ 01/12 đến 03/12``
    """
    start, stop = entry["start"], entry["stop"]
    first, last = _get_days(entry)
    if entry["allday"]:
        if first == last:
            return "Cả ngày"
        return f"Cả ngày, từ {first:%d/%m} đến {last:%d/%m}"
    if first == last:
        return f"{start:%H:%M}–{stop:%H:%M}"
    return f"{start:%H:%M} ngày {start:%d/%m} đến {stop:%H:%M} ngày {stop:%d/%m}"


def get_participants(entry):
    """Return units, people, then guests, so many of them as a cell can hold."""
    names = [*entry["units"], *entry["people"]]
    more = len(names) - MOST_NAMES
    if more > 0:
        names = [*names[:MOST_NAMES], f"và {more} người khác"]
    guests = "; ".join(filter(None, map(str.strip, entry["guests"].splitlines())))
    return "; ".join(filter(None, [*names, guests]))


def _get_mark(entry):
    """Return how an entry differs from the week as it was published."""
    if not entry["cancelled"]:
        return MARKS.get(entry["mark"], "")
    reason = "" if entry["hidden"] else printable(entry["reason"])
    word = "HOÃN" if "hoãn" in reason.casefold() else "HỦY"
    return f"{word}: {reason}" if reason else word


def _get_remarks(entry):
    if entry["hidden"]:
        return
    if entry["closed"]:
        yield f"({CLOSED})"
    if entry["dress"]:
        yield f"Trang phục: {entry['dress']}"
    if entry["note"]:
        yield f"Ghi chú: {entry['note']}"
