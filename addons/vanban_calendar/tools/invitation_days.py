"""The days of a meeting, from tokens."""

import re
from datetime import date, timedelta

from .invitation_tokens import RANGE, get_link

#: nobody invites for later than that
_FAR = timedelta(days=200)
#: a day without a year is sure if it comes within
_NEAR = timedelta(days=100)
#: a day of last year is one of this year if it comes within
_SOON = timedelta(days=60)
# words between two days that join them
_FILL = re.compile(r"\b(?:va|ngay|luc|vao|hoi|buoi|tu|khai mac|bat dau|cac)\b")
# what is before a day is another one that was not understood
_HALF_RANGE = re.compile(r"\b(?:den|va)(?: het)? $")


class Days:
    """Walks over tokens once; a second day is an end, a repetition or a doubt.

    :param list tokens: of the meeting
    :param str folded: the text that they stand in
    :param date issued: day of the paper, for “hôm nay” and days without a year
    :param When when: is filled in
    """

    def __init__(self, tokens, folded, issued, when):
        self.tokens = tokens
        self.folded = folded
        self.issued = issued
        self.when = when
        self.weekdays = []
        self.yearless = False

    def run(self):
        readers = {
            "date": self._read_date,
            "day": self._read_day,
            "rel": self._read_rel,
            "blank": self._read_blank,
            "weekday": self._read_weekday,
        }
        for index, token in enumerate(self.tokens):
            if token.kind in readers:
                readers[token.kind](index, token)
        self._check_weekdays()
        self._check_dates()

    def _read_date(self, index, token):
        days = [self._get_day(index, token, day) for day in (*token.days, token.day)]
        self.when.doubts |= token.doubts
        if None in days:
            self.when.doubts.add("date")
            return
        self._add_days(sorted(days), index)

    def _add_days(self, days, index):
        when = self.when
        if when.first is None:
            start = self.tokens[index].start
            if _HALF_RANGE.search(self.folded, max(0, start - 20), start):
                when.doubts.add("date")
            when.first = days[0]
            when.last = days[-1] if len(days) > 1 else None
            return
        if days[-1] == when.first or (when.last and days[-1] <= when.last):
            return
        words = self._get_words_between_days(index)
        is_range = RANGE.search(words)
        if days[0] > when.first and (is_range or not words.strip(" ,;&()-")):
            when.last = days[-1]
            if not is_range and (when.last - when.first).days > 3:
                when.doubts |= {"date", "last_date"}
        else:
            when.doubts |= {"date", "start", "stop"}

    def _get_words_between_days(self, index):
        """Return what stands between a day and the one before it, hours left out."""
        words = []
        for place in range(index, 0, -1):
            words.append(_FILL.sub("", get_link(self.tokens, self.folded, place)))
            if self.tokens[place - 1].kind in ("date", "day", "rel"):
                break
        return " ".join(words)

    def _get_day(self, index, token, day):
        month, year = token.month, token.year
        try:
            if year:
                return date(year, month, day)
            return self._guess_year(index, month, day)
        except ValueError:
            return None

    def _guess_year(self, index, month, day):
        """Return the day in the year of its neighbour, or after the paper's day."""
        dates = [t for t in self.tokens if t.kind == "date" and t.year]
        if dates:
            other = min(dates, key=lambda t: abs(self.tokens.index(t) - index))
            later = self.tokens.index(other) > index
            year = other.year
            # over the turn of the year: 30/12 - 02/01/2027
            if later and month > other.month + 6:
                year -= 1
            if not later and month < other.month - 6:
                year += 1
            return date(year, month, day)
        if not self.issued:
            return None
        self.yearless = True
        found = date(self.issued.year, month, day)
        if found < self.issued - timedelta(days=60):
            found = date(found.year + 1, month, day)
        return found

    def _read_day(self, index, token):
        """Read “ngày 17”: its month is that of the next day told."""
        self.when.doubts |= token.doubts
        later = [t for t in self.tokens[index:] if t.kind == "date"]
        earlier = [t for t in self.tokens[:index] if t.kind == "date"]
        near = (later or earlier[::-1] or [None])[0]
        try:
            if near:
                day = self._get_day(index, near, token.day)
            else:
                self.when.doubts |= {"date", "start", "stop"}
                day = self.issued and self.issued.replace(day=token.day)
        except ValueError:
            day = None
        if day:
            self._add_days([day], index)
        else:
            self.when.doubts |= {"date", "start"}

    def _read_rel(self, index, token):
        if not self.issued:
            self.when.doubts |= {"date", "start"}
            return
        day = self.issued + timedelta(days=token.day)
        told = [t for t in self.tokens if t.kind == "date"]
        if not told:
            self.when.first = self.when.first or day
        elif self._get_day(index, told[0], told[0].day) != day:
            self.when.doubts |= {"date", "start", "stop"}

    def _read_blank(self, index, token):
        self.when.doubts.add("start" if token.value else "date")
        self.when.doubts.add("start")

    def _read_weekday(self, index, token):
        self.weekdays.append(token.value)

    def _check_weekdays(self):
        when = self.when
        if not self.weekdays:
            return
        if when.first:
            last = when.last or when.first
            span = min((last - when.first).days, 6)
            days = {(when.first + timedelta(n)).weekday() for n in range(span + 1)}
            if set(self.weekdays) - days:
                when.doubts |= {"date", "start", "stop"}
            else:
                self.yearless = False
        elif self.issued and not any(t.kind in ("date", "blank") for t in self.tokens):
            ahead = (self.weekdays[0] - self.issued.weekday()) % 7 or 7
            when.first = self.issued + timedelta(days=ahead)
            when.doubts |= {"date", "start", "stop"}

    def _check_dates(self):
        when, issued = self.when, self.issued
        if when.first and issued and when.first < issued:
            self._correct_year()
        if when.first and issued:
            ahead = when.first - issued
            limit = _NEAR if self.yearless else _FAR
            if not timedelta(0) <= ahead <= limit:
                when.doubts.add("date")
            if self.yearless and when.first.year != issued.year:
                when.doubts.add("date")
        if when.last and when.first and (when.last - when.first).days > 31:
            when.doubts.add("date")
        if "date" in when.doubts:
            when.doubts |= {"start", "stop"}

    def _correct_year(self):
        """Read last year's number, written by habit, as this year's; in doubt."""
        when = self.when
        try:
            later = when.first.replace(year=when.first.year + 1)
            last = when.last and when.last.replace(year=when.last.year + 1)
        except ValueError:
            return
        if timedelta(0) <= later - self.issued <= _SOON:
            when.first, when.last = later, last
            when.doubts.add("date")
