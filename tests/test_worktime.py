"""Working time against a count minute by minute that shares none of its code."""

from datetime import date, datetime, time, timedelta
from itertools import islice

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from odoo.addons.vanban_core.tools.workdays import WorkTime

MINUTE = timedelta(minutes=1)
START, DAYS = datetime(2026, 8, 17), 28
HALVES = st.sampled_from(
    [(), ((450, 690), (810, 1050)), ((420, 690), (810, 1020)), ((480, 720),)]
)
WEEKS = st.lists(HALVES, min_size=14, max_size=14).map(tuple)
DATES = st.integers(0, DAYS - 1).map(lambda day: (START + timedelta(day)).date())
KINDS = st.sampled_from(["holiday", "make_up", "swapped_off", "swapped_work"])
# half hours, too, so that periods end where work does
MINUTES = st.integers(1, 1200) | st.integers(1, 40).map(lambda n: n * 30)
MOMENTS = st.one_of(
    st.integers(0, (DAYS - 1) * 1440),
    st.integers(0, (DAYS - 1) * 48).map(lambda n: n * 30),
).map(lambda n: START + n * MINUTE)
SEASON = st.tuples(
    st.sampled_from([(8, 20), (9, 10)]), st.sampled_from([(8, 5), (9, 25)]), WEEKS
)
LEAVES = st.lists(
    st.tuples(MOMENTS, st.integers(1, 3000)).map(
        lambda x: (x[0], x[0] + x[1] * MINUTE)
    ),
    max_size=2,
).map(tuple)
# 2026 is settled, so that only what is drawn and what is sure counts
WORK = st.builds(
    WorkTime,
    weeks=WEEKS,
    seasons=st.lists(SEASON, max_size=1).map(tuple),
    days=st.dictionaries(DATES, KINDS, max_size=14),
    settled=st.just(frozenset({2026})),
    leaves=LEAVES,
)


def _get_minutes(work, day):
    """Return each minute of a day that is worked."""
    midnight = datetime(day.year, day.month, day.day)
    kind = work.days.get(day, "holiday" if day == date(2026, 9, 2) else None)
    if kind in ("holiday", "make_up", "swapped_off"):
        return []
    hours = _get_hours(work, day)
    if kind == "swapped_work":
        before = (day - timedelta(n) for n in range(day.weekday() + 1))
        hours = next(filter(None, (_get_hours(work, one) for one in before)), ())
    return [
        midnight + minute * MINUTE
        for minute in range(1440)
        if any(start <= minute < stop for start, stop in hours)
        and not any(
            start <= midnight + minute * MINUTE < stop for start, stop in work.leaves
        )
    ]


def _get_hours(work, day):
    weeks = work.weeks
    for first, last, others in work.seasons:
        # each day from the first on until the last
        turn = date(2026, *first)
        while (turn.month, turn.day) != (day.month, day.day):
            if (turn.month, turn.day) == last:
                break
            turn += timedelta(1)
        else:
            weeks = others
    monday = day - timedelta(day.weekday())
    # Monday 1 January of year 1 began an odd week
    odd = (monday - date(1, 1, 1)).days // 7 % 2
    return weeks[7 * odd + day.weekday()]


def _walk(work, start, days=2 * DAYS):
    """Yield the worked minutes from a moment on, day by day."""
    for day in range(days):
        for minute in _get_minutes(work, start.date() + timedelta(day)):
            if minute >= start:
                yield minute


@settings(deadline=None)
@given(WORK, MOMENTS, st.integers(0, 8 * 1440))
def test_time_worked_is_the_number_of_minutes_worked(work, start, length):
    stop = start + length * MINUTE
    minutes = sum(minute < stop for minute in _walk(work, start, 9))
    assert work.get_worked(start, stop) == minutes * MINUTE
    assert work.get_worked(stop, start) == -minutes * MINUTE


@settings(deadline=None)
@given(WORK, MOMENTS, MINUTES)
def test_hours_end_with_the_last_minute_worked(work, start, minutes):
    last = next(islice(_walk(work, start), minutes - 1, None), None)
    assume(last)
    assert work.add_time(start, minutes * MINUTE) == last + MINUTE
    assert work.add_hours(start, minutes / 60) == last + MINUTE


@settings(deadline=None)
@given(WORK, MOMENTS, st.integers(1, 8))
def test_days_end_with_the_last_minute_of_a_working_day(work, start, days):
    """The first day does not count (Bộ luật Dân sự 2015 Điều 147)."""
    after = datetime.combine(start.date() + timedelta(1), time.min)
    ends = {minute.date(): minute for minute in _walk(work, after)}
    found = list(ends.values())[:days]
    assume(len(found) == days)
    assert work.add_days(start, days) == found[-1] + MINUTE
    assert work.shift(found[-1].date(), 1 - days) == found[0].date()


@settings(deadline=None)
@given(WORK, MOMENTS, MINUTES, st.integers(0, 4000), st.integers(0, 4000))
def test_a_pause_takes_nothing_from_the_time_left(work, start, minutes, before, pause):
    """What was left when the clock stopped is left when it goes on."""
    try:
        deadline = work.add_time(start, minutes * MINUTE)
        stopped = start + before * MINUTE
        goes_on = stopped + pause * MINUTE
        moved = work.resume(deadline, stopped, goes_on)
    except OverflowError:
        assert not any(work.weeks)
        return
    assert work.get_worked(goes_on, moved) == work.get_worked(stopped, deadline)
