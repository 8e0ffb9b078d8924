"""Working time of an agency: deadlines, and the time worked between two moments.

All moments are naive and local. Nothing here knows the database.
"""

from calendar import isleap, monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from .holidays import OFF_KINDS, propose

# a calendar without work would never end a deadline
_MAX_IDLE_DAYS = 1000
# the lunar calendar is good for these years, and no deadline is further ahead
_FIRST, _LAST = datetime(1900, 1, 1), datetime(2199, 12, 31)
_HALVES = ((450, 690), (810, 1050))
# 40 hours in five days (QĐ 188/1999/QĐ-TTg): 7:30-11:30, 13:30-17:30
STATE_WEEK = (*(_HALVES,) * 5, (), ()) * 2


def add_months(day, months):
    """Return the same day so many months later, or the last of that month.

    Bộ luật Dân sự 2015 Điều 147, 148.

    >>> add_months(date(2026, 1, 29), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@dataclass(frozen=True)
class WorkTime:
    """When an agency works.

    :param weeks: the first and the second week of ``resource.calendar``, fourteen days,
        each a tuple of ``(start, end)`` in minutes from midnight
    :param seasons: ``((month, day), (month, day), weeks)``, both days included; a
        season may last over New Year
    :param days: ``{date: kind}`` of the days entered
    :param names: ``{date: name}`` of the days entered
    :param settled: years whose holidays were entered; in others those that the law
        proposes count, so that no deadline falls on Tết because nobody entered it
    :param leaves: ``(start, stop)``, moments between which nobody works
    """

    weeks: tuple = STATE_WEEK
    seasons: tuple = ()
    days: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    settled: frozenset = frozenset()
    leaves: tuple = ()
    _known: dict = field(default_factory=dict, repr=False, compare=False)
    _sums: dict = field(default_factory=dict, repr=False, compare=False)

    # ---- days ----

    def get_intervals(self, day):
        """Return the ``(start, stop)`` of a day's work, in order.

        :raise OverflowError: a day of another age
        """
        if day not in self._known:
            if not _FIRST.year <= day.year <= _LAST.year:
                raise OverflowError(day)
            self._known[day] = tuple(self._find_intervals(day))
        return self._known[day]

    def _find_intervals(self, day):
        midnight = datetime.combine(day, time.min)
        spans = [
            (midnight + timedelta(minutes=start), midnight + timedelta(minutes=end))
            for start, end in self._get_hours(day)
        ]
        for start, stop in self.leaves:
            spans = [
                part
                for span in spans
                for part in (
                    (span[0], min(span[1], start)),
                    (max(span[0], stop), span[1]),
                )
                if part[0] < part[1]
            ]
        return spans

    def _get_hours(self, day):
        kind, _name = self.describe(day)
        if kind in OFF_KINDS:
            return ()
        hours = self._get_week_hours(day)
        # a Saturday that is worked has the hours of the last working day of its week
        worked = day
        while kind == "swapped_work" and not hours and worked.weekday():
            worked -= timedelta(days=1)
            hours = self._get_week_hours(worked)
        return hours

    def _get_week_hours(self, day):
        # as resource.calendar tells the two weeks apart
        odd = (day.toordinal() - 1) // 7 % 2
        return self._get_weeks(day)[odd * 7 + day.weekday()]

    def _get_weeks(self, day):
        today = (day.month, day.day)
        for first, last, weeks in self.seasons:
            inside = first <= today <= last
            if inside or (last < first and (today >= first or today <= last)):
                return weeks
        return self.weeks

    def describe(self, day):
        """Return kind and name of a day that differs from its week, else two Nones."""
        if day in self.days:
            return self.days[day], self.names.get(day)
        settled = day.year in self.settled
        return next(
            (
                (holiday.kind, holiday.name)
                for holiday in propose(day.year)
                if holiday.date == day and (holiday.sure or not settled)
            ),
            (None, None),
        )

    def is_working(self, day):
        return bool(self.get_intervals(day))

    def shift(self, day, count):
        """Return the day so many working days after, or before where negative.

        :raise OverflowError: there is no such day
        """
        step = timedelta(days=1 if count > 0 else -1)
        idle = 0
        while count:
            day += step
            if self.is_working(day):
                count -= 1 if count > 0 else -1
                idle = 0
            elif (idle := idle + 1) > _MAX_IDLE_DAYS:
                raise OverflowError(day)
        return day

    def next_working_day(self, day):
        """Return the day itself where it is worked, else the first after it."""
        return day if self.is_working(day) else self.shift(day, 1)

    def end_of_day(self, day):
        """Return the end of work of a day, or of the next working day."""
        return self.get_intervals(self.next_working_day(day))[-1][1]

    # ---- deadlines ----

    def add_days(self, moment, days):
        """Return the end of the last of so many working days.

        The first day does not count (Bộ luật Dân sự 2015 Điều 147).
        """
        return self.end_of_day(self.shift(moment.date(), days))

    def add_months(self, moment, months):
        """Return the end of the day that ends so many months (Điều 148)."""
        return self.end_of_day(add_months(moment.date(), months))

    def add_hours(self, moment, hours):
        """Return when so many hours were worked from a moment on.

        A period in hours begins at the moment itself (Điều 147).
        """
        return self.add_time(moment, timedelta(hours=hours))

    def add_time(self, moment, left):
        if not left:
            return moment
        day = self.next_working_day(moment.date())
        while True:
            for start, stop in self.get_intervals(day):
                begin = max(start, moment)
                if stop - begin >= left:
                    return begin + left
                left -= max(stop - begin, timedelta())
            day = self.shift(day, 1)

    def end_same_day(self, moment, cutoff):
        """Return the end of the day's work, past the cut-off the next day's.

        :param float cutoff: hour; a moment at it is in time (128/QĐ-UBND Điều 4.5c)
        """
        day = moment.date()
        last = datetime.combine(day, time.min) + timedelta(hours=cutoff)
        if self.is_working(day) and moment <= min(last, self.end_of_day(day)):
            return self.end_of_day(day)
        return self.end_of_day(self.shift(day, 1))

    def resume(self, deadline, start, stop):
        """Return a deadline moved by what was worked while its clock stood still."""
        return self.add_time(deadline, max(self.get_worked(start, stop), timedelta()))

    # ---- time worked ----

    def get_worked(self, start, stop):
        """Return the time worked between two moments, negative the other way."""
        if stop < start:
            return -self.get_worked(stop, start)
        start, stop = max(start, _FIRST), min(stop, _LAST)
        if stop < start:
            return timedelta()
        years = (self._get_sums(year)[-1] for year in range(start.year, stop.year))
        until_stop = self._get_worked_in_year(stop)
        return sum(years, until_stop) - self._get_worked_in_year(start)

    def _get_worked_in_year(self, moment):
        """Return the time worked in the year of a moment until then."""
        day = moment.date()
        total = self._get_sums(day.year)[day.timetuple().tm_yday - 1]
        for begin, end in self.get_intervals(day):
            total += max(min(end, moment) - begin, timedelta())
        return total

    def _get_sums(self, year):
        """Return the time worked in a year before each of its days, and in all of it.

        Whoever looks at a list of old deadlines does not count their days one by one.
        """
        if year not in self._sums:
            first = date(year, 1, 1)
            totals = (
                sum(
                    (end - begin for begin, end in self.get_intervals(day)), timedelta()
                )
                for day in (
                    first + timedelta(days=n) for n in range(365 + isleap(year))
                )
            )
            self._sums[year] = tuple(accumulate(totals, initial=timedelta()))
        return self._sums[year]
