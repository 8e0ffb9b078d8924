"""Where the arrival stamp can stand without covering text: pure functions."""

import re
from itertools import accumulate

DPI = 30
SCALE = DPI / 25.4  # dots in a mm
STAMP_WIDTH, STAMP_HEIGHT = 50, 35
MARGIN = 2  # mm of white around it
EDGE = 4  # mm that a printer cannot reach
BELOW_HEAD = 36  # mm: the stamp stands below Quốc hiệu and the agency's name
DARK = 205  # grey below it counts as ink
SPECKS = 0.001  # share of ink that dust of a scan may have

_HEADER = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+(\d+)\s")


def get_usual_place(abbreviation):
    """Return left and top in mm: under the symbol, or under the subject of a letter.

    :param abbreviation: of the kind of document; a letter (công văn) has none
    """
    return (30, 48) if abbreviation else (30, 62)


def find(pgm, usual):
    """Return left and top in mm of the free place nearest to the usual one.

    Where the upper half of the page is full, of the place with the least ink.

    :param bytes pgm: the page in grey at ``DPI``, or None
    :param tuple usual: left and top in mm
    :return: the usual place where the page cannot be looked at
    """
    match = _HEADER.match(pgm or b"")
    if not match:
        return usual
    width, height = int(match[1]), int(match[2])
    pixels = pgm[match.end() : match.end() + width * height]
    if len(pixels) < width * height:
        return usual
    sums = _sum_ink(pixels, width)
    reach_x = int((STAMP_WIDTH + 2 * MARGIN) * SCALE) + 1
    reach_y = int((STAMP_HEIGHT + 2 * MARGIN) * SCALE) + 1
    allowed = SPECKS * reach_x * reach_y
    edge = int(EDGE * SCALE)
    last_y = min(height // 2, height - reach_y)
    best = None
    for y in range(int(BELOW_HEAD * SCALE), last_y, 2):
        for x in range(edge, width - reach_x - edge, 2):
            ink = (
                sums[y + reach_y][x + reach_x]
                - sums[y][x + reach_x]
                - sums[y + reach_y][x]
                + sums[y][x]
            )
            left, top = x / SCALE + MARGIN, y / SCALE + MARGIN
            far = (left - usual[0]) ** 2 + (top - usual[1]) ** 2
            rank = max(0, ink - allowed), far
            if best is None or rank < best[0]:
                best = rank, (left, top)
    return best[1] if best else usual


def _sum_ink(pixels, width):
    """Return the table of how many dark pixels are above and left of each corner."""
    sums = [[0] * (width + 1)]
    for start in range(0, len(pixels), width):
        row = accumulate((p < DARK for p in pixels[start : start + width]), initial=0)
        sums.append([above + own for above, own in zip(sums[-1], row, strict=True)])
    return sums
