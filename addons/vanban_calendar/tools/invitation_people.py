"""Who leads a meeting and who is asked to come."""

import re

from .invitation_labels import fold_same, is_spelt, match_label, squeeze, strip_mark

_HONORIFIC = (
    r"(?:(?:cac )?(?:dong chi|d/c|dc|ong|ba|ngai|ts|ths|pgs|gs|bs|tien si|thac si"
    r"|(?:thieu|trung|thuong|dai) (?:ta|tuong|uy)|bac si)\b\.?:? ?)"
)
_WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_FAMILIES = (
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao"
    " doan vuong trinh truong dinh lam phung mai to ha cao luong luu chau ta thai"
    " tong kieu quach la khong nghiem ton dam dau mac trieu chu diep au bach co ma"
    " ninh quan thach son vi an danh giap hua kim khuc lo lu ngan nong ong phi sam"
    " ung tieu chung cam hong lua nhan"
)
_SURNAMES = frozenset(_FAMILIES.split())
# capitals that begin a title or an agency
_TITLE = re.compile(
    r"(?:pho|giam|bi|chanh|vien|hieu|cuc|chi|thu|bo|lanh|uy|thuong (?:truc|vu)|quyen"
    r"|ban|so|ubnd|hdnd|phong|hoi|tinh|mat|nhan|nguyen (?:chu|pho|giam|bi)|ong|ba"
    r"|trung tam|dai (?:dien|bieu)|chu (?:tich|nhiem|toa|tri)|truong (?:ban|phong"
    r"|doan|thon|ap|cong|khoa|dai|trung|cao)|tong (?:giam|bien|cuc|cong)|dang (?:uy"
    r"|bo)|doan (?:dai|kiem|thanh|cong)|van phong|to (?:truong|cong|quoc|giup)"
    r"|viet nam|ha noi|cong (?:an|ty)|dong chi|thanh vien)\b"
)
_PLACE_BEFORE = re.compile(r"\b(?:xa|phuong|tinh|huyen|pho|thi xa|thi tran|dac khu) $")
_LEADS = re.compile(
    r"\b(?:do|boi) (?P<by>[^.;]{4,160}?),? (?:lam )?chu tri\b(?!,? (?:phoi hop|soan"
    r"|xay))|\bduoi su (?:chu tri|dieu hanh|chu toa) cua (?P<under>[^.;]{4,160})"
    r"|(?P<active>\b(?:dong chi|d/c|ong|ba) [^.;:]{4,120}?),? (?:se )?chu tri (?:cuoc"
    r"|buoi|hop|hoi nghi|le|phien|va)"
)
_INVITE = re.compile(
    r"(?<!giay )(?<!thu )\bmoi (?!chi tiet|thac mac|y kien|thau|quan tam|hop)"
    r"|\btrieu tap (?!cuoc|hoi nghi|ky hop|phien)"
)
_TO_COME = re.compile(
    r" ?,? ?(?:(?:toi|den|cung|bo tri|sap xep|cu)\b[^.;:]{0,90}? )?\b(?:tham )?"
    r"(?:du|gia|hop)\b(?! an\b)|(?:den|toi) (?:lam|nhan|nop|ky|giai)\b"
)


# ---- who leads ----


def read_chair(text):
    """Return ``(name, title, sure)``; where no person is named, the words as name.

    >>> read_chair("Đ/c Lê Văn Mẫu, Phó Chủ tịch UBND tỉnh")
    ('Lê Văn Mẫu', 'Phó Chủ tịch UBND tỉnh', True)
    """
    text = re.split(r"\./|\. (?=[A-ZĐ])", squeeze(text))[0].strip(" .,;:-*")
    first = re.split(r"; ", text)[0]
    start = re.match(rf"{_HONORIFIC}+", fold_same(first))
    rest = first[start.end() :] if start else first
    span = _find_name(rest)
    others = fold_same(text[-len(rest) :] if span is None else text[len(first) :])
    behind = fold_same(rest[span[1] :]) if span else ""
    sure = not re.search(
        rf"(?:[,;]|\bva|^) ?{_HONORIFIC}", f"{behind} ; {others}"[:600]
    )
    if not span:
        return rest or None, None, sure
    before = re.sub(r"[ ,(:-]+$", "", rest[: span[0]])
    honour = re.search(rf"(?:^|[ ,-]+){_HONORIFIC}+$", fold_same(f"{before} "))
    before = before[: honour.start()] if honour else before
    after = re.split(
        r"(?:,? (?:chủ trì|chu tri)\b|\()", rest[span[1] :].strip(" ,-(:")
    )[0]
    title = squeeze((before or after).strip(" ,-()"))
    return rest[slice(*span)], title or None, sure


def _find_name(text):
    """Return where a person's name stands: capitals that are no title or place."""
    for start, words in _get_runs(text):
        folded = [fold_same(word) for word in words]
        first = 0
        is_person = len(words) > 2 and (
            folded[0] in _SURNAMES or words[1] in ("Thị", "Văn") or len(words) > 3
        )
        if _PLACE_BEFORE.search(fold_same(text[:start])) and not is_person:
            first = 1
        elif not _TITLE.match(" ".join(folded)):
            return _get_span(start, words, 0)
        for index in range(max(first, 1), len(words) - 1):
            if folded[index] in _SURNAMES:
                return _get_span(start, words, index)
    return None


def _get_runs(text):
    """Yield ``(start, words)`` where two to eight words in a row have capitals."""
    for match in _WORDS.finditer(text):
        run, start = [], match.start()
        place = start
        for word in [*match.group().split(" "), ""]:
            if word[:1].isupper():
                run.append(word)
            else:
                # MTQG Nguyễn Văn Mẫu
                while run and run[0].isupper() and not run[-1].isupper():
                    start += len(run.pop(0)) + 1
                if 2 <= len(run) <= 8:
                    yield start, run
                run, start = [], place + len(word) + 1
            place += len(word) + 1


def _get_span(start, words, index):
    start += sum(len(word) + 1 for word in words[:index])
    return start, start + len(" ".join(words[index : index + 5]))


def find_chair(text):
    """Return the words about who leads, from running text, or None."""
    match = _LEADS.search(fold_same(text))
    if not match:
        return None
    name = next(key for key, value in match.groupdict().items() if value)
    return text[match.start(name) : match.end(name)]


# ---- who comes ----


def split_people(lines):
    """Return the people and agencies of a list, one a line or parted by semicolons."""
    lines = [line for line in lines if line]
    found = []
    if any(strip_mark(line)[1] for line in lines):
        for line in lines:
            text, mark = strip_mark(line)
            if mark or not found or found[-1].endswith((";", ".")):
                found.append(text)
            else:
                found[-1] = f"{found[-1]} {text}"
    elif ";" in " ".join(lines[:-1]) or len(lines) < 2:
        found = " ".join(lines).split(";")
    else:
        found = _join_wrapped(lines)
    return [name for name in map(_clean_person, found) if name]


def _join_wrapped(lines):
    found = []
    for line in lines:
        if found and (line[:1].islower() or found[-1].endswith((",", " và"))):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


def _clean_person(text):
    """Return one of a list, "" for a heading above others."""
    text = re.split(r"\./", squeeze(text))[0]
    folded = fold_same(text)
    head = folded.find(":")
    if 0 < head < 70 and re.match(
        r"(?:tai|o) (?:cac )?diem cau|dai bieu|khach moi|cap (?:tinh|xa)|o (?:tinh|xa)",
        folded,
    ):
        text = text[head + 1 :]
    named = re.match(r"(?:ong|ba|dong chi|quy ong)(?: ?[/,(] ?ba\)?)? ?: ", folded)
    text = (text[named.end() :] if named else text).strip(" .,;:-")
    return "" if len(text) < 3 or match_label(text) == "time" else text


def find_people(text):
    """Return whom a sentence of running text invites, or None."""
    folded = fold_same(text)
    match = next(
        (m for m in _INVITE.finditer(folded) if is_spelt(text, m, "mời")), None
    )
    if not match:
        return None
    end = _TO_COME.search(folded[:600], match.end()) or re.compile(":|$").search(
        folded, match.end()
    )
    words = text[match.end() : end.start()].strip(" ,:-")
    return words if 3 < len(words) < 600 else None
