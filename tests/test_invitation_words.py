"""Wordings of invitations one by one, composed ones, and any text at all."""

import unicodedata
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invitations import HEAD, ISSUED, at, is_alike, read

from odoo.addons.vanban_calendar.tools.invitation import (
    Invitation,
    is_invitation,
    read_invitation,
)


@pytest.mark.parametrize(
    ("words", "start", "stop"),
    [
        ("08 giờ 00 phút, thứ Ba, ngày 17 tháng 3 năm 2026", at(8), None),
        ("8h30' ngày 17/3/2026", at(8, 30), None),
        ("14g00 ngày 17-3-2026 (thứ 3)", at(14), None),
        ("7 giờ 30', sáng thứ Ba ngày 17.3.2026", at(7, 30), None),
        ("Lúc 13:30 ngày 17/3", at(13, 30), None),
        ("2 giờ chiều ngày 17/3/2026", at(14), None),
        ("Chiều ngày 17/3/2026, lúc 2 giờ rưỡi", at(14, 30), None),
        ("7 giờ 30 tối 17/3/2026", at(19, 30), None),
        ("8.30 giờ ngày 17/3/26", at(8, 30), None),
        ("từ 8 đến 11 giờ ngày 17/3/2026", at(8), at(11)),
        ("7h30-11h30, ngày 17 tháng 3 năm 2026", at(7, 30), at(11, 30)),
        ("8h00 ngày 17/3/2026; kết thúc lúc 11h00 cùng ngày", at(8), at(11)),
        ("8h00 ngày 17/3/2026 đến 17h00 ngày 18/3/2026", at(8), at(17, day=18)),
        ("15 giờ 30 phút hôm nay", at(15, 30, day=10), None),
        ("8 giờ sáng mai", at(8, day=11), None),
        ("8h00 ngày 17/3/2026 (đón tiếp đại biểu từ 7h30)", at(8), None),
        ("Đón tiếp đại biểu: 7h30; khai mạc: 8h00 ngày 17/3/2026", at(8), None),
        ("8h00 (tập trung lúc 7h30), ngày 17/3/2026", at(8), None),
        ("8h00 ngày 17/3/2026 (tức ngày 29 tháng Giêng)", at(8), None),
        ("8h00, sáng 17-3 (thứ Ba)", at(8), None),
        ("8h00 thứ Ba, 17/3/2026 (29/01 âm lịch)", at(8), None),
        ("trong ngày 17/3/2026. Khai mạc lúc 7 giờ 30", at(7, 30), None),
        ("THỨ BA, NGÀY 17 THÁNG 3 NĂM 2026, 08 GIỜ 00", at(8), None),
        (
            "8h00 ngày 17/3/2026. Đề nghị gửi tài liệu trước ngày 15/3/2026",
            at(8),
            None,
        ),
    ],
)
def test_clear_times_are_sure(words, start, stop):
    """HT-9a"""
    found = read(f"Thời gian: {words}.\nĐịa điểm: Phòng họp A.\n")
    assert (found.start, found.stop, found.date) == (start, stop, start.date())
    assert not found.uncertain & {"start", "stop", "date", "place"}
    assert found.place == "Phòng họp A"


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("8h00, thứ Tư ngày 17/3/2026", at(8)),
        ("8h00 ngày l7/3/2026", at(8)),
        ("8hO0 ngày 17/3/2026", at(8)),
        ("8 gin 30 phút ngày 17/3/2026", at(8, 30)),
        ("0800 đến 11h30 ngày 17/3/2026", at(11, 30)),
        ("O8 giờ 3O ngày 17/3/2026", at(8, 30)),
        ("8h00 ngày 17/3/2025", at(8)),
        ("8h00 ngày 17", at(8)),
        ("8h00 thứ Hai tuần sau", at(8, day=16)),
        ("5 giờ 00 ngày 17/3/2026", at(17)),
        ("8h00 chiều ngày 17/3/2026", at(8)),
        ("8h00 ngày 17/3/2026 hoặc 18/3/2026", at(8)),
        ("8h00 ngày 17/3/2026 và 14h00 ngày 18/3/2026", at(8)),
        ("8h00 ngày 17/3/2026 (thay cho 8h00 ngày 16/3/2026)", at(8)),
        ("8h00 ngày 05/01", datetime(2027, 1, 5, 8)),
        ("dự kiến 8h00 ngày 17/3/2026", at(8)),
        ("khoảng 8h00 ngày 17/3/2026", at(8)),
        ("8h00 ngày 31/4/2026", None),
        ("8h00 ngày …/3/2026", None),
        ("8h00 ngày     tháng 3 năm 2026", None),
        ("25h00 ngày 17/3/2026", None),
        ("8h75 ngày 17/3/2026", None),
        ("14 giờ ngày 17 tháng ba năm 2026", None),
        ("1 4 giờ 00, ngày 17/3/2026", at(16)),
        ("ngày 17/3/2026, 8.30", None),
        ("sáng 17 và chiều 18/3/2026", None),
    ],
)
def test_unclear_times_are_in_doubt(words, start):
    """HT-9a"""
    found = read(f"Thời gian: {words}.\nĐịa điểm: Phòng họp A.\n")
    assert found.start == start
    assert "start" in found.uncertain or found.start is None is found.date
    if found.start or not found.date:
        assert "start" in found.uncertain
    assert found.place == "Phòng họp A"


@pytest.mark.parametrize(
    ("words", "place", "sure"),
    [
        ("Địa điểm: Hội trường UBND xã (ấp 1).", "Hội trường UBND xã (ấp 1)", True),
        (
            "Nơi họp: Phòng 301, tầng 3, TP. Bến Trúc",
            "Phòng 301, tầng 3, TP. Bến Trúc",
            1,
        ),
        ("Tại: Nhà văn hóa ấp 2; đề nghị đến đúng giờ", "Nhà văn hóa ấp 2", True),
        (
            "Địa diểm: Hội trường lớn,\nTrung tâm xã",
            "Hội trường lớn, Trung tâm xã",
            True,
        ),
        ("Địa điểm Hội nghị: số 3, đường 30/4", "số 3, đường 30/4", True),
        ("Địa điểm đón khách: Cổng A\nĐịa điểm: Phòng họp B", "Phòng họp B", True),
        ("Địa điểm: Phòng họp l2", "Phòng họp l2", False),
        ("Địa điểm: Phòng A hoặc Phòng B", "Phòng A hoặc Phòng B", False),
        ("Địa điểm: Phòng A. Mong đại biểu đến dự.", "Phòng A", True),
        ("Địa điểm: Phòng A\nUBND xã kính mong đại biểu đến dự", "Phòng A", True),
        ("Địa điểm: Phòng A\nĐịa điểm: Phòng họp B", "Phòng A", False),
        ("Điểm họp: Địa điểm sẽ thông báo sau", None, None),
        ("Địa điểm: Sẽ thông báo sau", None, False),
        ("Hình thức: trực tuyến qua Zoom", "trực tuyến qua Zoom", False),
        ("Họp tại phòng họp số 2, UBND xã.", "phòng họp số 2, UBND xã", False),
    ],
)
def test_places_are_read(words, place, sure):
    """HT-9a"""
    found = read(f"Thời gian: 8h00 ngày 17/3/2026\n{words}\n")
    assert found.place == place
    if sure is not None:
        assert ("place" not in found.uncertain) == bool(sure)
    assert found.start == at(8)


@pytest.mark.parametrize(
    ("words", "chair", "title"),
    [
        ("Chủ trì: Đ/c Lê Văn Mẫu, Chủ tịch UBND xã", "Lê Văn Mẫu", "Chủ tịch UBND xã"),
        ("Chủ toạ: Chủ tịch UBND xã Tô Thị Na", "Tô Thị Na", "Chủ tịch UBND xã"),
        ("Chủ trì: MTTQ xã", "MTTQ xã", None),
        ("Cuộc họp do bà Lê Thị Mẫu - Trưởng ban chủ trì.", "Lê Thị Mẫu", "Trưởng ban"),
        ("Đề nghị Sở Y tế chủ trì, phối hợp với Sở Mẫu chuẩn bị hồ sơ.", None, None),
    ],
)
def test_chairs_are_read(words, chair, title):
    """HT-9a"""
    found = read(f"Thời gian: 8h00 ngày 17/3/2026\n{words}\n")
    assert (found.chair, found.chair_title) == (chair, title)


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("UBND xã dời cuộc họp từ 8h00 ngày 17/3/2026 sang 14h00 ngày 18/3/2026.", 18),
        ("UBND xã hoãn cuộc họp lúc 8h00 ngày 17/3/2026. Lịch mới sẽ báo sau.", None),
        ("UBND xã hủy Hội nghị ngày 17/3/2026.", None),
        ("Thay vì 8h00 ngày 17/3/2026, họp lúc 14h00 ngày 18/3/2026.", 18),
        (
            (
                "Điều chỉnh thời gian họp:\n- Thời gian cũ: 8h00 ngày 17/3/2026\n"
                "- Thời gian mới: 14h00 ngày 18/3/2026"
            ),
            18,
        ),
    ],
)
def test_changes_of_a_meeting_are_in_doubt(words, start):
    """HT-9a: the new time is proposed where there is one, never the old one."""
    found = read(words)
    assert found.start == (start and at(14, day=start))
    assert {"date", "start", "place"} <= found.uncertain


@pytest.mark.parametrize(
    "words",
    [
        "Thời gian tổ chức Hội nghị: 8h00 ngày 17/3/2026\nĐịa điểm Hội nghị: Phòng A",
        (
            "Thời gian đăng ký: trước 12/3/2026\nThời gian họp: 8h00 ngày 17/3/2026\n"
            "Nơi họp: Phòng A"
        ),
        "Thời gian đón khách: 7h30\nThời gian: 8h00 ngày 17/3/2026\nĐịa điểm: Phòng A",
        "Ngày: 17/3/2026\nGiờ: 8h00\nĐịa chỉ: Phòng A",
        "Vào lúc: 8h00 ngày 17/3/2026\nTại: Phòng A",
        "Thdi glan: 8h00 ngày 17/3/2026\nĐja điếm: Phòng A",
        "a) Thời gian 8h00 ngày 17/3/2026\nb) Địa điểm Phòng A",
        "I/ THỜI GIAN\n1/ Thời gian: 8h00 ngày 17/3/2026\n2/ Địa điểm: Phòng A",
        "Thời gian:\n+ Ngày 17/3/2026\n+ Lúc 8h00\nĐịa điểm:\n+ Phòng A",
        "Thời     8h00 ngày 17/3/2026\ngian\nĐịa điểm   Phòng A",
        "            8h00\nThời gian\n            ngày 17/3/2026\n\nĐịa điểm   Phòng A",
        (
            "Thời gian          Nội dung      Địa điểm\n"
            "8h00               Họp           Phòng A\nngày 17/3/2026     giao ban"
        ),
        "STT   Thời gian        Địa điểm\n1     8h00 17/3/2026   Phòng A",
        "Thời gian\n\nĐịa điểm\n\n8h00 ngày 17/3/2026\n\nPhòng A",
        (
            "| TT | Thời gian | Địa điểm |\n|---|---|---|\n"
            "| 1 | 8h00 ngày 17/3/2026 | Phòng A |"
        ),
    ],
)
def test_layouts_are_read(words):
    """HT-9a: labels with more words, misread, numbered, in tables of any kind."""
    found = read(f"{words}\nTrân trọng kính mời.\n")
    assert (found.start, found.place) == (at(8), "Phòng A")
    assert not found.uncertain & {"date", "start", "place"}


def test_meetings_of_one_paper_are_not_mixed_in_silence():
    """HT-9a: the first of several is proposed, in doubt."""
    for words in (
        "1. Họp A: 8h00 ngày 17/3/2026.\n2. Họp B: 14h00 ngày 18/3/2026.",
        (
            "| Thời gian | Địa điểm |\n| 8h00 ngày 17/3/2026 | Phòng A |\n"
            "| 14h00 ngày 18/3/2026 | Phòng B |"
        ),
        "Thời gian: 8h00 ngày 17/3/2026\nHội nghị tổ chức lúc 14h00 ngày 18/3/2026.",
    ):
        found = read(words)
        assert found.start == at(8)
        assert {"date", "start"} <= found.uncertain


def test_real_changes_only():
    """HT-9a: other words that look alike change nothing."""
    for words in (
        "Hội nghị chuyển đổi số.",
        "Trường hợp thay đổi thời gian họp, UBND xã sẽ thông báo.",
        "Ban Chỉ huy họp hoàn thiện hợp đồng.",
        "Giấy mời này thay cho Giấy triệu tập.",
    ):
        found = read(f"{words}\nThời gian: 8h00 ngày 17/3/2026\nĐịa điểm: Phòng A\n")
        assert found.start == at(8)
        assert not found.uncertain & {"date", "start", "place"}


def test_day_of_the_paper_is_read_from_its_heading():
    """HT-9a: “hôm nay” is the day of the paper; without one it is in doubt."""
    words = "Thời gian: 15 giờ 30 hôm nay\nĐịa điểm: Phòng A\n"
    found = read(words, None)
    assert found.start == at(15, 30, day=10)
    assert "start" not in found.uncertain
    bare = read_invitation(f"Kính mời dự họp.\n{words}", None, date(2026, 4, 1))
    assert bare.start == at(15, 30, day=1, month=4)
    assert {"date", "start"} <= bare.uncertain
    assert read_invitation(f"Kính mời dự họp.\n{words}").start is None


def test_words_are_told_with_what_was_read():
    """HT-9a: a person who checks sees the words, not the whole paper."""
    found = read("Thời gian: 8h00,\nngày 17/3/2026\nĐịa điểm: Phòng A\n")
    assert found.sources["start"] == "Thời gian: 8h00, ngày 17/3/2026"
    assert found.sources["place"] == "Địa điểm: Phòng A"


# ---- any wording: what is composed is read, or asked ----

HOURS = [
    "{h:02} giờ {m:02} phút",
    "{h}h{m:02}",
    "{h}g{m:02}",
    "{h} giờ {m:02}'",
    "{h}:{m:02}",
]
DAYS = [
    "ngày {d.day} tháng {d.month} năm {d.year}",
    "ngày {d.day:02}/{d.month:02}/{d.year}",
    "ngày {d.day}-{d.month}-{d.year}",
    "ngày {d.day}.{d.month}.{d.year}",
    "ngày {d.day}/{d.month}",
]
WEEKDAYS = ["Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy"]
ORDERS = [
    "{hour}, {week}{day}",
    "{week}{day}, lúc {hour}",
    "vào hồi {hour} {day}{after}",
    "Từ {hour} - {day}{after}",
]
LAYOUTS = [
    "Thời gian: {when}.\nĐịa điểm: {place}.\n",
    "1. Địa điểm: {place}\n2. Thời gian: {when}\n",
    "- Thời gian :  {when};\n- Địa điểm :  {place};\n",
    "* Thời gian, địa điểm: {when}, tại {place}.\n",
    "Thời gian\n\n{when}\n\nĐịa điểm\n\n{place}\n",
    "| Thời gian | {when} |\n| Địa điểm | {place} |\n",
    "Cuộc họp tổ chức {when}, tại {place}.\n",
]
PLACES = ["Hội trường UBND xã", "Phòng họp số 2, tầng 3, Sở Mẫu", "Nhà văn hóa ấp 4"]
BEFORE = ["", "Căn cứ Kế hoạch số 5/KH-UBND ngày 02/3/2026 của UBND xã.\n"]
AFTER = [
    "",
    "Đề nghị đăng ký trước 16h00 ngày 12/3/2026.\n",
    "Chương trình:\n- 7h00: Đón tiếp\n- 11h15: Bế mạc\n",
    "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n",
]


@settings(deadline=None, max_examples=400)
@given(
    day=st.integers(1, 80).map(lambda days: ISSUED + timedelta(days)),
    hour=st.tuples(st.integers(6, 19), st.sampled_from([0, 15, 30, 45])),
    shift=st.sampled_from([None, 0, 0, 1, 5]),
    words=st.tuples(*map(st.sampled_from, (HOURS, DAYS, ORDERS, LAYOUTS))),
    rest=st.tuples(*map(st.sampled_from, (PLACES, BEFORE, AFTER))),
    decomposed=st.booleans(),
)
def test_whatever_is_composed_is_read(day, hour, shift, words, rest, decomposed):
    """HT-9a: any hour, day, order, layout; a weekday that contradicts is asked."""
    place, before, after = rest
    week = _get_weekday(day, shift)
    when = words[2].format(
        hour=words[0].format(h=hour[0], m=hour[1]),
        day=words[1].format(d=day),
        week=f"{week}, " if week else "",
        after=f" ({week})" if week else "",
    )
    text = HEAD + before + words[3].format(when=when, place=place) + after
    text = unicodedata.normalize("NFD", text) if decomposed else text
    found = read_invitation(text, ISSUED)
    assert found.start == datetime(day.year, day.month, day.day, *hour)
    assert is_alike(found.place, place)
    assert ("date" in found.uncertain) == bool(shift), text
    assert ("start" in found.uncertain) == bool(shift), text


def _get_weekday(day, shift):
    if shift is None:
        return ""
    number = (day.weekday() + shift) % 7
    return "Chủ nhật" if number == 6 else f"thứ {WEEKDAYS[number]}"


# ---- any text ----

WORDS = (
    "Thời gian|Địa điểm|Chủ trì|kính mời|Nơi nhận|GIẤY MỜI|V/v|tại|ngày|tháng|năm|giờ|h"
    "|:|/|-|.|;|,|(|)|17|3|2026|31/4|8h00|13:30|thứ Ba|sáng|chiều|hoãn|sang|từ|đến"
    "|trước|\n|\n\n|   |\t|l7|O8|điểm cầu|hôm nay|cùng|UBND|Sở|Nguyễn Văn|1.|a)|+|%"
    "|\u0301|İ|ﬁ"
)
PIECES = st.sampled_from(WORDS.split("|"))


def _check_sane(found):
    fields = set(Invitation._fields) - {"uncertain", "sources"}
    assert found.uncertain <= fields
    assert found.sources.keys() <= fields
    assert found.start is None or found.start.date() == found.date
    assert found.stop is None or found.start is None or found.stop > found.start
    assert found.last_date is None or found.last_date > found.date
    assert found.session is None or found.start is None
    assert found.place is None or (found.place.strip() and len(found.place) < 700)


@settings(deadline=None, max_examples=300)
@given(
    st.text(max_size=300) | st.lists(PIECES, max_size=60).map(" ".join),
    st.none() | st.just(ISSUED),
)
def test_any_text_is_read_without_an_error(text, issued):
    for words in (text, HEAD + text, f"{HEAD}Thời gian: {text}", text + HEAD):
        _check_sane(read_invitation(words, issued))
    is_invitation(text, text)


@pytest.mark.parametrize("issued", [date.min, date.max])
def test_days_at_the_end_of_time_are_no_error(issued):
    for words in ("8h00 ngày mai", "8h00 thứ Hai", "8h00 ngày 29/2", "8h ngày 30"):
        _check_sane(read(f"Thời gian: {words}\n", issued))


LONG = [
    *(
        "1",
        "1/",
        "1, ",
        "8h ",
        "8:00 ",
        " ",
        "\n",
        "| ",
        "(",
        ". ",
        ":",
        "ngày ",
        "mời:",
    ),
    *(
        "ngày 1, ",
        "Thời gian: ",
        "Thời gian:\n",
        "kính mời ",
        "tại phòng ",
        "- Sở A;\n",
    ),
    *(
        "Địa điểm: Phòng (",
        "số 1/a ",
        "công văn ",
        "8h00 ngày 17/3/2026 ",
        "GIẤY MỜI\n",
    ),
    *("do đồng chí A chủ trì ", "chuyển thời gian họp sang 8h ", "Nguyễn ", "\u0301"),
    *("|Thời gian|Địa điểm|\n", "thay đổi thời gian ", "dự hội nghị ", "Thời   gian\n"),
]


def test_long_texts_are_read_in_the_time_of_short_ones():
    """Steps grow with the text, not with its square: no pattern runs away.

    A pattern that does needs minutes for such texts, and the test runs into its limit.
    """
    for piece in LONG:
        for start in ("", f"{HEAD}Thời gian: ", f"{HEAD}Địa điểm: "):
            _check_sane(
                read_invitation(start + piece * (100_000 // len(piece)), ISSUED)
            )
