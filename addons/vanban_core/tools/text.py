"""Vietnamese text: one stored form, one form to search by."""

import unicodedata


def nfc(value):
    """Return text in Unicode NFC, trimmed; anything else unchanged (TCVN 6909:2001)."""
    if not isinstance(value, str):
        return value
    return unicodedata.normalize("NFC", value).strip()


def fold(value):
    """Return text in lower case without diacritics: ``Quyết định`` → ``quyet dinh``."""
    decomposed = unicodedata.normalize("NFD", value.lower().replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
