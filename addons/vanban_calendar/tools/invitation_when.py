"""The time of a meeting, as far as a text tells it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time


@dataclass
class When:
    """:param set doubts: of ``date, start, stop``."""

    first: date | None = None
    last: date | None = None
    start: time | None = None
    stop: time | None = None
    half: str | None = None
    doubts: set = field(default_factory=set)
    start_at: int = 0
    end_at: int = 0
    #: the hour is that of something before the meeting: “đón tiếp đại biểu từ 7h30”
    is_aside: bool = False

    @property
    def is_told(self):
        return bool(self.first or self.start)

    def covers(self, day):
        """Is a day one of the meeting's?"""
        return self.first <= day <= (self.last or self.first)

    def get_start(self):
        if self.first and self.start:
            return datetime.combine(self.first, self.start)
        return None

    def get_stop(self):
        if self.first and self.stop and self.start:
            return datetime.combine(self.last or self.first, self.stop)
        return None
