"""A paper as its parts: title, labelled parts (“Thời gian: …”) and running text.

Layouts differ: numbered or not, in one paragraph, in a table, in two columns. Here they
become a list of :class:`Part`, wrapped lines joined.
"""

import re
from dataclasses import dataclass, field

from .invitation_labels import (
    clean,
    find_labels,
    find_loose_label,
    fold_same,
    is_opener,
    match_label,
    squeeze,
    strip_mark,
)
from .invitation_place import is_sentence, starts_place
from .invitation_tables import get_cells, unfold_tables
from .invitation_zones import BASIS, find_end, find_start, read_about, read_title

_LISTS = frozenset(("people", "to", "agenda", "preparing", "other"))
# what tells more of the time below “Thời gian”
_GOES_ON = re.compile(
    r"\W*(?:[a-z][.)] )?(?:khai mac|be mac|ket thuc|bat dau|ngay|buoi|sang|chieu|tu"
    r"|\d)\b"
)
_TO_COME = re.compile(r"(?:toi|den|tham) du\b|du (?:hop|hoi|cuoc|buoi)\b")
# another label, that nothing is known of: “Thư ký: …”
_LABEL = re.compile(r"[^\W\d_a-z][^:.;,]{1,30} ?: ?[^\d]")


@dataclass
class Part:
    """Lines that belong together.

    :param str kind: what it tells of, see ``invitation_labels``; "" for running text
    :param str head: the words before the colon
    :param list lines: the rest, each line of a list with its mark
    """

    kind: str = ""
    head: str = ""
    lines: list = field(default_factory=list)
    #: first letter of the line that it begins in
    mark: str = ""
    #: a line was joined over a gap, as scanners leave between all lines
    is_loose: bool = False

    @property
    def label(self):
        return fold_same(self.head)

    @property
    def text(self):
        return " ".join(self.lines)

    @property
    def source(self):
        return f"{self.head} {self.text}".strip()


@dataclass
class Paper:
    """:param list head: lines above the title; :param list tail: below “Nơi nhận”."""

    head: list
    title: str
    parts: list
    tail: list


@dataclass
class _Line:
    text: str
    after_blank: bool = False
    is_full: bool = True
    #: all lines of the paper stand apart
    is_gapped: bool = False


def read_paper(text):
    """Return a text as :class:`Paper`."""
    lines = clean(text).split("\n")
    start, has_type = find_start(lines)
    end = find_end(lines, start)
    title, start = read_title(lines, start) if has_type else ("", start)
    head = lines[:start]
    body = unfold_tables(lines[start:end])
    parts = _join(_split(_measure(body)))
    return Paper(head, title or read_about(head), parts, lines[end:])


# ---- lines into parts ----


def _measure(lines):
    """Return the lines with what their place on the page tells."""
    widths = sorted(len(line) for line in lines if line.strip())
    wide = 0.72 * widths[len(widths) * 9 // 10] if widths else 0
    found, blank = [], True
    for line in lines:
        cells = get_cells(line)
        if (
            len(cells) > 1
            and ":" not in cells[0]
            and match_label(strip_mark(cells[0])[0])
        ):
            cells[0] += ":"
        text = squeeze(" ".join(cells))
        if text:
            found.append(_Line(text, blank, len(line.rstrip()) >= wide))
        blank = not text
    gapped = sum(line.after_blank for line in found) > 0.8 * len(found)
    for line in found:
        line.is_gapped = gapped and widths[-1] < 120
    return found


def _split(lines):
    """Yield ``(line, kind, head, value)``: one for each label, or the line as it is."""
    for line in lines:
        labels = find_labels(line.text)
        if not labels:
            loose = find_loose_label(line.text)
            if loose:
                end, kind = loose
                yield line, kind, line.text[:end].strip(" -"), line.text[end:].strip()
            else:
                yield line, "", "", line.text
            continue
        before = line.text[: labels[0][0]]
        if strip_mark(before)[0].strip(" -"):
            yield line, "", "", before.strip()
        ends = [start for start, _end, _kind in labels[1:]] + [len(line.text)]
        for (start, middle, kind), end in zip(labels, ends, strict=True):
            head = strip_mark(line.text[start:middle])[0]
            value = line.text[middle:end].strip(" :")
            cut = _find_opener(value)
            yield line, kind, head, value[:cut].strip()
            if value[cut:]:
                yield line, "", "", value[cut:]


def _find_opener(value):
    """Return where another sentence begins that says nothing of time and place."""
    for match in re.finditer(r"[.;] +", value):
        if is_opener(value[match.end() : match.end() + 60]):
            return match.end()
    return len(value)


def _join(pieces):
    """Return the parts; a line goes on with the one before, or begins one."""
    parts, before = [], None
    for line, kind, head, value in pieces:
        if kind and parts and parts[-1].kind == "agenda" and _is_row(line, head):
            parts[-1].lines.append(line.text)
        elif kind:
            mark = line.text[0]
            parts.append(Part(kind, head, [value] if value else [], mark))
        elif parts and before is line:
            parts.append(Part("", "", [value]))
        elif parts and _goes_on(parts[-1], before, line):
            parts[-1].lines.append(value)
        else:
            parts.append(Part("", "", [value]))
        before = line
    return parts


def _is_row(line, head):
    """Is “Khai mạc: …” a row of the agenda above it?"""
    return fold_same(head).startswith("khai mac") and not line.after_blank


def _goes_on(part, before, line):
    """Does a line without a label belong to the part before it?"""
    folded = fold_same(line.text)
    if not part.lines:
        is_basis = part.kind in ("to", "people") and BASIS.match(folded)
        return bool(part.kind) and not is_basis
    if part.kind == "agenda" and not line.after_blank:
        return True
    if part.kind == "time" and _GOES_ON.match(folded):
        return not line.after_blank
    if strip_mark(line.text)[1]:
        return _is_item(part, line.text)
    if line.text[0].islower():
        return not part.lines[-1].endswith(".")
    if is_opener(line.text) or _TO_COME.match(folded) or _LABEL.match(line.text):
        return False
    if line.after_blank:
        return _goes_on_below(part, before, line)
    return _is_wrapped(part, before, line)


def _is_item(part, text):
    """Does a line with a mark belong to the list above it?"""
    first = part.lines[0]
    if part.kind in ("place", "time"):
        return strip_mark(first)[1]
    if not strip_mark(first)[1] and _get_style(text) == _get_style(part.mark):
        return False
    # “4. …” below “- …” is the next point of the paper
    return part.kind in _LISTS and not (first[0] in "-+*•" and text[0].isdigit())


def _get_style(text):
    return "1" if text[:1].isdigit() else text[:1]


def _goes_on_below(part, before, line):
    """Does a line after a gap belong to the part: a cell of a table, or a scan?"""
    if part.kind in ("place", "chair"):
        part.is_loose = before.after_blank and before.is_full and line.is_gapped
        return part.is_loose and not re.search(r"[.;:]$", part.lines[-1])
    is_list = part.kind == "people" and not strip_mark(part.lines[0])[1]
    return is_list and len(line.text) < 120


def _is_wrapped(part, before, line):
    """Is a line the rest of the one above it?"""
    last = part.lines[-1]
    if last.endswith((".", "./", ":")):
        return part.kind in ("people", "agenda") and last.endswith(":")
    if last.endswith(";"):
        return part.kind in _LISTS
    if part.kind == "place" and not before.is_full and starts_place(line.text):
        part.is_loose = not last.endswith(",")
        return True
    goes_on = line.text[0] == "(" or last.endswith(",") or before.is_full
    if part.kind == "place" and not goes_on and not is_sentence(line.text):
        # cut by a scanner, or a new paragraph: a person has to look
        part.is_loose = True
    return goes_on
