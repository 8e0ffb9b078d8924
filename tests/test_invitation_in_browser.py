"""An invitation's way into the schedule in a real browser."""

MEETING = "điều chỉnh ranh giới bãi kiểm hóa số 2"
QUEUE = "Giấy mời chưa đưa vào lịch"


def test_an_issued_invitation_goes_into_the_schedule(desk_of):
    """HT-9a: one click from the drafter's list; what is unclear is looked at."""
    officer = desk_of("chuyenvien")
    page = officer.page
    officer.open_from_queue(QUEUE, MEETING)
    officer.press("Không cần đưa vào lịch")
    page.get_by_text("Giấy mời này không đưa vào lịch").wait_for()
    officer.press("Hoàn tác")
    page.get_by_text("Giấy mời này không đưa vào lịch").wait_for(state="hidden")

    with officer.at_most(clicks=1, keys=0):
        officer.press("Đưa vào lịch")
        banner = page.locator(".alert", has_text="Xem lại: thành phần")
        banner.wait_for()
    banner.get_by_text("theo danh sách kèm theo").wait_for()
    assert MEETING in page.locator("[name=name] textarea").input_value()
    assert "Phòng họp số 2" in page.locator("[name=vanban_room_id] input").input_value()
    chair = page.locator("[name=vanban_chair_id] input").input_value()
    assert "Lục Thị Diễm Hằng" in chair
    people = page.locator("[name=partner_ids]")
    people.get_by_text("Sở Xây dựng").first.wait_for()
    officer.expect_state("Đề xuất")

    officer.press("Đã xem lại")
    banner.wait_for(state="hidden")
    officer.press("Mở giấy mời")
    officer.press("Mở lịch đã lập")
    officer.expect_state("Đề xuất")

    page.goto("/odoo/ban-lam-viec")
    page.locator(".o_vanban_desk_card").first.wait_for()
    assert not page.locator(".o_vanban_desk_card", has_text=QUEUE).count()
