"""The week of an agency in a real browser: from the proposal to its publication."""

from people import Desk
from playwright.sync_api import expect

WEEK = "/odoo/lich-lam-viec"
# far away: no holiday, nothing else stands there, and it is never over
MONDAY, MONDAY_BEFORE, OTHER_MONDAY = "2090-03-13", "2090-03-06", "2090-03-20"
CONTENT = "Nghe báo cáo tiến độ kè chống sạt lở bờ tả sông Mây"
UNWANTED = "Liên hoan văn nghệ của phòng"
PHONE = {"viewport": {"width": 390, "height": 844}}


def open_next_week(page):
    """Open a week and go on by the key."""
    page.goto(f"{WEEK}?active_id={MONDAY_BEFORE}")
    page.locator(".o_vanban_week_scroll").wait_for()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".o_vanban_week h1")).to_contain_text("từ 13/03 đến 19/03/2090")


def propose(desk, content, session):
    """Propose something for a session of the second day of the week."""
    page = desk.page
    # a day has its sessions below each other, morning first
    day = page.locator(".o_vanban_week_table tbody").nth(1)
    desk.click(day.get_by_role("button", name=session))
    form = page.locator(".o_form_view")
    desk.type(form.locator("[name=name] textarea, [name=name] input").first, content)
    desk.click(form.locator(".o_form_button_save"))
    page.locator(".o_form_saved, .o_form_button_create").first.wait_for()
    desk.click(page.locator(".o_breadcrumb a", has_text="Lịch tuần"))
    entry = page.locator("tr", has_text=content)
    expect(entry.locator(".badge", has_text="Đề xuất")).to_be_visible()


def call(page, model, method, *args):
    """Call the server as who is logged in, past the screen."""
    return page.evaluate(
        """async ([model, method, args]) => {
            const answer = await fetch(`/web/dataset/call_kw/${model}/${method}`, {
                method: "POST",
                headers: { "Content-Type": "application/json" },
                body: JSON.stringify({ params: { model, method, args, kwargs: {} } }),
            });
            return (await answer.json()).result;
        }""",
        [model, method, list(args)],
    )


def test_a_week_is_proposed_arranged_approved_and_published(desk_of, new_page, login):
    """HN-6.2a HN-7.2a HN-7.2b HN-7.2e: four people, one of them at the phone."""
    unit_head = desk_of("truongphong")
    open_next_week(unit_head.page)
    propose(unit_head, CONTENT, "Chiều")
    propose(unit_head, UNWANTED, "Sáng")
    expect(unit_head.page.get_by_role("button", name="Trình lãnh đạo")).to_have_count(0)

    office_head = desk_of("chanhvanphong")
    open_next_week(office_head.page)
    panel = office_head.page.locator(".o_vanban_week_panel")
    with office_head.at_most(clicks=3, keys=0):
        wanted = panel.locator("li", has_text=CONTENT)
        office_head.click(wanted.get_by_role("button", name="Nhận", exact=True))
        expect(wanted).to_have_count(0)
        unwanted = panel.locator("li", has_text=UNWANTED)
        office_head.click(unwanted.get_by_role("button", name="Không đưa vào lịch"))
        office_head.click(
            office_head.page.get_by_role("menuitem", name="Không cần đưa vào lịch này")
        )
    expect(panel).to_have_count(0)
    expect(office_head.page.locator("tr", has_text=UNWANTED)).to_have_count(0)
    office_head.press("Trình lãnh đạo")

    leader = Desk(new_page(**PHONE))
    login(leader.page, "chutich")
    open_next_week(leader.page)
    expect(leader.page.locator(".o_vanban_week_card", has_text=CONTENT)).to_be_visible()
    width = leader.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["viewport"]["width"]
    approve = leader.page.get_by_role("button", name="Duyệt", exact=True)
    assert approve.bounding_box()["height"] >= 44
    with leader.at_most(clicks=1, keys=0):
        leader.press("Duyệt")
    expect(leader.page.locator(".o_vanban_week_current")).to_contain_text("Đã duyệt")

    # who arranges it sees so without doing anything
    office_head.press("Công bố")
    office_head.page.locator(".modal").wait_for()
    office_head.press("Công bố")
    current = office_head.page.locator(".o_vanban_week_current")
    expect(current).to_contain_text("Đã công bố")

    officer = desk_of("chuyenvien")
    open_next_week(officer.page)
    entry = officer.page.locator("tr", has_text=CONTENT)
    expect(entry).to_be_visible()
    expect(entry.locator(".badge")).to_have_count(0)
    expect(officer.page.locator(".o_vanban_week_actions")).to_have_count(0)
    officer.click(entry.get_by_role("link", name=CONTENT))
    officer.page.locator(".o_form_view").wait_for()


def test_leader_is_told_that_the_week_changed_meanwhile(desk_of, new_page, login):
    """HN-6.2a: nobody approves a week that was another one when it was read."""
    office_head = desk_of("phochanhvanphong")
    page = office_head.page
    monday = OTHER_MONDAY
    entry = call(
        page,
        "calendar.event",
        "create",
        [
            {
                "name": "Duyệt quy hoạch bến thuyền",
                "vanban_level": "agency",
                "start": f"{monday} 01:00:00",
                "stop": f"{monday} 02:00:00",
            }
        ],
    )
    [entry_id] = entry if isinstance(entry, list) else [entry]
    schedule = call(page, "vanban.schedule", "action_open_week", monday)
    call(page, "vanban.schedule", "action_submit", [schedule])

    leader = Desk(new_page(**PHONE))
    login(leader.page, "phochutich")
    leader.page.goto(f"{WEEK}?active_id={monday}")
    card = leader.page.locator(".o_vanban_week_card")
    expect(card).to_contain_text("Duyệt quy hoạch bến thuyền")
    call(page, "calendar.event", "write", [entry_id], {"location": "Bến thuyền"})
    notice = leader.page.locator(".o_notification", has_text="vừa thay đổi")
    expect(notice).to_be_visible()
    expect(card).to_contain_text("Vừa thay đổi")
    expect(card).to_contain_text("Bến thuyền")


def test_screen_of_the_hall_keeps_its_picture(desk_of, new_page):
    """The server goes away and comes back; then the address is taken back."""
    admin = desk_of("quantri")
    action = call(admin.page, "vanban.calendar.feed", "action_create_hall", [])
    feed = action["res_id"]
    [values] = call(admin.page, "vanban.calendar.feed", "read", [feed], ["address"])
    address = values["address"].partition("/vanban/")[2]

    screen = new_page(viewport={"width": 1920, "height": 1080})
    screen.clock.install()
    screen.goto(f"/vanban/{address}")
    expect(screen.locator("h1")).to_have_text("Ủy ban nhân dân tỉnh Sông Mây")
    note = screen.locator("#away")
    expect(note).to_be_hidden()
    screen.context.set_offline(True)
    screen.clock.fast_forward(61_000)
    expect(note).to_contain_text("Không kết nối được máy chủ")
    expect(screen.locator("h2").first).to_have_text("Hôm nay")
    screen.context.set_offline(False)
    screen.clock.fast_forward(61_000)
    expect(note).to_be_hidden()
    call(admin.page, "vanban.calendar.feed", "action_revoke", [feed])
    screen.clock.fast_forward(61_000)
    expect(screen.locator("body")).to_be_empty()
