"""Hours, days and weekdays in the words of invitations.

All patterns read text without diacritics, blanks single. They are bounded, so that a
hostile text costs no more than a long one.
"""

import re
from dataclasses import dataclass, field

# one or two digits, four digits, as a scanner may read them
_N = r"[\doil|]{1,2}"
_Y = r"[\doil]{4}"
# a number begins here: no letter before it, no part of a longer number
_FREE = r"(?<!\w)(?<!\d[/.:])"
_AND = r" ?(?:,|;|&|-|va|den(?: het)?|toi)(?: ngay)? ?"
# “17, 18 và ” before “19/3”
_DAYS = rf"(?P<days>(?:{_N}{_AND}){{%s,6}})"
_SIGNED = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_GIO = r"(?:g[il1][o0](?![^\W\d])|[hg](?=\W|$|\d|[\doil]{2}(?:\W|ph|$))|:(?=\d))"
# no minutes: “8 giờ 17/3”, “8 giờ 17 tháng 3”
_NO_DAY = r"(?! ?(?:/ ?\d|[.-] ?\d{1,2} ?[.-] ?\d\d))(?! ?(?:thang|gio|[hg]\d?)\b)"
# after minutes: “30 phút”, “30phút”, “30p”
_ALONE = r"(?=ph?\b|phut|\W|$)"
_MINUTES = (
    rf"(?:(?P<min>[\doil]{{2}}){_ALONE}"
    rf"| ?[.:]? ?(?P<minute>{_N}|oo){_ALONE}{_NO_DAY})"
)
_AFTER_HOUR = (
    r"(?: (?P<half>ruoi))?(?: ?phut\b| ?ph?\b| ?'{1,2})?(?: ?(?P<ampm>[ap]m)\b)?"
)

# where two begin at one place the first one counts
_PATTERNS = [
    # a digital signature: 05.03.2026 15:30:12 +07:00
    (
        "junk",
        rf"(?:{_SIGNED} ?,? )?\d{{1,2}}:\d\d:\d\d(?: ?[+]\d\d:?\d\d)?(?:,? {_SIGNED})?",
    ),
    ("junk", r"(?<!\w)[+]\d\d:\d\d"),
    # years of a feast: 20/4/2006 - 20/4/2026
    ("junk", r"(?<!\d)(?P<a>\d{1,2}[/.-]\d{1,2})[/.-]\d{4} ?- ?(?P=a)[/.-]\d{4}(?!\d)"),
    # 17/3/2026, 17-3-2026, 17.3.26
    (
        "date",
        (
            rf"{_FREE}(?P<d>{_N}) ?(?P<sep>[/.-]) ?(?P<m>{_N}) ?(?P=sep) ?"
            rf"(?P<y>{_Y}|\d\d)(?![\w/])"
        ),
    ),
    # ngày 17 tháng 3 năm 2026, 17 và 18 tháng 3/2026
    (
        "date",
        (
            rf"{_FREE}(?:ngay ?\(?{_DAYS % 0})?(?P<d>{_N}) ?/? ?thang (?P<m>{_N})"
            rf"(?: ?(?:,? ?nam|[/.-]) ?(?P<y>{_Y}))?(?!\w)"
        ),
    ),
    # ngày 17, 18/3/2026; (17-18/3)
    (
        "date",
        (
            rf"(?:\bngay ?\(?|\(|{_FREE}(?={_N} ?-)){_DAYS % 1}(?P<d>{_N})"
            rf"(?P<sep> ?[/.-] ?)(?P<m>{_N})(?:(?P=sep)(?P<y>{_Y}))?(?![\w/])"
        ),
    ),
    # ngày 17/3, sáng 17/3
    (
        "date",
        (
            rf"{_FREE}(?:ngay ?)?(?P<d>{_N})(?P<sep>[/.-])(?P<m>{_N})"
            r"(?![\w/]|[.-]\d| (?:ngay|buoi)\b)"
        ),
    ),
    # ngày … tháng 3, ngày …/3/2026, ngày Jf tháng 3
    ("blank", r"\bngay (?:[^\s\d/]{1,3} )?thang\b"),
    ("blank", r"\bngay [ .…_]{0,9}/[ .…_\d]{0,6}/ ?\d{4}"),
    ("blank", rf"\bngay (?:\S{{1,4}} ){{0,2}}thang {_N}\b"),
    # 08 giờ 00 phút, 8h30', 14g, 13:30, 7 giờ rưỡi
    (
        "time",
        rf"(?<!\w)(?<!\d[.:])(?P<h>{_N}) ?{_GIO}{_MINUTES}?{_AFTER_HOUR}",
    ),
    # 7 gin 30 phút
    ("time", r"(?<!\w)(?P<h>\d{1,2}) (?P<misread>\w{1,4}) (?P<min>\d\d) ?phut\b"),
    # 8.30 giờ, lúc 8.30
    ("time", rf"(?<!\w)(?<!\d[.:])(?P<h>{_N})\.(?P<min>[\doil]{{2}}) ?(?:gio|h)\b"),
    ("time", r"(?<=luc )(?P<h>\d{1,2})\.(?P<min>\d\d)(?![\w/]|[.]\d)"),
    # từ 8 đến 11 giờ
    ("time", rf"(?<=tu )(?P<h>{_N})(?= ?(?:-|den|toi) ?{_N} ?(?:gio|[hg])\b)"),
    # ngày 17, its month elsewhere
    ("day", rf"\bngay (?P<d>{_N})(?!\w)(?! ?(?:[/.-] ?\d|thang|lam viec|tuoi))"),
    ("weekday", r"\bt?hu ?(?P<w>hai|ba|tu|nam|sau|bay|[2-7])\b(?! ?\d{4})"),
    ("weekday", r"\b(?P<w>chu ?nhat|cn|t[2-7])\b"),
    # ngày mai, chiều nay, hôm nay
    (
        "rel",
        r"\b(?P<p>ngay|sang|chieu|toi) (?P<rel>mai|nay|kia)\b|\bhom (?P<hom>nay)\b",
    ),
    ("day_long", r"\bsang va chieu\b|\bca (?=ngay\b)|\b0?1 ngay\b(?! lam)"),
    ("in_day", r"\btrong (?=ngay\b)"),
    ("half", r"\b(?P<s>sang|chieu|toi|trua)\b"),
]
_TOKENS = [(kind, re.compile(pattern)) for kind, pattern in _PATTERNS]
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
# half of the day, and the other words that fold to its name
_HALVES = {
    "sang": ("morning", "sang"),
    "chieu": ("afternoon", "chiếu"),
    "toi": ("evening", "tới tôi tời"),
    "trua": ("noon", ""),
}
_AGAINST = re.compile(r"\b(?:lan|ky hop|phien hop|phien|khoa|dai hoi|cap|hang|quy) ?$")
# “đường 30/4”, “29/01 âm lịch”
_STREET = re.compile(r"\b(?:duong|pho|quang truong|cong vien|truong|cho|cau|so) ?$")
_LUNAR = re.compile(r" ?[,(]? ?(?:am lich|al)\b")
_DAY_BEFORE = re.compile(
    r"\b(?:sang|chieu|toi|hai|ba|tu|nam|sau|bay|nhat"
    r"|[2-7]),? ?[(]?$"
)
#: what stands between a beginning and an end
RANGE = re.compile(r"\b(?:den|toi|ket thuc|be mac)\b|^ ?[-~] ?$")
# minutes that were not understood, no day: “8 giờ 3 0”
_CUT = re.compile(r" ?\d(?!\d? ?(?:/|thang\b|[.-] ?\d))")
_LETTERS = str.maketrans("oil|", "0111")


@dataclass
class Token:
    """:param str kind: date, day, time, weekday, rel, half, day_long, in_day, blank."""

    kind: str
    start: int
    end: int
    day: int = 0
    days: tuple = ()
    month: int = 0
    year: int = 0
    hour: int = 0
    minute: int = 0
    value: object = None
    doubts: set = field(default_factory=set)
    #: told without the word “ngày”: it may be a fraction
    is_bare: bool = False


def find_tokens(text, folded):
    """Return the tokens of a text in order; ``folded`` has its letters in place."""
    found = [
        (match.start(), order, kind, match)
        for order, (kind, pattern) in enumerate(_TOKENS)
        for match in pattern.finditer(folded)
    ]
    tokens, floor = [], 0
    for start, _order, kind, match in sorted(found, key=lambda one: one[:2]):
        if start < floor:
            continue
        token = _READERS[kind](match, text)
        if token:
            floor = token.end
            tokens.append(token)
    return [token for token in tokens if token.kind != "junk"]


def get_link(tokens, folded, index):
    """Return what stands between a token and the one before it."""
    return folded[tokens[index - 1].end : tokens[index].start] if index else ""


def _make(match, kind, **values):
    return Token(kind, match.start(), match.end(), **values)


def _read_number(word, doubts, name):
    """Return a number, in doubt where letters had to be read as digits."""
    if not word:
        return 0
    if not word.isdigit():
        doubts.add(name)
    return int(word.translate(_LETTERS))


def _has_digit(word):
    return any(char.isdigit() for char in word or "")


def _read_date(match, text):
    parts, doubts = match.groupdict(), set()
    if not (_has_digit(parts["d"]) and _has_digit(parts["m"])):
        return None
    bare = not (parts.get("y") or match.group().startswith("ngay"))
    before = match.string[max(0, match.start() - 20) : match.start()]
    if bare and parts.get("sep", "/").strip() != "/" and not _DAY_BEFORE.search(before):
        return None
    if _LUNAR.match(match.string, match.end()) or (bare and _STREET.search(before)):
        return _make(match, "junk")
    day, month = (_read_number(parts[name], doubts, "date") for name in "dm")
    year = _read_number(parts.get("y"), doubts, "date")
    year += 2000 * (0 < year < 100)
    if 1000 <= year < 2000:
        return _make(match, "junk")
    if year and not 2000 <= year < 2100:
        doubts.add("date")
        year = 0
    words = re.findall(_N, parts.get("days") or "")
    days = tuple(
        _read_number(word, doubts, "date") for word in words if _has_digit(word)
    )
    return _make(
        match,
        "date",
        day=day,
        days=days,
        month=month,
        year=year,
        doubts=doubts,
        is_bare=bare,
    )


def _read_time(match, text):
    parts, doubts = match.groupdict(), set()
    if not _has_digit(parts["h"]):
        return None
    hour = _read_number(parts["h"], doubts, "start")
    word = parts.get("min") or parts.get("minute")
    if word and word != "oo" and not _has_digit(word):
        return None
    minute = 30 if parts.get("half") else _read_number(word, doubts, "start")
    is_cut = not word and _CUT.match(match.string, match.end())
    if hour > 24 or minute > 59 or is_cut:
        return _make(match, "blank", value="time")
    if hour == 24 or (word and len(word) == 1) or parts.get("misread"):
        doubts.add("start")
    half = {"am": "morning", "pm": "afternoon"}.get(parts.get("ampm"))
    return _make(
        match, "time", hour=hour % 24, minute=minute, value=half, doubts=doubts
    )


def _read_day(match, _text):
    doubts = set()
    if not _has_digit(match["d"]):
        return None
    day = _read_number(match["d"], doubts, "date")
    return _make(match, "day", day=day, doubts=doubts)


def _read_weekday(match, text):
    word = match["w"]
    if _AGAINST.search(match.string, max(0, match.start() - 12), match.start()):
        return None
    if word.startswith("c"):
        value = 6
    else:
        value = _WEEKDAYS[word] if word in _WEEKDAYS else int(word[-1]) - 2
    return _make(match, "weekday", value=value)


def _read_rel(match, text):
    word = match["rel"] or match["hom"]
    prefix = match["p"]
    if prefix == "ngay" and word == "nay":
        return None
    half = None
    if prefix and prefix != "ngay":
        half = _get_half(
            text[match.start() : match.start() + len(prefix)], prefix, text
        )
        if not half:
            return None
    return _make(match, "rel", day={"nay": 0, "mai": 1, "kia": 2}[word], value=half)


def _read_half(match, text):
    half = _get_half(text[match.start() : match.end()], match["s"], text)
    return _make(match, "half", value=half) if half else None


def _get_half(word, folded, text):
    """Return the half of the day, None for “sang” or “tới” (to).

    Where a scanner lost all marks, the bare letters will do.
    """
    name, others = _HALVES[folded]
    if not word.isascii():
        return None if word.lower() in others.split() else name
    marks = sum(not char.isascii() for char in text)
    return name if 20 * marks < len(text) else None


def _read_plain(kind):
    return lambda match, _text: _make(match, kind)


_READERS = {
    "junk": _read_plain("junk"),
    "date": _read_date,
    "blank": _read_plain("blank"),
    "time": _read_time,
    "day": _read_day,
    "weekday": _read_weekday,
    "rel": _read_rel,
    "day_long": _read_plain("day_long"),
    "in_day": _read_plain("in_day"),
    "half": _read_half,
}
