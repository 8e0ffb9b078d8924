"""When a meeting is, from the tokens of one sentence or of one labelled part."""

import re

from .invitation_days import Days
from .invitation_hours import Hours
from .invitation_labels import fold_same
from .invitation_tokens import find_tokens
from .invitation_when import When

# tokens stand together where only such words and signs are between
_LINKS = (
    "vao luc hoi ngay tu den het va buoi khoang bat dau du kien la gio toi cac hai"
    " ba trong dung thoi gian thu cua phut tuan nay sau"
)
_CONNECT = frozenset(_LINKS.split())
# what is before a time that is not the meeting's; the first group never is, the second
# only beside a better one
_NEVER = re.compile(
    r"\b(?:(?:truoc|cham nhat|muon nhat|han cuoi|han chot|tinh den|tinh tu|ke tu"
    r"|den het|nham|tuc|thay (?:vi|cho))(?: (?:la|vao|den|luc|ngay|hoi|het))*"
    r"|(?:dang ky|xac nhan|gui|nop|phan hoi|bao lai|thoi han|lien he|dien thoai"
    r"|ky ngay|thoi gian ky|ban hanh|hieu luc|vang mat|sinh ngay|chay thu|ket noi thu"
    r"|da hop|kiem tra (?:ky thuat|duong truyen|ket noi)|thu duong truyen"
    r"|da to chuc)\b[^.,;]{0,60}) ?[(]?$"
)
_NUMBER = re.compile(r"\d")
# numbers that are no hour and no day
_COUNTED = re.compile(
    r"\b\d{1,3}(?:[,.]\d)? ?(?:ngay|buoi|phut|p\b|'|tieng|tuan|nguoi|dai bieu|dot"
    r"|dia diem|gio lam)|\((?:tuc|nham|am lich)\b[^)]{0,80}\)|\b\d{1,2} thang (?:gieng"
    r"|chap)\b|\d{1,2}/\d{1,2}(?:/\d{4})? ?[,(]?(?:am lich|al)\b|\b(?:so|phong|tang"
    r"|khoa|lan thu|dot|nhom|quy|lop|ca|thang|mung|nam|ngay mung|cong van|giay moi)"
    r" \d\S{0,30}"
)
_DAYS = frozenset(("date", "day", "rel", "weekday", "blank"))
_PLACE = re.compile(r"\b(?:tai|o|dia diem|phong|hoi truong|nha|tru so|so)\b")
_PLANNED = re.compile(
    r"\b(?:du kien|khoang)\b(?P<end>[^.;]{0,12}\b(?:ket thuc|be mac)\b)?"
)
_FEAST = re.compile(r"\bky niem\b[^.;]{0,70}$")
_REFERENCE = re.compile(
    r"(?:\d\S{0,20}/\S{0,20}[a-z]\S{0,20}(?: (?:cua|ngay|ky)\b(?: [^\s,]{1,20}){0,8})?"
    r"|\b(?:giay moi|cong van|ke hoach|quyet dinh|thong bao|nghi quyet|nghi dinh|luat"
    r"|thong tu|bao cao|to trinh|cong dien|ket luan|hop dong|chi thi|van ban|to trinh)"
    r"(?: [^\s,:]{1,20}){0,8})[, ]*$"
)
_ASIDE = re.compile(
    r"\b(?:don tiep|don khach|tap trung|co mat|xuat phat|khoi hanh|check ?in|on dinh"
    r"|an (?:sang|trua|toi)|nghi giai lao|giai lao)\b[^.;]{0,50}$"
)
_ASIDE_AFTER = re.compile(
    r"[ ,:-]{0,3}(?:don tiep|don dai bieu|dang ky|check ?in|on dinh|tap trung|an sang"
    r"|van nghe|xuat phat|khoi hanh)"
)


# ---- tokens of the meeting ----


def read_when(text, issued, labelled=False):
    """Return the :class:`When` of a text.

    :param date issued: day of the paper, for “hôm nay” and days without a year
    :param labelled: the text stands below “Thời gian”, so that any day in it counts
    """
    folded = fold_same(text)
    found = find_tokens(text, folded)
    mentions = _group(found, folded, labelled)
    good, aside = [], []
    floor = 0
    for mention in mentions:
        rank = _rank(folded, floor, mention, issued, labelled)
        floor = mention[-1].end
        if rank is not None:
            (good if rank else aside).append(mention)
    tokens = [token for mention in good or aside for token in mention]
    if good and not any(token.kind in _DAYS for token in tokens):
        # “8h00 (tập trung lúc 7h30), ngày 17/3”: the day is of both
        tokens += [t for mention in aside for t in mention if t.kind in _DAYS]
    when = _resolve(tokens, folded, issued)
    full = [one for one in good if {"date", "time"} <= {token.kind for token in one}]
    if not labelled and full and "date" in when.doubts:
        # a day beside the meeting's: best guess is what has an hour
        when = _resolve(full[0], folded, issued)
        when.doubts |= {"date", "start", "stop"}
    if tokens:
        when.doubts |= _find_tentative(folded, tokens[0].start, tokens[-1].end)
    when.is_aside = bool(aside) and not good
    if when.is_aside or (labelled and _is_left_over(found, folded)):
        when.doubts |= {"date", "start", "stop"}
    return when


def _resolve(tokens, folded, issued):
    when = When()
    if tokens:
        when.start_at, when.end_at = tokens[0].start, tokens[-1].end
    Days(tokens, folded, issued, when).run()
    Hours(tokens, folded, when).run()
    return when


def _find_tentative(folded, start, end):
    """Return what is only planned: “dự kiến”, “khoảng”."""
    words = folded[max(0, start - 25) : end]
    doubts = set()
    for match in _PLANNED.finditer(words):
        doubts |= {"stop"} if match["end"] else {"date", "start", "stop"}
    return doubts


def _is_left_over(tokens, folded):
    """Does a number stand there that was not understood?"""
    rest, end = [], 0
    for token in tokens:
        rest.append(folded[end : token.start])
        end = token.end
    # “…, tại Nhà văn hóa ấp 4”: a number of the place
    rest.append(_PLACE.split(folded[end:])[0])
    return bool(_NUMBER.search(_COUNTED.sub(" ", " ".join(rest))))


def _group(tokens, folded, labelled):
    """Return the tokens that stand together, as lists."""
    groups, end = [], None
    for token in tokens:
        link = folded[end : token.start] if end is not None else None
        if link is not None and _connects(link):
            groups[-1].append(token)
        else:
            groups.append([token])
        end = token.end
    told = {"date", "time", "rel", "day", "blank"}
    if labelled:
        told |= {"half", "weekday", "day_long", "in_day"}
    return [
        group
        for group in groups
        if any(t.kind in told and (labelled or not t.is_bare) for t in group)
        or _is_half_and_day(group)
    ]


def _is_half_and_day(group):
    """Do only words like “sáng 17/3” or “chiều thứ Ba” stand there?"""
    kinds = {token.kind for token in group}
    return "half" in kinds and bool(kinds & {"date", "weekday"})


def _connects(link):
    return len(link) < 60 and all(
        word in _CONNECT or (word.isdigit() and len(word) < 3)
        for word in re.split(r"[\s,:()\[\]/'\"*_-]+", link)
        if word
    )


def _rank(folded, floor, mention, issued, labelled):
    """Return True for a time that may be the meeting's, False beside it, None else."""
    start, end = mention[0].start, mention[-1].end
    before = folded[max(floor, start - 90) : start].removesuffix("ngay ")
    if _NEVER.search(before) or folded[end : end + 14].startswith(
        (" am lich", " (am lich")
    ):
        return None
    if not labelled and _is_past_or_reference(before, mention, issued):
        return None
    if _ASIDE.search(before):
        return False
    kinds = {token.kind for token in mention}
    # “7h30: Đón tiếp”, or any row of an agenda: “8h00 - 8h15: Khai mạc”
    is_row = _ASIDE_AFTER.match(folded, end) or folded[end : end + 1] == ":"
    return not ("time" in kinds and "date" not in kinds and is_row)


def _is_past_or_reference(before, mention, issued):
    if _REFERENCE.search(before):
        return True
    if _FEAST.search(before) and not any(token.kind == "time" for token in mention):
        return True
    if issued is None or any(token.kind == "time" for token in mention):
        return False
    days = [t for t in mention if t.kind == "date" and t.year]
    return bool(days) and all((t.year, t.month, t.day) <= _key(issued) for t in days)


def _key(day):
    return day.year, day.month, day.day
