"""Where a meeting is."""

import re

from .invitation_labels import fold_same, is_opener, squeeze

#: no place is longer
_LONGEST = 300
_NOUNS = (
    r"(?:phong|hoi truong|tru so|van phong|trung tam|nha|khach san|truong|ubnd|so"
    r"|uy ban|hdnd|quang truong|san|tang|toa|lau|khu|diem cau|cong ty|benh vien"
    r"|thu vien|dinh|bao tang|chua|cong vien|chi cuc|cuc|ban"
    r"|hoi(?! nghi| thao| dong| hop)|doanh trai|thon|ap|xa(?! hoi)|phuong|bo|cong an"
    r"|tram|don|kho|ben|cang|duong|ho|cho|trai|nong truong|dia chi|hien truong|vien"
    r"|toa an|huyen uy|tinh uy|thanh uy|dang uy|hoc vien|nha hat|rap|tuong dai"
    r"|nghia trang|cau|dap|nha may|hop tac xa|htx|cum|lang|bai|dao|vung|dia diem)\b"
)
_TAI = re.compile(
    rf"\b(?:tai|(?<!nha )o)(?: dia diem)?:? (?=(?:cac |hai |\d\d? )?{_NOUNS})"
)
_DEN = re.compile(
    r"\b(?:den|toi) (?=(?:phong|hoi truong|tru so|van phong|nha|trung tam|ubnd|so "
    r"|truong)\b)"
)
_VERB = re.compile(
    r"\b(?:kinh|mong|moi|(?<!phong )hop|to chuc|de nghi|thong bao|gui|se|du)\b"
)
# several rooms, or points of a video conference
_SEVERAL = re.compile(
    r"\bdiem cau\b|\bhoac\b|(?<!phong hop )(?<!hop )\btruc tuyen\b|\bdu kien\b|\bzoom\b"
)
_GARBLED = re.compile(r"\d[lO|]|[l|]\d|\bsố [lOI|]\b|[^\w\s.,;:()/'\"“”&+*-]")
_ANY_TAI = re.compile(r"\btai(?: dia diem)?:? (?=\w)")
# what a place is followed by in a sentence
_END = re.compile(
    r"[,;(. -]*\b(?:vao (?:luc|hoi|ngay|sang|chieu|toi|\d|thu)|(?:bat dau )?(?:luc"
    r"|hoi|tu) (?:\d|[oil]\d)|de (?:\w+ )?(?:trao doi|ban|thong nhat|nghe|lam viec"
    r"|giai quyet|xem|ky|du|tham du|duoc|hop|gop y|danh gia|trien khai|phoi hop"
    r"|cho y kien|don|cung|to|thao luan|tien hanh|giup|dong)|nham|do (?:dong chi|ong"
    r"|ba|d/c|lanh dao|chu tich|pho)|voi (?:su|noi dung|thanh phan)|duoi su"
    r"|theo (?:hinh thuc|chuong trinh|noi dung)|thoi gian\b|thanh phan|noi dung"
    r"|kinh moi|tran trong|thong qua|ket hop|bat dau|va (?:ket noi|truyen|duoc)"
    r"|trong \d|(?:sau|truoc) (?:gio|khi|le)|khai mac|be mac|chu tri|dong chi|(?:sang"
    r"|chieu|toi|trua) (?:ngay|thu|\d|mai|nay)|ngay \d|thu (?:hai|ba|tu|nam|sau"
    r"|bay)\b|\d{1,2}(?: ?gio|h\d|h\b|g\d)|\d\d?:\d\d)|, [^,.;]{2,60}? (?:to chuc"
    r"|kinh moi|tran trong|moi|trieu tap|se)\b|\./|[.;] ?(?:noi nhan|\./)"
)
_LATER = re.compile(
    r"(?:se )?(?:duoc )?(?:thong bao|bao)(?: \w+){0,2} sau|theo thong bao|nhu tren"
    r"|nhu cu|khong (?:thay )?doi|khong co|se co"
)
# letters before a stop that end no sentence
_SHORT = re.compile(
    r"(?:\b(?:tp|tx|tt|p|q|d|t|h|x|kp|ql|s|st|no|ths|ts|d/c|u|b|n)|\d)$"
)
_ONLINE = re.compile(
    r"\b(?:hop |hinh thuc )?(?:truc tuyen|zoom|google meet|ms teams|microsoft teams"
    r"|webex)\b"
)


def read_place(lines):
    """Return ``(place, sure)`` of the lines that stand below “Địa điểm”."""
    if len(lines) > 1 and all(re.match(r"[-+*•]|\w{1,2}[.)]", line) for line in lines):
        lines = [
            re.sub(r"^(?:[-+*•]+|\w{1,2}[.)]) *", "", line).strip(" ;.,")
            for line in lines
        ]
        text = "; ".join(lines)
    else:
        text = " ".join(lines)
    text = squeeze(text).lstrip(" :-*+.")[: 2 * _LONGEST]
    folded = fold_same(text)
    if _LATER.match(folded.strip(" :(-.")):
        return None, False
    start = re.match(r"(?:tai|o|la)\b[: ]+", folded)
    start = start.end() if start else 0
    place = _strip(text[start : _find_end(text, folded, start)])
    return place or None, len(place) > 2


def _find_end(text, folded, start):
    """Return where a place ends: before the hour, the next sentence, the purpose."""
    found = _END.search(folded, start + 3)
    end = found.start() if found else len(text)
    for match in re.finditer(r"[.,;:(] *", folded[:end]):
        at, after = match.start(), match.end()
        if at <= start:
            continue
        if is_opener(text[after : after + 40]) and match.group()[0] != "(":
            return at
        ends = match.group()[0] == "." and text[after : after + 1].isupper()
        if ends and not _SHORT.search(folded[max(0, at - 4) : at]):
            return at
        if match.group()[0] == ";" and not _is_place(folded[after:]):
            return at
    return end


def _is_place(folded):
    return bool(re.match(rf"(?:- |[a-z]\) |cac )?{_NOUNS}", folded))


def _strip(text):
    text = text.strip(" .,;:-/*_")
    opened, closed = text.count("("), text.count(")")
    if opened > closed:
        return f"{text})" if text.rfind("(") < len(text) - 4 else text.rstrip(" (")
    if closed > opened:
        return text.rstrip(" )")
    return text


def find_place(sentence, when_at=(0, 0)):
    """Return ``(place, sure)`` from running text: the one nearest to the hour.

    :param tuple when_at: where the hour stands in the sentence
    """
    folded = fold_same(sentence)
    strict = _find_tai(sentence, folded, _TAI)
    others = _find_tai(sentence, folded, _ANY_TAI) or list(_DEN.finditer(folded))[:20]
    best, best_gap = None, None
    for match in strict or others:
        start, (low, high) = match.end(), when_at
        text = sentence[start : start + _LONGEST]
        end = start + _find_end(text, folded[start : start + _LONGEST], 0)
        if start < low < end:
            end = low
        place = _strip(_trim(sentence[start:end]))
        gap = max(low - end, start - high, 0)
        if len(place) > 3 and (best is None or gap < best_gap):
            best, best_gap = place, gap
    return best, bool(strict)


def _find_tai(sentence, folded, pattern):
    found = []
    for match in pattern.finditer(folded):
        word = sentence[match.start() : match.end()].lower().split()[0].strip(":")
        if word in ("tại", "tai", "ở"):
            found.append(match)
        if len(found) > 20:
            break
    return found


def _trim(text):
    """Return a place without the words that lead over to the hour."""
    folded = fold_same(text)
    match = re.search(
        r"[ ,;(-]+(?:(?:vao|luc|hoi|tu|ngay|khoang|bat dau) ?){1,4}$", folded
    )
    return text[: match.start()] if match else text


def is_doubtful(place):
    """Is a place one of several, or garbled by a scanner?"""
    is_word = bool(place) and " " not in place
    return is_word or bool(_SEVERAL.search(fold_same(place)) or _GARBLED.search(place))


def is_sentence(line):
    """Does a line say that somebody does something?"""
    return bool(_VERB.search(fold_same(line)))


def starts_place(line):
    """Does a line go on with a place: an agency or a street, and no sentence?"""
    folded = fold_same(line)
    return _is_place(folded) and len(line) < 90 and not is_sentence(line)


def find_online(text):
    """Return the words about a meeting that is held online, or None."""
    match = _ONLINE.search(fold_same(text))
    if not match:
        return None
    end = re.search(r"[.;]|$", text[match.start() : match.start() + 120])
    return _strip(text[match.start() : match.start() + end.start()])
