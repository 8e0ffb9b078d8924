"""The text of a message, as gateways take and charge it."""

import unicodedata

# What has no letter of the Latin alphabet below its marks.
_SIMPLER = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "₫": "d",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "‚": "'",
        "–": "-",
        "—": "-",
        "−": "-",
        "•": "-",
        "×": "x",
    }
)


def without_diacritics(text):
    """Return text in ASCII: ``Hỏa tốc: 8 giờ, đ/c Hà`` → ``Hoa toc: 8 gio, d/c Ha``.

    One letter outside the alphabet of GSM makes the whole message twice as dear.
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_SIMPLER))
    return decomposed.encode("ascii", "ignore").decode()


def shorten(text, longest):
    """Return at most so many letters, cut between two words."""
    if len(text) <= longest:
        return text
    head = text[: longest - 3]
    if not text[len(head)].isspace():
        head = head.rpartition(" ")[0] or head
    return f"{head.rstrip()}..."


def one_line(text, longest):
    """Return the beginning of a text as one line."""
    return " ".join(text.split())[:longest]
