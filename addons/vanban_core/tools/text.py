"""Vietnamese text: one stored form, one form to search by."""

import unicodedata


def nfc(value):
    """Return text in Unicode NFC, trimmed; anything else unchanged (TCVN 6909:2001)."""
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


def fold(value):
    """Return text in lower case without diacritics: ``Quyết định`` → ``quyet dinh``."""
    decomposed = unicodedata.normalize("NFD", value.lower().replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
