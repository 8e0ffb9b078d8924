"""What clients send: one reading for each kind of argument, whatever its type."""

_MAX_ID = 2**31 - 1


def to_id(value):
    """Return a record id, or 0 for what cannot be one.

    >>> to_id("7"), to_id(True), to_id({}), to_id(1e999)
    (7, 0, 0, 0)
    """
    if isinstance(value, bool):
        return 0
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return 0
    return number if 0 < number <= _MAX_ID else 0
