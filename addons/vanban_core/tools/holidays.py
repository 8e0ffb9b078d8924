"""The public holidays of a year by the law (BLLĐ 2019 Điều 112)."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from .lunar import to_solar

OFF_KINDS = ("holiday", "make_up", "swapped_off")

_LABOUR = "BLLĐ 2019 Điều 112"
_MAKE_UP = "BLLĐ 2019 Điều 111.3"
_CULTURE = "Nghị quyết 28/2026/QH16 Điều 2"
_CULTURE_FROM = 2026
_SATURDAY = 5


class Holiday(NamedTuple):
    date: date
    kind: str
    name: str
    source: str
    # is the day itself in the law, or chosen by a notice of the year?
    sure: bool


@lru_cache(maxsize=256)
def propose(year):
    """Return the holidays of a year with their make-up days, by date.

    Which five days Tết has, and which day is next to 2/9, is decided each year (Điều
    112.3); the days proposed are chosen as the notices since 2018 did.
    """
    holidays = _get_holidays(year)
    taken = {holiday.date for holiday in holidays}
    make_ups = []
    for holiday in sorted(holidays):
        # 24/11 is not in Điều 112, so Điều 111.3 gives no day for it
        if holiday.source == _CULTURE or holiday.date.weekday() < _SATURDAY:
            continue
        day = holiday.date
        while day in taken or day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
        taken.add(day)
        name = f"Nghỉ bù {holiday.name}"
        make_ups.append(Holiday(day, "make_up", name, _MAKE_UP, sure=False))
    return tuple(sorted(holidays + make_ups))


def _get_holidays(year):
    tet = to_solar(year, 1, 1)
    sure = [
        (date(year, 1, 1), "Tết Dương lịch"),
        *(
            (tet + timedelta(days=day), f"Tết Âm lịch, mùng {day + 1}")
            for day in (0, 1, 2)
        ),
        (to_solar(year, 3, 10), "Giỗ Tổ Hùng Vương (10/3 âm lịch)"),
        (date(year, 4, 30), "Ngày Chiến thắng"),
        (date(year, 5, 1), "Ngày Quốc tế lao động"),
        (date(year, 9, 2), "Quốc khánh"),
    ]
    eve = (tet - timedelta(days=1), "Tết Âm lịch, trước Tết 1 ngày")
    chosen = [eve, _choose_tet_day(tet), (_choose_day_by_2_9(year), "Quốc khánh")]
    holidays = [Holiday(day, "holiday", name, _LABOUR, True) for day, name in sure]
    holidays += [Holiday(day, "holiday", name, _LABOUR, False) for day, name in chosen]
    if year >= _CULTURE_FROM:
        culture = date(year, 11, 24)
        holidays.append(
            Holiday(culture, "holiday", "Ngày Văn hóa Việt Nam", _CULTURE, True)
        )
    return holidays


def _choose_tet_day(tet):
    """Return the fifth day of Tết: the second before, else the fourth of the year.

    Two days before and three of the new year, unless the other way has fewer days on a
    weekend (2019, 2022, 2026).
    """
    early, late = tet - timedelta(days=2), tet + timedelta(days=3)
    if early.weekday() >= _SATURDAY > late.weekday():
        return late, "Tết Âm lịch, mùng 4"
    return early, "Tết Âm lịch, trước Tết 2 ngày"


def _choose_day_by_2_9(year):
    """Return 3/9 where 2/9 is a Monday or a Thursday, so that work is cut once."""
    day = date(year, 9, 2)
    return date(year, 9, 3 if day.weekday() in (0, 3) else 1)
