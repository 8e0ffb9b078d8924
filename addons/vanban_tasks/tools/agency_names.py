"""Names of agencies as people write them, with or without diacritics."""

import re
from collections import defaultdict
from difflib import get_close_matches
from typing import NamedTuple

from odoo.addons.vanban_core.tools.text import fold, nfc

_WORDS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "vp": "van phong",
    "bql": "ban quan ly",
    "tp": "thanh pho",
}
# the two halves of an abbreviation: NN&MT, GD và ĐT
_HALVES = re.compile(r"\b([A-ZĐ]{1,8})\s*(?:&|\bvà\b)\s*(?=[A-ZĐ]{1,8}\b)")
_NO_WORD = re.compile(r"[^a-z0-9]+")
# from here on two names are more likely alike than not
_ALIKE = 0.6


class Span(NamedTuple):
    """Where a name stands in normalised text; ``key`` is None where it fits several."""

    start: int
    end: int
    key: object


def normalise(text):
    """Return words in lower case without diacritics, abbreviations written out.

    >>> normalise("UBND xã Suối Ngàn"), normalise("Sở NN & MT")
    ('uy ban nhan dan xa suoi ngan', 'so nnmt')
    """
    text = _HALVES.sub(r"\1", nfc(text)).replace("&", " và ")
    words = _NO_WORD.sub(" ", fold(text)).split()
    return " ".join(_WORDS.get(word, word) for word in words)


def get_variants(name):
    """Return how a name is written, in full and short.

    >>> sorted(get_variants("Sở Y tế tỉnh Mẫu"))
    ['so y te', 'so y te tinh', 'so y te tinh mau', 'so yt']
    """
    full = normalise(name)
    variants = {full}
    head, tinh, _place = full.partition(" tinh ")
    if tinh:
        variants.add(f"{head} tinh")
    if head.startswith("so "):
        variants.add(head)
        initials = "".join(word[0] for word in head.split()[1:] if word != "va")
        if len(initials) > 1:
            variants.add(f"so {initials}")
    return variants


class AgencyNames:
    """Finds agencies by their names.

    :param entries: ``(key, name, code)`` of each agency; a code is good for a whole
        text only, since it may be a word as well
    """

    def __init__(self, entries):
        self._names = {}
        self._keys = defaultdict(set)
        codes = defaultdict(set)
        for key, name, code in entries:
            self._names[key] = name
            for variant in get_variants(name):
                self._keys[variant].add(key)
            if code:
                codes[normalise(code)].add(key)
        self._exact = {**codes, **self._keys}
        longest_first = sorted(self._keys, key=len, reverse=True)
        self._pattern = longest_first and re.compile(
            rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"
        )

    def get_keys(self, text):
        """Return the keys of all agencies that are called so."""
        return self._exact.get(normalise(text), set())

    def get_nearest(self, text):
        """Return the name that is most like a text, or None."""
        found = get_close_matches(normalise(text), self._keys, n=1, cutoff=_ALIKE)
        return self._names[min(self._keys[found[0]])] if found else None

    def find(self, text):
        """Return the :class:`Span` of each name in normalised text, in order."""
        if not self._pattern:
            return []
        spans = []
        for match in self._pattern.finditer(text):
            keys = self._keys[match.group()]
            key = next(iter(keys)) if len(keys) == 1 else None
            spans.append(Span(*match.span(), key))
        return spans
