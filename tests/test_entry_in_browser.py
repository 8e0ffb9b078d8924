"""Entries of the schedule in a real browser: clashes while typing, a reply by phone."""

import datetime

LEADER = "Tạ Quang Vĩnh Khang"
FIRST = "Làm việc với Ban Quản lý dự án đầu tư xây dựng tỉnh Sông Mây"
SECOND = "Họp chuyên đề về phòng, chống thiên tai và cứu hộ, cứu nạn lưu vực sông Mây"


def monday():
    """Return a Monday in three weeks, as people type it; no holiday is near."""
    zone = datetime.timezone(datetime.timedelta(hours=7))
    today = datetime.datetime.now(zone).date()
    return today + datetime.timedelta(days=28 - today.weekday())


def test_clash_is_shown_while_typing_and_the_free_time_taken(desk_of):
    """HN-7.2e: the office head arranges; who is taken, by what, and when it is free."""
    head = desk_of("chanhvanphong")
    enter(head, FIRST, "8h00", "9h30")
    save(head)
    clash = head.page.locator(".o_vanban_clash")
    assert clash.count() == 0

    enter(head, SECOND, "8h30", "10h00")
    clash.wait_for()
    assert FIRST in clash.inner_text()
    assert f"{LEADER} trùng lịch" in clash.inner_text()
    with head.at_most(clicks=1, keys=0):
        head.press("Dùng giờ này")
    clash.wait_for(state="detached")
    assert hours(head) == ("09:30", "11:00")
    save(head)
    assert hours(head) == ("09:30", "11:00")


def test_invited_sends_somebody_else_by_phone(desk_of, new_page, login):
    """HT-8.14: on 390 pixels, and who keeps the entry reads it at once."""
    keeper = desk_of("chuyenvien2")
    name = "Rà soát hồ sơ giải phóng mặt bằng đoạn qua phường Bến Lau"
    keeper.page.goto("/odoo/lich-cong-tac/new")
    keeper.page.locator("[name=name] textarea").fill(name)
    keeper.type_date("vanban_day", f"{monday():%d/%m/%Y}")
    keeper.pick("partner_ids", "Ninh Thị Hoài Thương", typed="hoai thuong")
    save(keeper)

    phone = new_page(viewport={"width": 390, "height": 844})
    login(phone, "chuyenvien")
    phone.locator(".o_vanban_desk_card", has_text="Giấy mời chưa trả lời").click()
    phone.locator(".o_kanban_record", has_text=name).click()
    phone.locator(".o_form_view").wait_for()
    assert is_narrow(phone)
    phone.locator(
        ".o_statusbar_buttons .dropdown-toggle, .o_statusbar_buttons .o-dropdown"
    ).first.click()
    phone.get_by_text("Cử người dự thay", exact=True).first.click()
    dialog = phone.locator(".modal")
    dialog.locator("[name=name] input").fill("Bà Lý Thị Sen, Phó Trưởng phòng")
    dialog.get_by_role("button", name="Xác nhận", exact=True).click()
    dialog.wait_for(state="detached")
    phone.locator("[name=vanban_my_reply]", has_text="Cử người dự thay").wait_for()
    assert is_narrow(phone)

    keeper.page.reload()
    keeper.page.get_by_text("Bà Lý Thị Sen").first.wait_for()
    keeper.page.get_by_text("2 mời · 1 dự · 1 cử người thay").wait_for()


def enter(desk, name, first, last):
    """Type an entry of the agency that the leader chairs."""
    page = desk.page
    page.goto("/odoo/lich-cong-tac/new")
    page.get_by_text("Lịch cơ quan", exact=True).click()
    page.locator("[name=name] textarea").fill(name)
    desk.type_date("vanban_day", f"{monday():%d/%m/%Y}")
    for field, hour in (("vanban_from", first), ("vanban_to", last)):
        box = page.locator(f"[name={field}] input")
        box.fill(hour)
        box.press("Tab")
    desk.pick("vanban_chair_id", LEADER, typed="vinh khang")


def save(desk):
    desk.page.locator(".o_form_button_save").click()
    desk.page.locator(
        ".o_form_saved, .o_form_status_indicator_buttons.invisible"
    ).first.wait_for(state="attached")


def hours(desk):
    boxes = desk.page.locator("[name=vanban_from] input, [name=vanban_to] input")
    return tuple(box.input_value() for box in boxes.all())


def is_narrow(page):
    """Tell that nothing has to be moved sideways to be read."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
