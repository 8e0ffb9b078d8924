"""An invitation (giấy mời, letter or notice that invites) as a calendar entry.

Pure functions: text in, :class:`Invitation` out. What the text does not say is None;
what it says unclearly, or in two ways, is named in ``uncertain``.
"""

import contextlib
import datetime as dt
import re
from typing import NamedTuple

from .invitation_choice import Choice, find_change, get_sentences
from .invitation_kind import is_invitation
from .invitation_labels import fold_same, squeeze
from .invitation_layout import read_paper
from .invitation_people import find_chair, find_people, read_chair, split_people
from .invitation_place import find_online, find_place, is_doubtful, read_place

__all__ = ["Invitation", "is_invitation", "read_invitation"]

_ISSUED = re.compile(
    r", *(?:ngay +)?(?P<d>\d{1,2})(?: +thang +|/)(?P<m>\d{1,2})(?: +nam +|/)"
    r"(?P<y>20\d\d)"
)
_PREPARES = re.compile(
    r"\b(?:de nghi|giao|yeu cau|moi) (?P<who>[^.;:,]{3,120}?),? (?:chu tri,? )?"
    r"(?:phoi hop [^.;:]{3,80}? )?chuan bi (?:noi dung|tai lieu|bao cao|ho so|cac)"
)
# “Thành phần VNPT”: people of one's own
_OTHER_PEOPLE = re.compile(
    r"\W*thanh phan (?!\W|(?:va|du|dai|moi|hop|tham|gom|bao gom|khach|trieu tap)\b)"
)
_ORDERS = re.compile(r"\W*(?:\w[.)] )?(?:giao|de nghi|yeu cau)\b")
_NOT_PLACE = re.compile(
    r"\W*dia (?:diem|chi) (?:dang ky|don|tap trung|xuat phat|nhan|gui|truy cap)\b"
)
# who is meant stands elsewhere
_ELSEWHERE = re.compile(
    r"\b(?:nhu tren|neu tren|tren$|tren day|theo danh sach|danh sach kem|co ten"
    r"|kem theo)\b|^(?:quy \S+(?: \S+){0,3}|cac \S+ \S+|(?:cac )?(?:dong chi|ong|ba"
    r"|ong, ba|don vi))$"
)


class Invitation(NamedTuple):
    """What a calendar entry needs.

    :param datetime start: local time; None where only a day is told
    :param datetime stop: local time
    :param date last_date: of a meeting of several days
    :param str session: morning, afternoon, evening or day, where no hour is told
    :param str chair: who leads: a name, or the words where no person is named
    :param tuple participants: as printed
    :param str preparing: who prepares contents and papers
    :param tuple notes: lines on dress and papers
    :param frozenset uncertain: names of the fields that a person must look at
    :param dict sources: field: the words that it was read from
    """

    title: str | None = None
    start: dt.datetime | None = None
    stop: dt.datetime | None = None
    date: dt.date | None = None
    last_date: dt.date | None = None
    session: str | None = None
    place: str | None = None
    chair: str | None = None
    chair_title: str | None = None
    participants: tuple = ()
    preparing: str | None = None
    notes: tuple = ()
    uncertain: frozenset = frozenset()
    sources: dict = {}


def read_invitation(text, issued=None, today=None):
    """Return the :class:`Invitation` that a text is; never raises on a text.

    :param str text: with line breaks, as poppler lays it out
    :param date issued: day of the paper; read from its heading where not given
    :param date today: stands for that day where the heading names none
    """
    if issued and not 1900 < issued.year < 2200:
        issued = None
    paper = read_paper(text or "")
    reader = _Reader(paper, issued or _read_issued(paper), today)
    reader.run()
    return Invitation(
        **reader.values,
        uncertain=frozenset(reader.uncertain),
        sources=reader.sources,
    )


def _read_issued(paper):
    """Return the day beside the place: in the heading, or above the signature."""
    short = [part.text for part in paper.parts if not part.kind and len(part.text) < 70]
    # all in one paragraph: the heading is its beginning
    first = [] if paper.head else [part.text[:500] for part in paper.parts[:1]]
    for line in [*paper.head, *first, *short, *paper.tail[:20]]:
        match = _ISSUED.search(fold_same(line[:500]))
        if match:
            with contextlib.suppress(ValueError):
                return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
    return None


class _Reader:
    """Fills the fields one after the other."""

    def __init__(self, paper, issued, today):
        self.paper = paper
        self.issued = issued
        self.today = today
        self.values = {}
        self.uncertain = set()
        self.sources = {}
        self.sentences = get_sentences(paper)
        self.change = find_change(self._get_words())

    def run(self):
        self._read_when()
        self._read_place()
        self._read_chair()
        self._read_people()
        self._read_preparing()
        self._read_title()

    def _get_words(self):
        words = [self.paper.title, *(part.source for part in self.paper.parts)]
        return ". ".join(words)[:20_000]

    def _set(self, name, value, source, sure=True):
        if value is not None and value != ():
            self.values[name] = value
            self.sources[name] = squeeze(source)[:500]
        if not sure:
            self.uncertain.add(name)

    def _get_parts(self, kind):
        return [part for part in self.paper.parts if part.kind == kind and part.text]

    # ---- when ----

    def _read_when(self):
        self.choice = Choice(
            self.paper, self.sentences, self.issued or self.today, self.change
        )
        when = self.choice.choose()
        doubts = set(when.doubts)
        if not self.issued and when.first and not self._is_year_told(when.first.year):
            doubts |= {"date", "start", "stop"}
        told = {
            "date": when.first,
            "start": when.get_start(),
            "stop": when.get_stop(),
            "last_date": when.last,
            "session": when.half,
        }
        for name, value in told.items():
            self._set(name, value, self.choice.source)
        if "date" in doubts and when.last:
            doubts.add("last_date")
        self.uncertain |= {
            name for name in doubts if name in ("date", "start") or told.get(name)
        }

    def _is_year_told(self, year):
        return re.search(rf"\b{year}\b", self.choice.source)

    # ---- where ----

    def _read_place(self):
        parts = [
            part
            for part in self._get_parts("place")
            if not _NOT_PLACE.match(part.label)
        ]
        named = [part for part in parts if part.label.strip() != "dia chi:"]
        read = [(*read_place(part.lines), part) for part in named or parts]
        told = [one for one in read if one[0]]
        if told:
            place, sure, part = told[0]
            others = {fold_same(one[0]) for one in told[1:]} - {fold_same(place)}
            sure = sure and not others and not part.is_loose
            self._set("place", place, part.source, sure)
        elif read:
            self.uncertain.add("place")
        else:
            self._find_place()
        if self.change == "postponed" and not self.choice.when.first:
            self.values.pop("place", None)
        if self.change or is_doubtful(self.values.get("place", "")):
            self.uncertain.add("place")

    def _find_place(self):
        """Read the place from the words about the time, or from running text."""
        times = self._get_parts("time")
        for part in times:
            place, sure = find_place(part.text)
            if not place and "dia diem" in part.label:
                place, sure = read_place([part.text[self.choice.when.end_at :]])
            if place:
                return self._set("place", place, part.source, sure)
        chosen = self.choice.sentence
        for sentence in [chosen] * bool(chosen) + self.sentences:
            place, sure = find_place(sentence, self._get_span(sentence))
            if place and (sure or sentence == chosen):
                sure = sure and sentence == chosen
                return self._set("place", place, sentence, sure)
        for part in [*self._get_parts("form"), *self.paper.parts]:
            online = part.kind in ("form", "", "content") and find_online(part.text)
            if online:
                return self._set("place", online, part.source, False)
        return None

    def _get_span(self, sentence):
        when = self.choice.when
        return (
            (when.start_at, when.end_at) if sentence == self.choice.sentence else (0, 0)
        )

    # ---- who ----

    def _read_chair(self):
        for part in self._get_parts("chair"):
            name, title, sure = read_chair(part.text)
            if name and not fold_same(name).startswith("phoi hop"):
                return self._set_chair(name, title, part.source, sure)
        for sentence in self.sentences:
            words = find_chair(sentence)
            if words:
                name, title, sure = read_chair(words)
                return self._set_chair(name, title, sentence, sure and bool(title))
        return None

    def _set_chair(self, name, title, source, sure):
        self._set("chair", name, source, sure)
        self._set("chair_title", title, source)

    def _read_people(self):
        people, sources = [], []
        for part in self._get_parts("people"):
            people += split_people(part.lines)
            sources.append(part.source)
        labels = [part.label for part in self._get_parts("people")]
        sure = not any(map(_OTHER_PEOPLE.match, labels))
        if not people:
            people, sources, sure = self._find_people()
        people = list(dict.fromkeys(people))
        if any(_ELSEWHERE.search(fold_same(name)) for name in people):
            sure = False
        self._set("participants", tuple(people), " ".join(sources), sure)

    def _find_people(self):
        for sentence in self.sentences:
            words = find_people(sentence)
            if words and not _ELSEWHERE.search(fold_same(words)):
                return [words], [sentence], True
        parts = self._get_parts("to")
        people = [name for part in parts for name in split_people(part.lines)]
        return people, [part.source for part in parts], False

    # ---- what ----

    def _read_preparing(self):
        for part in self._get_parts("preparing"):
            if "chuan bi" in part.label and not _ORDERS.match(fold_same(part.text)):
                self._set("preparing", part.text.strip(" .;"), part.source)
                break
        for sentence in [] if "preparing" in self.values else self._get_orders():
            match = _PREPARES.search(fold_same(sentence))
            if match:
                who = sentence[slice(*match.span("who"))]
                self._set("preparing", who.strip(" ,"), sentence, False)
                break
        notes = self._get_parts("note")
        lines = [squeeze(part.source) for part in notes]
        self._set("notes", tuple(lines), " ".join(lines))

    def _get_orders(self):
        parts = [part.source for part in self.paper.parts if part.kind == "preparing"]
        return parts + self.sentences

    def _read_title(self):
        if self.paper.title:
            return self._set("title", self.paper.title, self.paper.title)
        for part in self._get_parts("content"):
            text = part.text.strip(" .;-")
            return self._set("title", text[:500], part.source)
        for sentence in self.sentences:
            match = re.search(
                r"\b(?:du|to chuc|tham gia) (?!hop (?:tai|vao|luc)"
                r"|hoi nghi day du)(?P<what>(?:cuoc|buoi|hop|hoi|le|phien|ky|lop"
                r"|dai)\b[^.;:]{8,200}?)(?= (?:nhu sau|tai|vao|duoc to chuc|do) "
                r"|[.;:,]|$)",
                fold_same(sentence),
            )
            if match:
                what = sentence[slice(*match.span("what"))]
                return self._set("title", what.strip(" ,"), sentence, False)
        return None
