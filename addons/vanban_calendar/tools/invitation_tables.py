"""Tables of a paper as labelled lines: the labels stand above a row, or beside it.

Poppler keeps columns apart by blanks, Word's table comes cell by cell.
"""

import re

from .invitation_labels import (
    find_loose_label,
    fold_same,
    is_opener,
    match_label,
    squeeze,
    strip_mark,
)

_CELLS = re.compile(r" *\| *| {3,}")
_GAP = re.compile(r" {2,}| *\| *")
_TOLD = frozenset(("time", "place", "content", "people", "chair", "preparing"))
_NUMBER = re.compile(r"^(?:stt|tt)\b\s*", re.IGNORECASE)
# labels that a narrow column breaks into two lines
_BROKEN = {
    "thoi": "gian",
    "dia": "diem",
    "thanh": "phan",
    "noi": "dung",
    "chu": "tri",
    "chuan": "bi",
}
# key of a row that has a number of its own
_NUMBERED = "number"
# where the second column of a table begins at the least
_INDENT = 8


def get_cells(line):
    return [cell for cell in _CELLS.split(line.strip()) if cell]


def unfold_tables(lines):
    """Return lines in which each value of a table stands behind its label."""
    result, index = [], 0
    while index < len(lines):
        heads = _read_head_row(lines[index])
        row = lines[index].strip() and _read_label_row(lines, index, result)
        if heads:
            index, rows = _read_rows(lines, index, heads)
            result += rows
        elif row:
            index, rows = row
            result += rows
        else:
            result.append(lines[index])
            index += 1
    return _unfold_cells(result)


# ---- labels above ----


def _read_head_row(line):
    """Return ``(column, label)`` of a row of labels, or None."""
    if ":" in line[:300] or not ("|" in line or "   " in line.strip()):
        return None
    cells, place = [], 0
    for cell in get_cells(line[:300]):
        place = line.index(cell, place)
        cells.append((place, _NUMBER.sub("", cell)))
        place += len(cell)
    told = {match_label(cell) for _place, cell in cells} & _TOLD
    return cells if len(told) > 1 and len(cells) <= 12 else None


def _read_rows(lines, index, heads):
    """Return where a table ends, and its cells as labelled lines, row by row."""
    is_numbered = bool(_NUMBER.match(lines[index].strip(" |")))
    has_bars = "|" in lines[index]
    index, cells = index + 1, []
    while index < len(lines):
        line = lines[index]
        if line.strip(" |-+"):
            row = _get_row(line[:600], heads, has_bars)
            if not is_numbered:
                row.pop(_NUMBERED, None)
            if len(row) < 2 and (is_opener(line.strip()) or has_bars):
                break
            cells.append(row)
        elif cells and not line.strip():
            break
        index += 1
    told = [
        f"{label}: {squeeze(' '.join(row.get(place, ())))}"
        for row in _join_rows(cells, has_bars)
        for place, label in heads
    ]
    return index, ["", *told, ""]


def _join_rows(cells, has_bars):
    """Return the rows of a table: wrapped lines joined, numbers left out."""
    # the one number of a table may stand in the middle of its row
    has_numbers = sum(_NUMBERED in row for row in cells) > 1
    rows = []
    for row in cells:
        is_new = row.pop(_NUMBERED, False) and has_numbers
        if not rows or has_bars or is_new:
            rows.append({})
        for place, words in row.items():
            rows[-1].setdefault(place, []).append(words)
    return rows


def _get_row(line, heads, has_bars):
    """Return the cells of a line by the place of their label; its number apart."""
    found, place = {}, 0
    if has_bars:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        return {head[0]: cell for head, cell in zip(heads, cells, strict=False) if cell}
    for index, cell in enumerate(get_cells(line)):
        if not index and re.fullmatch(r"\d{1,3}\.?", cell):
            found[_NUMBERED] = True
            continue
        place = line.index(cell, place)
        column = min((abs(head[0] - place), head[0]) for head in heads)[1]
        found[column] = squeeze(f"{found.get(column, '')} {cell}")
        place += len(cell)
    return found


# ---- labels beside ----


def _read_label_row(lines, index, before):
    """Return where a row ends that begins with a label, and the row; None for others.

    :param list before: the lines above; a label in the middle of its row takes some
    """
    line = lines[index][:300]
    left, right = (*_GAP.split(strip_mark(line)[0], maxsplit=1), "")[:2]
    label, values, index = _read_label(lines, index, left, right)
    if match_label(label or "") not in _TOLD:
        return None
    indent = len(line) - len(line.lstrip())
    column = max(_INDENT, line.rindex(right) - 3 if right else indent + 6)
    below = []
    while index < len(lines) and _get_indent(lines[index]) >= column:
        below.append(lines[index].strip())
        index += 1
    # what is above a label in the middle of the next row is that one's
    spare = min(len(below), _count_around(lines, index, column))
    below, index = below[: len(below) - spare], index - spare
    if not any(values):
        # a label in the middle: as many lines above as below
        for _line in list(below):
            if before and _get_indent(before[-1]) >= column:
                values.insert(0, before.pop().strip())
    values = [squeeze(value.strip(" |:")) for value in [*values, *below]]
    values = [value for value in values if value]
    if not values:
        return None
    if match_label(label) == "people":
        return index, [f"{label}: {values[0]}", *values[1:], ""]
    return index, [f"{label}: {' '.join(values)}", ""]


def _count_around(lines, index, column):
    """Return how many lines stand above a label in the middle of its row."""
    line = lines[index][:300] if index < len(lines) else ""
    if "  " in strip_mark(line)[0] or not find_loose_label(line):
        return 0
    count = 0
    while index + count + 1 < len(lines):
        if _get_indent(lines[index + count + 1]) < column:
            break
        count += 1
    return count


def _read_label(lines, index, left, right):
    """Return a label, the values beside its lines, and the next line."""
    folded = fold_same(left).strip(" :.")
    if folded.partition(" ")[0] in _BROKEN:
        joined = _join_broken(lines, index, left, right)
        if joined:
            return joined
    if ":" in left or len(left) > 30 or not find_loose_label(left):
        return None, [], index
    return left.strip(" :."), [right], index + 1


def _join_broken(lines, index, left, right):
    """Return what :func:`_read_label` does, for “Thời” above “gian”."""
    first, *rest = left.split(" ", 1)
    second = _BROKEN.get(fold_same(first).strip(" :."))
    if not second:
        return None
    values = [" ".join([*rest, right]).strip()]
    for at in range(index + 1, min(index + 4, len(lines))):
        text = lines[at].strip()
        folded = fold_same(text)
        if re.match(rf"{second} ?:?(?:  |$)", folded):
            values.append(text[len(second) :].strip(" :"))
            return f"{first} {text[: len(second)]}", values, at + 1
        if _get_indent(lines[at]) < _INDENT:
            return None
        values.append(text)
    return None


def _get_indent(line):
    return len(line) - len(line.lstrip()) if line.strip() else -1


# ---- cells below each other ----


def _unfold_cells(lines):
    """Return lines in which labels that stand in a row got the values that follow.

    So a table comes out of DOCX: its head, then its row, each cell on its own.
    """
    filled = [index for index, line in enumerate(lines) if line.strip()]
    result, run = list(lines), []
    for at, index in enumerate([*filled, None]):
        line = lines[index].strip() if index is not None else ""
        label = find_loose_label(line) if line else None
        if label and label[0] == len(line):
            run.append(index)
            continue
        values = filled[at : at + len(run)]
        if len(run) > 1 and len(values) == len(run):
            for place, value in zip(run, values, strict=True):
                result[place] = f"{lines[place].strip()}: {lines[value].strip()}"
                result[value] = ""
        run = []
    return result
