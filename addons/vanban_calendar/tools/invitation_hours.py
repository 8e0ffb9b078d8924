"""The hours of a meeting, from tokens."""

import re
from datetime import time

from .invitation_tokens import RANGE, get_link

_END = re.compile(r"\b(?:ket thuc|be mac)\b[^.;]{0,25}$")
# before an hour: an end whose beginning was not understood
_HALF_RANGE = re.compile(r"(?:\b(?:den|toi)|\d ?[-~]) ?$")
# first and last hour of each half of the day
_BOUNDS = {
    "morning": (0, 12),
    "noon": (10, 14),
    "afternoon": (12, 18),
    "evening": (17, 23),
}
_WORKING = (6, 22)
# kinds of token that tell of the whole day
_HALVES = {"day_long": "day", "in_day": "day"}


class Hours:
    """Walks over tokens once; a second hour is an end, a repetition or a doubt.

    :param list tokens: of the meeting
    :param str folded: the text that they stand in
    :param When when: is filled in; its days are known
    """

    def __init__(self, tokens, folded, when):
        self.tokens = tokens
        self.folded = folded
        self.when = when
        self.second_start = False

    def run(self):
        for index, token in enumerate(self.tokens):
            if token.kind == "time":
                self._read_time(index, token)
        self._set_half()

    def _read_time(self, index, token):
        when = self.when
        at = self._get_time(index, token)
        ends = _END.search(self.folded[max(0, token.start - 40) : token.start])
        if when.start is None and not ends:
            when.start = at
            before = self.folded[max(0, token.start - 8) : token.start]
            if _HALF_RANGE.search(before):
                when.doubts |= {"start", "stop"}
        elif ends or (
            RANGE.search(get_link(self.tokens, self.folded, index))
            and not self._is_new_row(index)
        ):
            if when.stop and when.stop != at and not self.second_start:
                when.doubts.add("stop")
            when.stop = at
        elif at != when.start:
            self._read_second(index, at)

    def _is_new_row(self, index):
        return self.tokens[index - 1].kind not in (
            "time",
            "date",
            "weekday",
            "half",
            "rel",
        )

    def _read_second(self, index, at):
        """Another beginning: the afternoon of the same day, or another meeting."""
        when = self.when
        self.second_start = True
        when.doubts.add("stop")
        days = {(t.day, t.month) for t in self.tokens if t.kind in ("date", "day")}
        same_day = len(days) < 2
        if not (when.stop and same_day and at > when.stop):
            when.doubts.add("start")

    def _get_time(self, index, token):
        """Return the hour on the clock of 24; “2 giờ chiều” is told on that of 12."""
        doubts = self.when.doubts
        doubts |= token.doubts
        half = token.value or self._find_half(index)
        hour = token.hour
        # the clock of 12 hours goes on after noon
        if half in ("afternoon", "evening", "noon") and hour < (
            10 if half == "noon" else 12
        ):
            hour += 12
        elif not half and 1 <= hour <= 5:
            hour += 12
            doubts |= {"start", "stop"}
        low, high = _BOUNDS.get(half, _WORKING)
        if not low <= hour <= high:
            doubts |= {"start", "stop"}
            hour = token.hour
        return time(hour % 24, token.minute)

    def _find_half(self, index):
        """Return the half of the day that is told nearest to an hour."""
        after = self.tokens[index + 1 : index + 2]
        if (
            after
            and after[0].kind == "half"
            and not get_link(self.tokens, self.folded, index + 1).strip(" (")
        ):
            return after[0].value
        is_end = index and RANGE.search(get_link(self.tokens, self.folded, index))
        for place in range(index - 1, -1, -1):
            token = self.tokens[place]
            if token.kind in ("half", "rel") and token.value:
                return token.value
            if token.kind == "time" and not RANGE.search(
                get_link(self.tokens, self.folded, place + 1)
            ):
                break
        return None if is_end else self._find_half_after(index)

    def _find_half_after(self, index):
        for place in range(index + 1, len(self.tokens)):
            token = self.tokens[place]
            if token.kind == "time" or RANGE.search(
                get_link(self.tokens, self.folded, place)
            ):
                break
            if token.kind in ("half", "rel") and token.value:
                return token.value
        return None

    def _set_half(self):
        """Read the half of the day, where no hour is told."""
        when = self.when
        if when.start and when.stop and not when.last and when.stop <= when.start:
            when.doubts.add("stop")
            when.stop = None
        names = {_HALVES.get(token.kind, token.value) for token in self.tokens}
        names &= {"morning", "afternoon", "evening", "day"}
        if when.start is not None or not names:
            return
        if any(token.kind == "in_day" for token in self.tokens):
            when.doubts.add("session")
        if "day" in names and len(names) > 1:
            names.discard("day")
        if len(names) == 1:
            when.half = names.pop()
        else:
            when.half = "day" if names == {"morning", "afternoon"} else None
            when.doubts.add("session")
