"""What the tests of invitations share: sets of papers, and how a reader compares.

A set is a folder of `data/invitations` with `labels.jsonl`, one paper a line: what a
careful reader would write into the calendar, and what such a reader would ask about.
"""

import json
import re
import unicodedata
from datetime import date, datetime
from difflib import SequenceMatcher
from pathlib import Path

from odoo.addons.vanban_calendar.tools.invitation import read_invitation
from odoo.addons.vanban_core.tools.text import fold

FOLDER = Path(__file__).parent / "data" / "invitations"
SETS = sorted(path.parent for path in FOLDER.glob("*/labels.jsonl"))
MOMENTS = {"start", "stop"}
ISSUED = date(2026, 3, 10)
HEAD = """ỦY BAN NHÂN DÂN XÃ SUỐI NGÀN
Số: 12/GM-UBND
Suối Ngàn, ngày 10 tháng 3 năm 2026

GIẤY MỜI

UBND xã Suối Ngàn kính mời Quý đại biểu dự họp.
"""


# ---- papers with labels ----


def read_labels(folder):
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def read_paper(folder, label):
    text = (folder / f"{label['id']}.txt").read_text(encoding="utf-8")
    if label.get("nfd"):
        text = unicodedata.normalize("NFD", text)
    issued = label["issued"] and date.fromisoformat(label["issued"])
    return read_invitation(text, issued)


def get_wanted(label, name):
    """Return the value of a label as the reader returns it."""
    value = label.get({"stop": "end"}.get(name, name))
    if name == "session" and label.get("start"):
        return None
    if not value or name not in {*MOMENTS, "date", "last_date"}:
        return value or None
    if name in MOMENTS:
        day = "" if "T" in value else f"{label['date']}T"
        return datetime.fromisoformat(day + value)
    day = date.fromisoformat(value)
    return None if name == "last_date" and value == label["date"] else day


def get_doubts(label):
    return {{"end": "stop"}.get(name, name) for name in label["uncertain"]}


def _squash(words):
    return re.sub(r"[^a-z0-9]", "", fold(words))


def is_alike(one, other):
    """Would a reader take two wordings for the same?"""
    one, other = sorted((_squash(one), _squash(other)), key=len)
    return (
        one == other
        or (len(one) >= 8 and one in other)
        or (SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.85)
    )


def is_right(name, got, wanted):
    if got is None or wanted is None:
        return got is wanted
    return is_alike(got, wanted) if isinstance(got, str) else got == wanted


# ---- single wordings ----


def read(words, issued=ISSUED):
    return read_invitation(HEAD + words, issued)


def at(hour, minute=0, day=17, month=3):
    return datetime(2026, month, day, hour, minute)
