"""Letters of a paper, and the labels its parts begin with (“Thời gian: …”)."""

import re
import unicodedata
from collections import defaultdict

from odoo.addons.vanban_core.tools.text import fold

#: an invitation has some pages; a book that was sent by mistake stops here
MAX_CHARS = 40_000

_CLEAN = str.maketrans(
    {"\r": "\n", "\f": "\n", "\v": "\n", "\t": "   ", "\xa0": " ", "Ð": "Đ"}
    | {"Ƣ": "Ư", "ƣ": "ư", "¦": "|", "│": "|", "┃": "|", "：": ":"}
    | dict.fromkeys("–—−‒‐‑", "-")
    | dict.fromkeys("’‘´`′", "'")
    | dict.fromkeys("\u200b\u200c\u200d\ufeff\xad")
)
_OTHERS = re.compile(
    r"\b(?:hợp|môi|mới|đối|đội|hoàn|chuyển đổi|đổi mới)\b", re.IGNORECASE
)
# letters that a scanner takes for each other
_ALIKE = str.maketrans("1l|!0", "iiiio")

# kind of part: the words that open it, without diacritics
_LABELS = {
    "time": "thoi gian|thoi diem|ngay gio|gio hop|ngay hop|ngay to chuc|vao luc|vao hoi"
    "|khai mac|bat dau|luc|hoi|gio|ngay",
    "place": "dia diem|noi hop|noi to chuc|tai dia diem|co mat tai|dia chi|tai"
    "|hoi truong|phong hop",
    "form": "hinh thuc",
    "chair": "chu tri|chu toa|nguoi chu tri|dong chu tri|dong chi chu tri"
    "|lanh dao chu tri",
    "people": "thanh phan|dai bieu|khach moi|doi tuong|nguoi du hop|nguoi duoc moi",
    "to": "kinh gui",
    "content": "noi dung|ve viec|trich yeu|toi du|den du|du hop|chu de|du",
    "agenda": "chuong trinh|lich trinh|noi dung chuong trinh|tien trinh",
    "preparing": "chuan bi|don vi chuan bi|co quan chuan bi|phong chuan bi"
    "|bo phan chuan bi|phan cong|to chuc thuc hien",
    "note": "trang phuc|tai lieu|ghi chu|luu y",
    "other": "lien he|dau moi|dau moi lien he|nguoi lien he|dien thoai|email"
    "|thong tin lien he|moi chi tiet|dang ky|xac nhan|so dien thoai|yeu cau|de nghi"
    "|phuong tien|kinh phi|thoi han|han dang ky|link|duong link|stt|tt",
    "end": "noi nhan|luu",
}
_KIND = {name: kind for kind, names in _LABELS.items() for name in names.split("|")}
# the longest first, by first letter
_NAMES = defaultdict(list)
for _name in sorted(_KIND, key=len, reverse=True):
    _NAMES[_name[0].translate(_ALIKE)].append(_name)
# labels only when nothing else stands before the colon
_ALONE = (
    "luc|hoi|du|gio|ngay|tai|luu|hoi truong|phong hop|yeu cau|de nghi|link|stt|tt"
    "|bat dau|dang ky|xac nhan|dau moi|ve viec|dai bieu"
)
_BARE = frozenset(_ALONE.split("|"))
_MARK = re.compile(
    r"(?:[-+*•·_~>]|\(?(?:\d{1,2}(?:\.\d{1,2}){0,2}(?:[.)]|/(?!\S{0,15}-))"
    r"|(?:[ivx]{1,4}|[a-z])[.)]|[ivx]{1,4}/(?!v))(?!\d)) {0,3}"
)
# where a label may begin inside a line
_BREAK = re.compile(r"(?<=[.;,(|] )|(?<=[-+] )|(?<=\()")
_INVITES = re.compile(r"\bmoi\b(?! chi tiet| thac mac| y kien)|\btrieu tap\b")
# “kính mời các đồng chí:” opens a list, “kính mời lãnh đạo các sở: A, B dự họp” none
_OPENS = re.compile(
    r"(?:moi|trieu tap)(?:[ /,(]{1,2}(?:cac|quy|toan the|ong|ba|dong chi|thanh phan"
    r"|thanh vien|co quan|don vi|dai bieu|sau|day|gom|ban|vi|du|hop|tham du|den|toi"
    r"|co ten|duoi|nhu|lanh dao|phu huynh|em|anh|chi|cu the|tham gia|cuoc|buoi"
    r"|hoi nghi|khach)\b)*[ )]*$"
)
# “mời họp như sau:” leads over to the labelled parts, not to a list of people
_LEADS_OVER = re.compile(
    r"\b(?:du|hop|tham gia"
    r"|lam viec)\b.*(?<!chi)(?<!phan)(?<!vi)(?<!quan)(?<!bieu)(?<!ba)"
    r"(?<!ong) sau(?: day)?$"
)
# what stands between a label without a colon and its value
_LOOSE = re.compile(r" ?[-;=.>] ?| (?=\d|(?:tu|vao|luc|bat dau|tai)\b)")
_CAPITAL = re.compile(r" (?=[A-ZĐ])")
#: how sentences begin that follow the labelled parts
_OPENER = re.compile(
    r"(?:kinh )?(?:de nghi|mong|yeu cau)\b|rat (?:mong|han hanh|vinh du|kinh mong)"
    r"|han hanh|tran trong|giay moi nay|thong bao nay|van ban nay|thu moi nay"
    r"|nhan duoc giay|xin |su (?:co mat|hien dien|tham gia)|moi (?:thac mac|chi tiet"
    r"|y kien|thong tin)|neu |truong hop|vi tinh chat|do tinh chat|vui long"
    r"|thu truong|(?:duoc )?giao |luu y|quy (?:co quan|dai bieu|don vi|vi|ong|ba)"
    r"|(?:cac )?dong chi (?:nao|vang)|vang mat|cac (?:dong chi|don vi|co quan"
    r"|dai bieu|thanh vien) |[A-Z ]{4,60}trao doi|de (?:cuoc|buoi|hoi nghi|thuan tien"
    r"|cong tac)"
)


# ---- letters ----


def clean(text):
    """Return text composed (NFC), with plain dashes, quotes and spaces."""
    text = unicodedata.normalize("NFC", text[: 2 * MAX_CHARS]).translate(_CLEAN)
    return text[:MAX_CHARS]


def fold_same(text):
    """Return folded text in which each letter stands where it stood."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    return "".join((fold(char) or " ")[0] for char in text)


def fold_words(text):
    """Return :func:`fold_same` without words that only look like others when folded.

    “hợp đồng” is no “họp”, “môi trường” invites nobody.
    """
    return fold_same(_OTHERS.sub(lambda match: "." * len(match.group()), text))


def squeeze(text):
    return " ".join(text.split())


def is_spelt(text, match, word):
    """Is what a pattern found in folded text this word: “mời”, not “môi” or “mới”?

    Another word passes; so does one that lost its marks.
    """
    if match.group()[: len(word)] != fold_same(word):
        return True
    if match.string[: match.start()].endswith("kinh "):
        return True
    return text[match.start() : match.start() + len(word)].lower() in (
        word,
        fold_same(word),
    )


def is_opener(text):
    """Does a sentence begin here that says nothing of time and place?"""
    return bool(_OPENER.match(fold_same(text)))


def strip_mark(line):
    """Return a line without the mark of a list, and whether it had one.

    >>> strip_mark("a) Sở Mẫu"), strip_mark("Sở Mẫu")
    (('Sở Mẫu', True), ('Sở Mẫu', False))
    """
    folded, end = fold_same(line), 0
    for _try in range(2):
        match = _MARK.match(folded, end)
        end = match.end() if match else end
    return line[end:].strip(), bool(end)


# ---- labels ----


def match_label(head):
    """Return the kind of part that words open, None for other words.

    One wrong letter is forgiven, as scanners make it.
    """
    head = fold_same(head).strip(" .;,*\"'")
    alike = head.translate(_ALIKE)
    for name in _NAMES.get(alike[:1], ()):
        if name in _BARE:
            if head == name:
                return _KIND[name]
            continue
        start = name.translate(_ALIKE)
        if alike.startswith(start) and not alike[len(start) : len(start) + 1].isalnum():
            return _KIND[name]
        if len(name) > 6 and name != "doi tuong" and _is_near(alike, start):
            return _KIND[name]
    return None


def _is_near(text, name):
    """Does a text begin with a name but for one letter?"""
    words = " ".join(text.split()[: name.count(" ") + 1])
    if words[:1] != name[:1] or abs(len(words) - len(name)) > 1:
        return False
    short, long = sorted((words, name), key=len)
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    rest = short[same + 1 :] if len(short) == len(long) else short[same:]
    return rest == long[same + 1 :]


def find_labels(line):
    """Return ``(start, end, kind)`` of each label with a colon in a line."""
    folded, found, floor, colon = fold_same(line), [], 0, -1
    for _try in range(30):
        colon = folded.find(":", colon + 1)
        if colon < 0:
            break
        if folded[colon + 1 : colon + 2].isdigit() and folded[colon - 1].isdigit():
            continue
        start = _find_head(line, folded, max(floor, colon - 90), floor, colon)
        if start is not None:
            kind = match_label(strip_mark(line[start:colon])[0]) or "people"
            found.append((start, colon + 1, kind))
            floor = colon + 1
    return found


def _find_head(line, folded, low, floor, colon):
    """Return where the words before a colon begin that are a label, or None."""
    starts = [match.end() for match in _BREAK.finditer(folded, low, colon)]
    for start in [low] * (low == floor) + starts:
        head = strip_mark(line[start:colon])[0]
        if len(head) <= 60 and match_label(head):
            return start
    invites = [
        match.start()
        for match in _INVITES.finditer(folded, low, colon)
        if is_spelt(line, match, "mời")
    ]
    words = folded[invites[-1] : colon] if invites else "."
    if "." in words or ";" in words or _LEADS_OVER.search(words.strip()):
        return None
    if line[colon + 1 :].strip() and not _OPENS.match(words):
        return None
    return low if low == floor else invites[-1]


def find_loose_label(line):
    """Return ``(end, kind)`` of a label without a colon at the start of a line."""
    text = strip_mark(line)[0]
    start = len(line.rstrip()) - len(text) if text else 0
    folded = fold_same(text)
    for name in ("thoi gian", "dia diem"):
        if not folded.startswith(name):
            continue
        loose = _LOOSE.match(folded, len(name))
        if not loose and name == "dia diem" and not text.isupper():
            loose = _CAPITAL.match(text, len(name))
        if loose:
            return start + loose.end(), _KIND[name]
    is_short = text[:1].isupper() and len(folded) < 45 and ":" not in folded
    if is_short and _is_heading(text, folded):
        return len(line), match_label(folded)
    return None


def _is_heading(text, folded):
    folded = folded.strip(" .;,*")
    if folded in _KIND:
        return folded not in ("luc", "hoi", "du", "gio", "ngay", "tai", "luu", "tt")
    words = len(folded.split())
    return bool(match_label(folded)) and (
        (text.isupper() and words < 8)
        or (words < 6 and not text.rstrip().endswith("."))
    )
