"""Tasks in a real browser: the side that gives one, and the one that has it.

The clicks and keys of the main paths are those that the user guide tells.
"""

import datetime
import re
from pathlib import Path

import pytest
from people import make_pdf
from playwright.sync_api import expect

CONTENT = "Rà soát hiện trạng kênh mương nội đồng, đề xuất đoạn phải nạo vét"
AGENCY = "Sở Nông nghiệp và Môi trường tỉnh Sông Mây"
UNIT = "Phòng Quản lý đất đai"
GUIDE = Path(__file__).parents[1] / "docs" / "huong-dan-su-dung.md"


def hands(path):
    """Return the clicks and keys that the guide tells of a path."""
    line = rf"^\| {re.escape(path)}[^|]* \| (\d+) \| (\d+) \|$"
    [told] = re.findall(line, GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    return [int(number) for number in told]


def day(ahead):
    """Return a date of the next weeks, as people type it; never a weekend."""
    zone = datetime.timezone(datetime.timedelta(hours=7))
    date = datetime.datetime.now(zone).date() + datetime.timedelta(days=ahead)
    if date.weekday() > 4:
        date += datetime.timedelta(days=2)
    return date.strftime("%d/%m/%Y")


@pytest.fixture
def papers(tmp_path):
    """Return the files that are sent: by name, without the ending."""
    names = "giao-viec", "bao-cao", "xin-gia-han", "dong-y-gia-han"
    return {name: make_pdf(tmp_path / f"{name}.pdf", name) for name in names}


def test_a_task_is_given_reported_refused_and_confirmed(desk_of, papers):
    """DT-3.1a DT-4.3 DT-4.4 DT-4.5b DT-5.2a DT-14.5a: both sides, in two rounds."""
    officer = desk_of("chuyenvien")
    with officer.at_most(*hands("Giao một nhiệm vụ")):
        give(officer, papers["giao-viec"], CONTENT)

    head = desk_of("giamdoc.so")
    with head.at_most(*hands("Tiếp nhận")):
        head.open_from_queue("Chờ tiếp nhận", CONTENT)
        head.press("Tiếp nhận")
    expect_paper(head)
    with head.at_most(*hands("Báo cáo kết quả")):
        report(head, papers["bao-cao"], "31/BC-SNNMT")

    with officer.at_most(*hands("Xác nhận không đạt")):
        officer.open_from_queue("Kết quả chờ xác nhận", CONTENT)
        expect_paper(officer, "31/BC-SNNMT – bao-cao.pdf")
        officer.press("Không đạt")
        reason = officer.page.locator(".modal [name=text] textarea")
        officer.type(reason, "Chưa có khái toán")
        officer.press("Xác nhận")
    expect_state(officer, "Đang thực hiện trong hạn")

    head.open_from_queue("Phải làm lại", CONTENT)
    head.page.get_by_text("Chưa có khái toán").first.wait_for()
    report(head, papers["bao-cao"], "34/BC-SNNMT")

    with officer.at_most(*hands("Xác nhận đạt")):
        officer.open_from_queue("Kết quả chờ xác nhận", CONTENT)
        officer.press("Đạt")
    expect_state(officer, "Đã hoàn thành trong hạn")
    expect_hidden_from(desk_of("chutich.xa"))


def test_a_task_is_handed_on_inside_and_gets_more_time(desk_of, papers):
    """DT-4.3 DT-5.2d1 DT-5.2d2: from the clerk to the unit and its officer."""
    content = "Thống kê diện tích đất trồng lúa chuyển mục đích sử dụng trong năm"
    officer = desk_of("chuyenvien")
    give(officer, papers["giao-viec"], content)

    clerk = desk_of("vanthu.so")
    clerk.open_from_queue("Chờ tiếp nhận", content)
    clerk.press("Tiếp nhận")
    head = desk_of("giamdoc.so")
    find(head, content)
    hand_on(head, UNIT, "Giao phòng tham mưu")
    unit_head = desk_of("truongphong.so")
    with unit_head.at_most(*hands("Chuyển thực hiện")):
        unit_head.open_from_queue("Nhiệm vụ đang thực hiện", content)
        hand_on(unit_head, "Hà Thị Thu Sương", "Tổng hợp số liệu")

    specialist = desk_of("chuyenvien.so")
    with specialist.at_most(*hands("Xin gia hạn")):
        specialist.open_from_queue("Nhiệm vụ đang thực hiện", content)
        ask_more_time(specialist, papers["xin-gia-han"], day(20))
    way = specialist.page.locator("[name=routing_ids]")
    for who in (UNIT, "Hà Thị Thu Sương"):
        way.get_by_text(who).first.wait_for()

    with officer.at_most(*hands("Chấp thuận gia hạn")):
        officer.open_from_queue("Đề nghị gia hạn", content)
        grant_more_time(officer, papers["dong-y-gia-han"])
    officer.page.get_by_text("Số lần gia hạn: 1").wait_for()
    officer.page.locator("[name=deadline_day]", has_text=day(20)).first.wait_for()
    officer.page.get_by_text(f"Hạn trước đó: {day(9)}").wait_for()
    # how the agency goes about it is not for others to see
    assert not officer.page.get_by_text(UNIT).count()

    specialist.open_from_queue("Nhiệm vụ đang thực hiện", content)
    report(specialist, papers["bao-cao"], "52/BC-SNNMT")


def test_a_leader_reads_and_judges_on_a_phone(desk_of, login, new_page, papers):
    """DT-4.5b: nothing is wider than the screen, and nothing is cut."""
    content = "Đề xuất phương án thoát nước cho tuyến đường ven sông"
    officer = desk_of("chuyenvien")
    give(officer, papers["giao-viec"], content)
    head = desk_of("giamdoc.so")
    find(head, content)
    report(head, papers["bao-cao"], "61/BC-SNNMT")

    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    login(page, "chanhvanphong")
    page.locator(".o_vanban_desk_card", has_text="Kết quả chờ xác nhận").click()
    page.locator(".o_kanban_record", has_text=content).click()
    page.locator(".o_form_sheet").wait_for()
    page.get_by_text("bao-cao.pdf").first.wait_for()
    assert not page.locator(".o_attachment_preview").count()
    wide = "() => document.documentElement.scrollWidth > window.innerWidth"
    assert not page.evaluate(wide)
    page.get_by_role("button", name="Đạt", exact=True).last.click()
    page.locator("[name=state]", has_text="Đã hoàn thành trong hạn").first.wait_for()


def test_each_side_is_offered_what_it_may_say_of_a_deduction(desk_of):
    """DT-15.2: the agency objects, the office decides, and neither the other's."""
    offered = {
        "giamdoc.sxd": {"Giải trình": 1, "Trừ điểm": 0, "Không trừ điểm": 0},
        "chanhvanphong": {"Giải trình": 0, "Trừ điểm": 0, "Không trừ điểm": 1},
        "chuyenvien": {"Giải trình": 0, "Trừ điểm": 0, "Không trừ điểm": 0},
    }
    for login, buttons in offered.items():
        page = desk_of(login).page
        page.goto("/odoo/tru-diem-thi-dua")
        line = page.locator(".o_data_row", has_text="vật liệu xây dựng").first
        line.locator("input[type=checkbox]").check()
        page.locator(".o_selection_container").wait_for()
        for name, count in buttons.items():
            shown = page.get_by_role("button", name=name, exact=True)
            assert shown.count() == count, (login, name)


def test_one_login_opens_documents_and_tasks(desk_of):
    """DT-4.1: the account of the document system, and nothing else to type."""
    officer = desk_of("chuyenvien")
    page = officer.page
    sections = page.locator(".o_vanban_desk h2", has_text="Nhiệm vụ")
    assert sections.count() == 2
    for menu, entry in ("Nhiệm vụ", "Được giao"), ("Văn bản đến", None):
        role = "button" if entry else "menuitem"
        officer.click(page.get_by_role(role, name=menu, exact=True))
        if entry:
            officer.click(page.get_by_role("menuitem", name=entry, exact=True))
        page.locator(".o_list_view .o_data_row").first.wait_for()
        assert not page.locator("input[type=password]").count()


# ---- what people do ----


def give(officer, paper, content):
    """Enter the task with the data of its document, and give it."""
    page = officer.page
    officer.click(page.get_by_role("button", name="Nhiệm vụ", exact=True))
    officer.click(page.get_by_role("menuitem", name="Đã nhập", exact=True))
    officer.press("Mới")
    officer.type(page.locator("[name=source_symbol] input"), "402/UBND-TH")
    officer.type_date("source_date", day(0))
    subject = page.locator("[name=source_subject] textarea")
    officer.type(subject, "Chuẩn bị sản xuất vụ đông xuân")
    officer.type(page.locator("[name=director_name] input"), "Lương Thế Khải")
    officer.type(page.locator("[name=signer_name] input"), "Đoàn Mạnh Trí")
    officer.type(page.locator("[name=content] textarea"), content)
    officer.click(page.locator("[name=assignment_ids]").get_by_text("Thêm một dòng"))
    officer.pick("partner_id", AGENCY, typed="nong nghiep va moi truong")
    officer.type_date("deadline_day", day(9))
    officer.choose(page.locator(".o_field_vanban_task_files"), paper)
    # read beside the form before it is sent
    expect_paper(officer)
    officer.press("Giao nhiệm vụ")
    page.get_by_text("ĐÃ GIAO").first.wait_for()


def find(desk, content):
    """Open the task from the list of what the agency has."""
    desk.page.goto("/odoo/nhiem-vu")
    desk.click(desk.page.locator(".o_data_row", has_text=content).first)
    desk.page.locator(".o_form_sheet").wait_for()


def hand_on(desk, receiver, text):
    desk.press("Chuyển thực hiện")
    desk.pick("lead_id", receiver)
    desk.type(desk.page.locator(".modal [name=direction_text] textarea"), text)
    desk.press("Chuyển thực hiện")
    desk.page.locator(".modal").wait_for(state="detached")


def report(desk, answer, symbol):
    """Report the result by hand, with all data of the answer."""
    desk.press("Báo cáo kết quả")
    dialog = desk.page.locator(".modal")
    desk.type(dialog.locator("[name=symbol] input"), symbol)
    desk.type_date("date", day(0))
    desk.type(dialog.locator("[name=signer_name] input"), "Cao Sĩ Hùng Cường")
    subject = dialog.locator("[name=subject] textarea")
    desk.type(subject, "Kết quả thực hiện nhiệm vụ")
    attach_signed(desk, answer)
    desk.type(dialog.locator("[name=content] textarea"), "Đã thực hiện xong")
    desk.press("Gửi báo cáo")
    dialog.wait_for(state="detached")
    expect_state(desk, "Chờ xác nhận")


def attach_signed(desk, paper):
    field = desk.page.locator(".modal [name=signed_file]")
    desk.choose(field, paper)
    expect(field.locator("input[type=text]")).to_have_value(paper.name)


def ask_more_time(desk, request, until):
    desk.press("Xin gia hạn")
    dialog = desk.page.locator(".modal")
    desk.type_date("deadline_day", until)
    desk.type(dialog.locator("[name=reason] textarea"), "Chờ số liệu của cấp xã")
    desk.type(dialog.locator("[name=symbol] input"), "33/SNNMT-VP")
    desk.type_date("date", day(0))
    attach_signed(desk, request)
    desk.press("Gửi đề nghị gia hạn")
    dialog.wait_for(state="detached")


def grant_more_time(desk, approval):
    desk.press("Chấp thuận")
    dialog = desk.page.locator(".modal")
    desk.type(dialog.locator("[name=symbol] input"), "415/UBND-TH")
    desk.type_date("date", day(0))
    attach_signed(desk, approval)
    desk.press("Chấp thuận gia hạn")
    dialog.wait_for(state="detached")


# ---- what they see ----


def expect_state(desk, label):
    desk.page.locator("[name=state]", has_text=label).first.wait_for()


def expect_paper(desk, name=None):
    """Check that a paper is read beside the form, and which one is shown first."""
    beside = desk.page.locator(".o_attachment_preview")
    pages = beside.frame_locator("iframe").locator(".page canvas")
    pages.first.wait_for()
    if name:
        shown = beside.locator("select option:checked")
        assert shown.inner_text() == name


def expect_hidden_from(stranger):
    """Check that another agency finds nothing of it."""
    stranger.page.goto("/odoo/nhiem-vu")
    box = stranger.page.locator(".o_searchview_input")
    box.fill(CONTENT)
    box.press("Enter")
    stranger.page.locator(".o_view_nocontent").wait_for()
