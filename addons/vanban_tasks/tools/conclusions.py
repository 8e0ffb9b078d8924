"""The points of a notice of conclusions, as tasks to be given (128/QĐ-UBND Điều 3.1b).

Pure functions: text in, :class:`Point` out. What is not clear is marked, never guessed.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from odoo.addons.vanban_core.tools.text import nfc

from .agency_names import normalise
from .deadlines import Deadline, find_deadline

#: nobody gives more in one paper; a book that was sent by mistake stops here
MAX_POINTS = 200
#: characters of one point; its text stays in the paper itself
MAX_CONTENT = 5000

_START = re.compile(
    r"(?:kết luận|chỉ đạo|ý kiến|thống nhất)[^:]{0,150}?như\s+sau\s*:", re.IGNORECASE
)
# “./.” ends the words of every paper (NĐ 30/2020 Phụ lục I mục II.6)
_END = re.compile(
    r"^[ \t]*(?:Nơi nhận\b|Trên đây là\b)|\./\.", re.MULTILINE | re.IGNORECASE
)
_PAGE = re.compile(r"^\s*\d{1,3}\s*$")
_MARKS = [
    (0, re.compile(r"^[\s_]*(?P<mark>[IVX]{1,5})\s*[./)-]\s+(?=\S)")),
    (1, re.compile(r"^[\s_]*(?P<mark>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+(?=[^\W\d])")),
    (1, re.compile(r"^[\s_]*(?P<mark>\d{1,2})\s*[.)/]\s*(?=[^\W\d])")),
    (8, re.compile(r"^[\s_]*(?P<mark>[a-zđ])\s*\)\s*(?=\S)")),
    (9, re.compile(r"^[\s_]*(?P<mark>[-–—•*])\s+(?=\S)")),
    (10, re.compile(r"^[\s_]*(?P<mark>\+)\s*(?=\S)")),
]
# “giao” as a verb: not giao thông, nor what was given before
_GIVE = (
    r"(?:(?<!được )(?<!đã )(?<!bàn )\bgiao\b(?!\s+(?:thông|dịch|lưu|ban|động|tiếp|hàng"
    r"|nhận|nhiệm|kế hoạch))|\byêu cầu\b|\bđề nghị\b|\bphân công\b)"
)
_CUE = re.compile(
    rf"{_GIVE}|\bchủ trì\b(?!\s+(?:cuộc|buổi|họp|hội nghị))", re.IGNORECASE
)
_NEXT = re.compile(
    r"(?:(?<=[.;])\s+|\n)(?=(?:Giao(?!\s+(?:thông|dịch|lưu|ban))|Yêu cầu|Đề nghị"
    r"|Phân công)\s)"
)

# ---- on normalised text ----

_GIVES = re.compile(r"\b(?:giao|yeu cau|de nghi|phan cong)\b")
_CHAIR = re.compile(r"\bchu tri\b(?! (?:cuoc|buoi|hop|hoi nghi))")
_JOIN = re.compile(r"\bphoi hop\b(?: (?:chat che|voi|cung))*")
# what may stand between names, or between a verb and a name
_PLAIN = (
    "va voi cung cho cac cap so ban nganh co quan don vi dia phuong to chuc lien quan"
    " thu truong giam doc chu tich lanh dao nguoi dung dau chanh pho truong ong ba dong"
    " chi tiep tuc khan truong chiu trach nhiem tinh xa phuong dac khu theo chuc nang"
    " nhiem vu duoc giao truc tiep chu dong thuong xuyen kip thoi phai can ngay"
)
_FILLERS = frozenset(_PLAIN.split())
_HEADS = re.compile(
    r"\b(?:so|ban|nganh|uy ban|cong an|bo|chi cuc|cuc|van phong|trung tam|phong"
    r"|thanh tra|hoi|lien doan|kho bac|bao hiem|truong|benh vien|cong ty|dien luc|xa"
    r"|phuong|chi huy|ngan hang|doanh nghiep)\b"
    r"(?! (?:hanh|chong|lieu|luong|ket|hoi|hop|tri|sung)\b)"
)
_WIDEST_GAP = 12


@dataclass
class Point:
    """What one point of the conclusions gives.

    :param str number: as printed, ``2a``; "" where it has none
    :param object lead: key of the agency, None where none is named clearly
    :param tuple coordinators: keys
    :param set doubts: of ``lead``, ``coordinators``, ``deadline``
    """

    number: str
    content: str
    lead: object = None
    coordinators: tuple = ()
    deadline: Deadline = field(default_factory=Deadline)
    doubts: set = field(default_factory=set)


@dataclass
class _Item:
    level: int
    number: str
    lines: list
    parent: "_Item | None" = None
    children: list = field(default_factory=list)

    @property
    def text(self):
        return "\n".join(line for line in self.lines).strip()

    @property
    def is_intro(self):
        return bool(self.children) and self.text.endswith((":", "sau", "sau đây"))


@dataclass
class _Whom:
    lead: object = None
    coordinators: tuple = ()
    doubts: frozenset = frozenset({"lead"})


def parse(text, names, issued: date | None = None, own=None):
    """Return the :class:`Point` list of a paper.

    Points that neither name an agency, nor a deadline, nor give anything are left out.

    :param str text: with line breaks, as poppler lays it out
    :param AgencyNames names: who can be named
    :param date issued: day of the paper
    :param object own: key of the agency that gives; it is never given a task
    """
    points = []
    for item in _read_items(text):
        points += _read_item(item, names, issued, own)
        if len(points) >= MAX_POINTS:
            break
    return points[:MAX_POINTS]


# ---- items ----


def _read_items(text):
    """Return the numbered items of the body, in order, each with its parent."""
    root = _Item(-1, "", [])
    items, last, top = [root], root, 0
    for line in _get_body(text).splitlines():
        if _PAGE.match(line):
            continue
        level, mark, rest = _get_mark(line)
        if level == 1 and not _follows(mark, top):
            level, rest = None, line
        if level is None:
            last.lines.append(" ".join(rest.split()))
            continue
        if level == 1:
            top = int(mark.split(".")[0])
        last = _add_item(last, level, mark, " ".join(rest.split()))
        items.append(last)
    return items


def _get_body(text):
    text = nfc(text.replace("\f", "\n"))
    start = _START.search(text)
    text = text[start.end() :] if start else text
    end = _END.search(text)
    return text[: end.start()] if end else text


def _get_mark(line):
    for level, pattern in _MARKS:
        match = pattern.match(line)
        if match:
            return level, match["mark"], line[match.end() :]
    return None, "", line


def _follows(mark, before):
    """Is it the number of a next point, not a number that a line begins with?"""
    first, *below = (int(part) for part in mark.split("."))
    return bool(below) or first == 1 or 0 < first - before <= 2


def _add_item(last, level, mark, rest):
    if level == 1:
        level += mark.count(".")
    parent = last
    while parent.level >= level:
        parent = parent.parent
    number = mark
    if level == 8:
        number = f"{parent.number}{mark}"
    elif level > 8:
        number = parent.number and f"{parent.number}-{len(parent.children) + 1}"
    item = _Item(level, number if level else "", [rest], parent)
    parent.children.append(item)
    return item


# ---- points ----


def _read_item(item, names, issued, own):
    if item.is_intro:
        return []
    points = []
    above = _get_whom_above(item, names, own)
    for text in _split(item.text):
        whom = _find_whom(text, names, own)
        deadline = find_deadline(text, issued)
        told = deadline.day or deadline.working_days
        below = above and not item.children
        # “trong tháng 12” may tell of the past
        until = told and (deadline.sure or not deadline.text.startswith("trong"))
        if not (_CUE.search(text) or whom.lead or until or below):
            continue
        if above and not whom.lead and not _names_somebody(text):
            joined = whom.coordinators or above.coordinators
            doubts = above.doubts | (whom.doubts - {"lead"})
            whom = _Whom(above.lead, joined, doubts)
        if not told:
            deadline = _get_deadline_above(item, issued) or deadline
        points.append(_make_point(item.number, text, whom, deadline))
    return points


def _make_point(number, text, whom, deadline):
    doubts = set(whom.doubts)
    if not deadline.sure:
        doubts.add("deadline")
    content = " ".join(text.split()).removesuffix("./.").strip(" ;")
    joined = tuple(key for key in whom.coordinators if key != whom.lead)
    return Point(number, content[:MAX_CONTENT], whom.lead, joined, deadline, doubts)


def _split(text):
    """Return the parts that each give something; what stands before goes along."""
    parts = [part.strip() for part in _NEXT.split(text) if part.strip()]
    if len(parts) > 1 and not _CUE.search(parts[0]) and len(parts[0]) < 300:
        parts[:2] = [f"{parts[0]}\n{parts[1]}"]
    return parts


def _get_above(item):
    while item.parent:
        item = item.parent
        if item.is_intro:
            yield item.text


def _get_whom_above(item, names, own):
    """Return whom “Giao Sở Mẫu:” above a list gives its lines to."""
    for text in _get_above(item):
        whom = _find_whom(text, names, own)
        if whom.lead or re.search(_GIVE, text, re.IGNORECASE):
            return whom
    return None


def _get_deadline_above(item, issued):
    for text in _get_above(item):
        deadline = find_deadline(text, issued)
        if deadline.day or deadline.working_days:
            return deadline
    return None


# ---- who ----


def _names_somebody(text):
    """Does a line below “Giao …:” turn to somebody else, who is not known here?"""
    return bool(re.search(_GIVE, text, re.IGNORECASE) or _HEADS.match(normalise(text)))


def _find_whom(text, names, own):
    text = normalise(text)
    spans = names.find(text)
    join = _JOIN.search(text)
    chair = _CHAIR.search(text)
    leads, sure = _find_leads(text, spans, chair, join)
    # two sentences that give in one point: somebody has to read it
    sure = sure and len(_CHAIR.findall(text)) < 2
    joined, joined_sure = [], True
    if join:
        after = [span for span in spans if span.start >= join.end()]
        joined, joined_sure = _get_group(text, join.end(), after)
    keys = [span.key for span in leads]
    lead = keys[0] if keys and keys[0] != own else None
    doubts = set() if lead is not None and sure and len(keys) == 1 else {"lead"}
    others = [key for key in keys[1:] if key not in (lead, own, None)]
    told = [span.key for span in joined]
    coordinators = tuple(
        dict.fromkeys(key for key in others + told if key not in (lead, own, None))
    )
    if others or not joined_sure or None in told:
        doubts.add("coordinators")
    return _Whom(lead, coordinators, frozenset(doubts))


def _find_leads(text, spans, chair, join):
    """Return the names in the lead, and whether nothing else stands among them."""
    limit = min([m.start() for m in (chair, join) if m] or [len(text)])
    before = [span for span in spans if span.end <= limit]
    # “giao” is a part of many names: Sở Giáo dục, Sở Giao thông
    outside = "".join(
        "#" if any(s.start <= place < s.end for s in before) else letter
        for place, letter in enumerate(text[:limit])
    )
    start = max((m.end() for m in _GIVES.finditer(outside)), default=0)
    if chair:
        group = _get_group_before(text, chair.start(), before)
        if not group:
            return [], False
        near = text[start : group[0].start].split()[-6:]
        return group, not _HEADS.search(" ".join(near))
    first = _skip_plain(text, start, before)
    if first is None:
        return [], False
    group, sure = _get_group(text, first, [s for s in before if s.start >= first])
    return group, sure


def _get_group_before(text, end, spans):
    """Return the names that stand together right before a place."""
    group = []
    for span in reversed(spans):
        if not _is_plain(text[span.end : end]):
            break
        group.insert(0, span)
        end = span.start
    return group


def _skip_plain(text, start, spans):
    """Return where the first name begins if only titles stand before it."""
    after = [span for span in spans if span.start >= start]
    if after and _is_plain(text[start : after[0].start]):
        return after[0].start
    return None


def _get_group(text, start, spans):
    """Return the names that stand together from a place on, and whether all is known.

    An agency of another system in between is passed over, and tells on the group.
    """
    group, sure = [], True
    for span in spans:
        gap = text[start : span.start]
        if not _is_plain(gap):
            if len(gap.split()) > _WIDEST_GAP or not _HEADS.match(gap.strip()):
                break
            sure = False
        group.append(span)
        start = span.end
    rest = text[start:].strip().removeprefix("va ")
    return group, sure and not (_HEADS.match(rest) and not _is_plain(rest[:20]))


def _is_plain(text):
    return all(word in _FILLERS for word in text.split())
