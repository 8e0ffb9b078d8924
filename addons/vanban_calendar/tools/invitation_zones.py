"""Where the text of a paper begins and ends, and what its heading says."""

import re

from .invitation_labels import (
    find_labels,
    find_loose_label,
    fold_same,
    match_label,
    squeeze,
    strip_mark,
)
from .invitation_tables import get_cells

_TITLES = (
    "giay moi|thu moi|giay moi hop|giay trieu tap|thong bao|thu moi hop|cong dien"
    "|giay moi du hop|thiep moi|trieu tap|giay moi lam viec"
)
_TYPES = frozenset(_TITLES.split("|"))
_TAIL = re.compile(
    r"(?:noi nha?[nm]\w?\b|(?:tm|kt|tl|tuq)\. ?[a-z]{2,}(?: [a-z]+){0,8}$)"
)
_TELLS = re.compile(r"thoi gian|dia diem|kinh moi|vao luc|vao hoi")
_SIGNER = re.compile(
    r"(?:pho |q\. ?)?(?:chu tich|(?:tong )?giam doc|bi thu|chanh|chu nhiem|thu truong"
    r"|(?:\w+ ){0,2}truong)\b[^:.,]{0,40}$"
)
_ABOUT = re.compile(r"\bv ?[/.]? ?v\b[:. ]*")

# place and date, printed on the right of a subject
_DATED = re.compile(r", ngay [\d .…]{0,8}thang ")
#: how the reasons of a paper begin
BASIS = re.compile(r"(?:thuc hien|can cu|theo |nham |de |duoc su|nhan dip|tiep theo)")


def find_start(lines):
    """Return where the text begins, and whether “Giấy mời” stands above."""
    for index, line in enumerate(lines[:120]):
        for cell in get_cells(line[:300]):
            if fold_same(cell).strip(" .:*_-") in _TYPES:
                return index + 1, True
    for index, line in enumerate(lines[:120]):
        if any(match_label(cell) == "to" for cell in get_cells(line[:300])):
            return index, False
    return 0, False


def find_end(lines, start):
    last = max(
        (i for i, line in enumerate(lines) if _TELLS.search(fold_same(line))), default=0
    )
    for index in range(start, len(lines)):
        for cell in get_cells(lines[index][:300]):
            folded = fold_same(cell)
            if _TAIL.match(folded) or (
                index > last and cell.isupper() and _SIGNER.match(folded)
            ):
                return index
    return len(lines)


def read_title(lines, start):
    """Return the lines below the type of paper, and where the text goes on."""
    title, index = [], start
    while index < min(len(lines), start + 12):
        line = squeeze(lines[index])
        if not line and title:
            break
        if line and (len(title) > 5 or not _is_title(line)):
            break
        title += [line] if line else []
        index += 1
    text = " ".join(title).strip(" -*_")
    # a sentence is no subject
    is_subject = len(text) > 5 and not re.search(r"[^.]\.$", text)
    return (text, index) if is_subject else ("", start)


def _is_title(line):
    folded = fold_same(line)
    return not (
        BASIS.match(folded)
        or re.match(r"[^,]{2,40}, ngay [\d .…]", folded)
        or re.search(r"\b(?:kinh|tran trong|xin) (?:\w+ )?moi\b", folded)
        or find_labels(line)
        or (find_loose_label(line) and not line.isupper())
        or len(line) > 200
        or strip_mark(line)[1]
    )


def read_about(head):
    """Return the subject of a letter, below its number on the left (“V/v …”)."""
    found = []
    for line in head:
        cells = get_cells(line[:300])
        if found and (not cells or len(found) > 5):
            break
        if found and not _is_beside(cells[0]):
            found.append(cells[0])
        elif not found:
            for cell in cells:
                match = _ABOUT.match(fold_same(cell))
                if match:
                    found.append(_strip_date(cell[match.end() :]))
    return squeeze(" ".join(found))


def _strip_date(cell):
    """Return a subject without place and date, where one blank parts the columns."""
    match = _DATED.search(fold_same(cell))
    if not match:
        return cell
    words = cell[: match.start()].split(" ")
    while words and (not words[-1] or words[-1][0].isupper()):
        words.pop()
    return " ".join(words)


def _is_beside(cell):
    """Is it what stands on the right of the subject: place and date, or a motto?"""
    folded = fold_same(cell)
    return bool(re.search(r",\s*ngay\b.*\bnam\b|^doc lap|^cong hoa", folded))
