"""In which sessions of which days a time lies. Moments are naive and local."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from ..const import AFTERNOON, EVENING

_DAY = timedelta(days=1)


class DayPart(NamedTuple):
    """What a time takes of one day; without an end where it lasts over midnight."""

    date: date
    session: str
    start: time | None
    stop: time | None


def get_session(start, stop):
    """Return the session in which a time begins, or that it takes the whole day.

    >>> get_session(datetime(2026, 3, 2, 8), datetime(2026, 3, 2, 16))
    'day'
    """
    if start.hour >= EVENING:
        return "evening"
    if start.hour >= AFTERNOON:
        return "afternoon"
    # a morning that ends after lunch is one all the same
    last = datetime.combine(start.date(), time(AFTERNOON + 2))
    return "day" if stop >= last else "morning"


def cut_days(start, stop, first, count=7):
    """Return what a time takes of each of so many days.

    :param date first: the first day
    """
    parts = []
    for number in range(count):
        midnight = datetime.combine(first + number * _DAY, time.min)
        begins, ends = max(start, midnight), min(stop, midnight + _DAY)
        # what has no length is there where it begins
        if begins < ends or midnight <= start == stop < midnight + _DAY:
            parts.append(
                DayPart(
                    midnight.date(),
                    get_session(begins, ends),
                    begins.time() if start > midnight else None,
                    ends.time() if stop < midnight + _DAY else None,
                )
            )
    return parts
