"""Days of the Vietnamese lunar calendar, computed at UTC+7.

The rules are those that Hồ Ngọc Đức describes: a month begins on the day of the new
moon in Việt Nam, month 11 holds the winter solstice, and of thirteen months between two
solstices the first without a major solar term is the leap month. The new moon and the
longitude of the sun follow Meeus, “Astronomical Algorithms”, chapters 49 and 25. The
Chinese calendar uses UTC+8 and differs in some years, as 1985, 2007, 2030.
"""

from datetime import date, timedelta
from functools import lru_cache
from math import floor, radians, sin

_ZONE = 7 / 24
_J2000 = 2451545.0
# Julian day of the midnight that date.toordinal() counts from
_ORDINAL = 1721424.5
_SYNODIC = 29.530588861
_NEW_MOON = 2451550.09766
_WINTER = 270

# seconds of day: coefficient, multiples of the anomalies of the sun and of the moon and
# of the argument of latitude
_MOON_TERMS = (
    (-0.40720, 0, 1, 0),
    (0.17241, 1, 0, 0),
    (0.01608, 0, 2, 0),
    (0.01039, 0, 0, 2),
    (0.00739, -1, 1, 0),
    (-0.00514, 1, 1, 0),
    (0.00208, 2, 0, 0),
    (-0.00111, 0, 1, -2),
    (-0.00057, 0, 1, 2),
    (0.00056, 1, 2, 0),
    (-0.00042, 0, 3, 0),
    (0.00042, 1, 0, 2),
    (0.00038, 1, 0, -2),
    (-0.00024, -1, 2, 0),
)


def to_solar(year, month, day):
    """Return the date of a day of a lunar month that is no leap month.

    >>> to_solar(2026, 1, 1), to_solar(2030, 1, 1)
    (datetime.date(2026, 2, 17), datetime.date(2030, 2, 2))

    :param int year: the lunar year, named by the year its Tết falls in
    """
    # counted from the month of the winter solstice before
    solstice, index = (year, month - 11) if month > 10 else (year - 1, month + 1)
    first = _month_eleven(solstice)
    if _month_eleven(solstice + 1) - first == 13 and index >= _leap_month(first):
        index += 1
    return _month_start(first + index) + timedelta(days=day - 1)


def _leap_month(first):
    """Return which month after the one of the solstice has no major term."""
    return next(
        index
        for index in range(1, 14)
        if _term(_month_start(first + index)) == _term(_month_start(first + index + 1))
    )


@lru_cache(maxsize=1024)
def _month_eleven(year):
    """Return the number of the new moon whose month holds the winter solstice."""
    december = date(year, 12, 31).toordinal() + _ORDINAL
    number = floor((december - _NEW_MOON) / _SYNODIC) + 1
    # at the start of its first day the sun has not reached the solstice
    while (
        _month_start(number) > date(year, 12, 31)
        or _term(_month_start(number)) >= _WINTER // 30
    ):
        number -= 1
    return number


def _month_start(number):
    """Return the day of a new moon in Việt Nam."""
    return date.fromordinal(floor(_new_moon(number) + _ZONE - _ORDINAL))


@lru_cache(maxsize=4096)
def _new_moon(number):
    """Return the Julian day (UT) of a new moon; number 0 is that of 6/1/2000."""
    t = number / 1236.85
    moment = _NEW_MOON + _SYNODIC * number + 0.00015437 * t**2
    eccentricity = 1 - 0.002516 * t
    sun = radians(2.5534 + 29.10535670 * number)
    moon = radians(201.5643 + 385.81693528 * number + 0.0107582 * t**2)
    latitude = radians(160.7108 + 390.67050284 * number - 0.0016118 * t**2)
    node = radians(124.7746 - 1.56375588 * number)
    for size, suns, moons, latitudes in _MOON_TERMS:
        angle = suns * sun + moons * moon + latitudes * latitude
        moment += size * eccentricity ** abs(suns) * sin(angle)
    moment -= 0.00017 * sin(node)
    moment += 0.000325 * sin(radians(299.77 + 0.107408 * number - 0.009173 * t**2))
    return moment - _clock_drift(t)


def _clock_drift(century):
    """Return by how much dynamical time is ahead of universal time, in days."""
    years = century * 100
    if years < -14:
        seconds = 45.45 + 1.067 * (years + 25) - (years + 25) ** 2 / 260
    else:
        seconds = 62.92 + 0.32217 * years + 0.005589 * years**2
    return seconds / 86400


@lru_cache(maxsize=4096)
def _term(day):
    """Return in which twelfth of its way the sun is when a day begins in Việt Nam."""
    moment = day.toordinal() + _ORDINAL - _ZONE
    t = (moment - _J2000) / 36525
    t += _clock_drift(t) / 36525
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t**2)
    longitude = 280.46646 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914602 - 0.004817 * t) * sin(anomaly)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * anomaly)
    longitude += 0.000289 * sin(3 * anomaly)
    longitude -= 0.00569 + 0.00478 * sin(radians(125.04 - 1934.136 * t))
    return int(longitude % 360 // 30)
