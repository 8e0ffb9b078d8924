"""One document's whole way, in a real browser, as the people who work on it."""

import datetime
import re

import pytest
from people import make_pdf

SUBJECT = "Về việc lấy ý kiến dự thảo quy chế phối hợp công tác văn thư"
REPLY = "Góp ý dự thảo quy chế phối hợp công tác văn thư"
# clicks and keys of a path, from the first screen; the guide tells them to users
REGISTER = 9, 7
DIRECT = 6, 2
APPROVE = 3, 0
ISSUE = 5, 0


@pytest.fixture(scope="module")
def paper(shared, tmp_path_factory):
    text = (shared / "corpus" / "texts" / "011.txt").read_text(encoding="utf-8")
    return make_pdf(tmp_path_factory.mktemp("paper") / "van-ban-den.pdf", text)


def test_a_document_is_registered_directed_answered_and_issued(
    desk_of, paper, tmp_path, server
):
    """HT-8.7c1 HT-3.2b HT-3.1 BS-7.2a BS-14.2c HT-8.4: six steps, six people.

    The clicks and keys of the main paths are those that the user guide tells.
    """
    draft = make_pdf(tmp_path / "du-thao.pdf", "Dự thảo lần một")
    second = make_pdf(tmp_path / "du-thao-2.pdf", "Dự thảo lần hai")
    signed = make_pdf(tmp_path / "ban-ky.pdf", "Bản ký")

    clerk = desk_of("vanthu")
    with clerk.at_most(*REGISTER):
        number = register(clerk, paper)

    head_of_office = desk_of("chanhvanphong")
    with head_of_office.at_most(*DIRECT):
        direct(head_of_office, unit_of(server, "truongphong"))
    head_of_unit = desk_of("truongphong")
    pass_on(head_of_unit, person(server, "chuyenvien"))

    officer = desk_of("chuyenvien")
    officer.open_from_queue("Chờ xử lý (chủ trì)", SUBJECT)
    officer.press("Dự thảo văn bản trả lời")
    officer.expect_state("Dự thảo")
    officer.page.locator("[name=subject] textarea").fill(REPLY)
    officer.pick("signer_id", person(server, "chutich"))
    officer.attach(draft)
    officer.submit()

    head_of_unit.open_from_queue("Chờ duyệt", REPLY)
    head_of_unit.press("Đồng ý")
    head_of_unit.page.get_by_role("button", name="Đồng ý", exact=True).wait_for(
        state="hidden"
    )
    head_of_office.open_from_queue("Chờ duyệt", REPLY)
    head_of_office.press("Trả lại")
    head_of_office.page.locator(".modal [name=text] textarea").fill("Bổ sung căn cứ")
    head_of_office.press("Xác nhận")
    head_of_office.page.locator(".modal").wait_for(state="detached")

    officer.open_from_queue("Dự thảo bị trả lại", REPLY)
    officer.attach(second)
    officer.submit()
    leader = desk_of("chutich")
    for reviewer, queue in (
        (head_of_unit, "Chờ duyệt"),
        (head_of_office, "Chờ duyệt"),
        (leader, "Chờ ký"),
    ):
        with reviewer.at_most(*APPROVE):
            reviewer.open_from_queue(queue, REPLY)
            reviewer.press("Đồng ý")
        reviewer.page.get_by_role("button", name="Đồng ý", exact=True).wait_for(
            state="hidden"
        )

    with clerk.at_most(*ISSUE):
        clerk.open_from_queue("Chờ phát hành", REPLY)
        clerk.attach(signed)
        clerk.press("Cấp số và phát hành")
        clerk.click(clerk.page.locator(".modal .btn-primary"))
    clerk.expect_state("Đã phát hành")
    symbol = clerk.page.locator("[name=symbol]").first.inner_text()
    assert re.fullmatch(r"\d{2,}/UBND-\w+", symbol.strip()), symbol

    find_both(officer, number, symbol.strip())


def register(clerk, paper):
    """Enter the paper by the form, register it, and return its number."""
    page = clerk.page
    clerk.click(page.get_by_role("menuitem", name="Văn bản đến", exact=True))
    clerk.press("Mới")
    clerk.pick("issuer_id", "Bộ Tài chính", typed="bo tai chinh")
    clerk.type(page.locator("[name=symbol] input"), "507/UBND-KGVX")
    clerk.key(page.locator("[name=symbol] input"), "Tab")
    clerk.click(page.locator("[name=date] input, [name=date] button").first)
    today = datetime.datetime.now(datetime.UTC).astimezone(
        datetime.timezone(datetime.timedelta(hours=7))
    )
    clerk.type(page.locator("[name=date] input"), today.strftime("%d/%m/%Y"))
    clerk.key(page.locator("[name=date] input"), "Tab")
    clerk.pick("document_type_id", "Công văn", typed="cong van")
    clerk.type(page.locator("[name=subject] textarea"), SUBJECT)
    clerk.attach(paper)
    page.locator(".o_attachment_preview iframe, .o-mail-Attachment iframe").wait_for()
    clerk.press("Vào sổ")
    clerk.expect_state("Đã vào sổ")
    stamp = page.locator(".o_vanban_stamp")
    assert "ĐẾN" in stamp.inner_text()
    return stamp.locator("[name=register_number]").inner_text().strip()


def direct(head_of_office, unit):
    head_of_office.open_from_queue("Chờ cho ý kiến", SUBJECT)
    head_of_office.press("Chuyển xử lý")
    head_of_office.pick("lead_id", unit)
    head_of_office.type(
        head_of_office.page.locator(".modal [name=direction_text] textarea"),
        "Giao chủ trì góp ý, trình trước hạn",
    )
    head_of_office.press("Chuyển xử lý")
    head_of_office.expect_state("Đang xử lý")


def pass_on(head_of_unit, officer):
    head_of_unit.open_from_queue("Chờ phân công trong đơn vị", SUBJECT)
    head_of_unit.press("Chuyển xử lý")
    head_of_unit.pick("lead_id", officer)
    head_of_unit.press("Chuyển xử lý")
    head_of_unit.page.locator(".modal").wait_for(state="detached")


def find_both(officer, number, symbol):
    """Find the two documents by number, by words without diacritics, by agency."""
    page = officer.page
    for words, expected in (
        (number, SUBJECT),
        ("quy che phoi hop cong tac van thu", SUBJECT),
        ("507/ubnd bo tai chinh", SUBJECT),
        (symbol, REPLY),
        ("gop y du thao quy che", REPLY),
    ):
        page.goto("/odoo/tra-cuu")
        box = page.locator(".o_searchview_input")
        box.fill(words)
        box.press("Enter")
        page.locator(".o_data_row", has_text=expected).first.wait_for()
    page.locator(".o_data_row", has_text=REPLY).first.click()
    page.locator(".o_form_view .o_form_sheet").wait_for()
    way = page.locator(".o_field_vanban_way")
    way.get_by_role("button", name="Mở rộng").click()
    way.get_by_text("Bổ sung căn cứ").wait_for()


def person(server, account):
    return query(
        server,
        "SELECT partner.name FROM res_users users JOIN res_partner partner"
        " ON partner.id = users.partner_id WHERE users.login = %s",
        account,
    )


def unit_of(server, account):
    return query(
        server,
        "SELECT coalesce(unit.name->>'vi_VN', unit.name->>'en_US')"
        " FROM hr_department unit JOIN hr_employee head ON head.id = unit.manager_id"
        " JOIN res_users users ON users.id = head.user_id"
        " WHERE users.login = %s",
        account,
    )


def query(server, sql, *params):
    with server.connect() as connection, connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]
