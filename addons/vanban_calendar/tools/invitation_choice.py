"""Which of the times in a paper is that of the meeting."""

import re

from .invitation_labels import fold_same, fold_words, squeeze
from .invitation_time import read_when
from .invitation_when import When

#: what is read of one sentence or labelled part
_LONGEST = 2000
# “Thời gian đăng ký”, “Thời gian ký”: another time than that of the meeting
_OTHER = re.compile(
    r"\W*thoi (?:gian|diem) (?:dang ky|gui|nop|xac nhan|don|tap trung|xuat phat|ky"
    r"|khoi hanh|phat bieu|trinh bay|tham luan|thao luan|nhan|an (?:sang|trua|toi)|nghi"
    r"|hoan thanh|bao cao|thuc hien|toi da|check|con lai|thu|kiem tra|phan hoi)\b"
)
_OLD = re.compile(r"\b(?:cu|truoc day|da thong bao|ban dau|truoc khi)\b")
_ENDS = re.compile(r"\b(?:ket thuc|be mac)\b")
_MEETS = re.compile(
    r"\b(?:to chuc|hop|khai mac|dien ra|bat dau|du|tham du|moi|lam viec|hoi nghi|le"
    r"|buoi|cuoc|trieu tap|tiep|kiem tra|khao sat|hoi thao|tap huan|toa dam|den"
    r"|vao luc|vao hoi)\b"
)
_WHAT = (
    r"(?:thoi gian|thoi diem|lich|ngay|gio|dia diem|cuoc hop|buoi|hop|hoi nghi|phien)"
)
_MOVES = re.compile(
    rf"\b(?:thay doi|dieu chinh) (?:\w+ )?(?:thoi gian|thoi diem|lich|ngay|gio"
    rf"|dia diem)\b|\b(?:doi|lui|chuyen|hoan|tam hoan|tam dung|(?<!chi )huy"
    rf"|dinh chinh|thay the) (?:lai )?(?:\w+ )?{_WHAT}\b|\b(?:thay the|huy bo|thu hoi"
    rf"|dinh chinh) (?:cho )?giay moi"
    r"|\bthay vi\b|\bthay cho (?:\d|luc|ngay|lich|thoi gian)|\b(?:doi|lui|chuyen"
    r"|hoan) (?:lai )?(?:sang|den|toi|vao|thanh) (?=\d|(?:luc|ngay|hoi|thu|chieu|sang"
    r"|buoi)\b)"
)
_IF = re.compile(r"\b(?:truong hop|neu|khi co|moi|bat ky)\b[^.;]{0,40}$")
_POSTPONES = re.compile(
    r"\b(?:hoãn|tạm hoãn|hủy|huỷ|tạm dừng|tam hoan|hoan|huy)\b(?: \w+){0,3}?"
    r" (?:thời gian|lịch|cuộc|buổi|họp|hội nghị|phiên|lễ|cuoc|hop|hoi nghi|phien"
    r"|buoi)\b"
)
_MOVE = re.compile(r"\b(?:doi|lui|chuyen|hoan|dieu chinh)\b")
# “… sang 14 giờ”: what follows is the new time
_TO = re.compile(
    r"\b(?P<word>sang|thanh|lai|lui den|doi den|doi toi|lui toi|den) (?:vao )?"
    r"(?=(?:luc|vao|hoi|ngay|thu|chieu|sang|toi|buoi|\d))"
)
_STOP = re.compile(r"(?<=[.;!?]) +")
#: the parts that tell of the meeting itself
_RUNNING = frozenset(("", "content", "people"))


def split_sentences(text):
    """Return the sentences of a text; one begins with a capital, a digit or a mark."""
    found = []
    for one in _STOP.split(squeeze(text)):
        if found and (one[:1].islower() and not found[-1].endswith(";")):
            found[-1] = f"{found[-1]} {one}"
        elif one:
            found.append(one)
    return found


def get_sentences(paper):
    """Return the sentences of running text, those of lists and labels left out."""
    texts = [""]
    for part in paper.parts:
        if part.kind not in _RUNNING:
            texts.append("")
        elif part.kind:
            # “… kính mời các đồng chí:” ends a sentence that began above
            texts[-1] = f"{texts[-1]} {part.head} {' '.join(part.lines[:1])}"
            texts.append("")
        else:
            texts.append(part.text)
    return [one for text in texts for one in split_sentences(text)]


def find_change(text):
    """Return "moved", "postponed" or None: does a paper change an earlier one?"""
    folded, plain = fold_words(text), fold_same(text)
    for match in _MOVES.finditer(folded):
        if _IF.search(plain[max(0, match.start() - 60) : match.start()]):
            continue
        return "postponed" if _POSTPONES.match(text.lower(), match.start()) else "moved"
    return None


class Choice:
    """Finds the time of the meeting.

    :param Paper paper: the text
    :param list sentences: its running text
    :param date issued: its day
    :param str change: see :func:`find_change`
    """

    def __init__(self, paper, sentences, issued, change):
        self.paper = paper
        self.sentences = [paper.title, *sentences[:300]]
        self.issued = issued
        self.change = change
        self.when = When()
        #: the words that the time was read from
        self.source = ""
        #: the same, where they are running text
        self.sentence = ""

    def choose(self):
        """Return the :class:`When` of the meeting."""
        labelled = self._read_labelled()
        running = self._read_running()
        if labelled.is_told or labelled.doubts or labelled.half:
            self.when = labelled
        elif running and running[0][1].first:
            _score, self.when, self.sentence = running[0]
            self.source = self.sentence
        else:
            self._read_agenda()
        for _score, other, sentence in running:
            self._fill(other, sentence)
        self._compare(running)
        if self.when.start:
            self.when.half = None
            self.when.doubts.discard("session")
        self._set_change()
        return self.when

    # ---- labelled ----

    def _read_labelled(self):
        """Return the time that stands below “Thời gian”."""
        parts = [part for part in self.paper.parts if part.kind == "time"]
        bare = [part for part in parts if part.label.strip() in ("ngay", "gio", "luc")]
        strong = [part for part in parts if part not in bare]
        if self.change:
            strong = [p for p in strong if not _OLD.search(p.label)] or strong
        found = self._read_parts(strong)
        if not found.is_told and (len(bare) > 1 or not found.doubts):
            found = self._merge(found, self._read_parts(bare))
        if not found.is_told:
            places = [part for part in self.paper.parts if part.kind == "place"]
            told = self._read_parts(places, labelled=False)
            found = told if told.first else found
        return found

    def _read_parts(self, parts, labelled=True):
        found = When()
        read = [
            (part, read_when(part.text[:_LONGEST], self.issued, labelled))
            for part in parts
            if not _OTHER.match(part.label)
        ]
        only_aside = all(when.is_aside for _part, when in read)
        for part, when in read:
            if when.is_aside and not only_aside:
                continue
            if not self.source and (when.is_told or when.half):
                self.source = part.source
            if _ENDS.search(part.label):
                found = self._merge(found, When(stop=when.start, doubts=when.doubts))
            else:
                found = self._merge(found, when)
        return found

    def _merge(self, one, other):
        """Return a time with what another one adds; what it contradicts is in doubt."""
        if not (one.is_told or one.half or one.doubts):
            other.stop = other.stop or one.stop
            return other
        if other.first and one.first and not one.covers(other.first):
            one.doubts |= {"date", "start", "stop"}
        if other.start and one.start and other.start != one.start:
            one.doubts |= {"start", "stop"}
        one.doubts |= other.doubts
        for name in ("first", "last", "start", "stop", "half"):
            setattr(one, name, getattr(one, name) or getattr(other, name))
        return one

    def _read_agenda(self):
        """Read the first day and hour of a programme, where nothing else tells."""
        for part in self.paper.parts:
            when = part.kind == "agenda" and read_when(
                part.text[:200], self.issued, labelled=True
            )
            if when and when.first:
                self.when, self.source = when, part.source
                when.doubts |= {"date", "start", "stop"}
                when.stop = None
                break

    # ---- running text ----

    def _read_running(self):
        """Return ``(score, when, sentence)``, the best first."""
        found = []
        for words in self.sentences:
            sentence = words[:_LONGEST]
            text, bonus = self._get_new(sentence)
            when = read_when(text, self.issued)
            score = self._score(text, when) + bonus
            if score > 0:
                offset = len(sentence) - len(text)
                when.start_at += offset
                when.end_at += offset
                found.append((score, when, sentence))
        return sorted(found, key=lambda one: -one[0])

    def _get_new(self, sentence):
        """Return what follows “chuyển … sang”, where a meeting is moved."""
        if not self.change:
            return sentence, 0
        folded = fold_same(sentence)
        for match in reversed(list(_TO.finditer(folded))):
            start = match.start("word")
            if sentence[start : start + 4].lower() == "sáng":
                continue
            if _MOVE.search(folded, max(0, start - 150), start):
                return sentence[match.end() :], 5
        return sentence, 0

    def _score(self, sentence, when):
        if not when.is_told:
            return 0
        if when.first == self.issued and not (when.start or when.half):
            return 0
        if not when.first:
            return 1
        score = 2 + 2 * bool(when.start) + bool(when.half)
        score += 2 * bool(_MEETS.search(fold_same(sentence)))
        score -= 2 * bool(when.doubts)
        return score

    def _fill(self, other, sentence):
        """Add what only another sentence says: the hour or the day, in doubt."""
        when = self.when
        if not when.first and other.first and "date" not in when.doubts:
            when.first, when.last = other.first, other.last
            when.doubts |= {"date", "start", "stop"}
            self.source = f"{sentence} | {self.source}"
        if not when.start and other.start and other.first in (when.first, None):
            when.start, when.stop = other.start, other.stop
            when.doubts |= {"start", "stop"}
            when.half = None
        if other.last and not when.last and other.first == when.first:
            when.last = other.last

    def _compare(self, running):
        """Doubt what another sentence says otherwise."""
        when = self.when
        if not when.first:
            return
        for score, other, sentence in running:
            if score < 3 or sentence == self.sentence or not other.first:
                continue
            if not when.covers(other.first):
                when.doubts |= {"date", "start", "stop"}
            elif other.start and when.start and other.start != when.start:
                when.doubts |= {"start", "stop"}

    def _set_change(self):
        when = self.when
        if self.change:
            when.doubts |= {"date", "start", "stop"}
        if self.change == "postponed" and not self._is_new_told():
            self.when = When(doubts=when.doubts)

    def _is_new_told(self):
        new = [self._get_new(sentence[:_LONGEST]) for sentence in self.sentences]
        labels = [part.label for part in self.paper.parts if part.kind == "time"]
        return any(
            bonus and read_when(words, self.issued).first for words, bonus in new
        ) or any(re.search(r"\b(?:moi|lai)\b", label) for label in labels)
