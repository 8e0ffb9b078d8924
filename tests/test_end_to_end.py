"""One document's whole way, in a real browser, as the people who work on it."""

import datetime
import html
import re

import pytest
from weasyprint import HTML

SUBJECT = "Về việc lấy ý kiến dự thảo quy chế phối hợp công tác văn thư"
REPLY = "Góp ý dự thảo quy chế phối hợp công tác văn thư"


def make_pdf(path, text):
    """Set a text as a paper would show it, and return the file."""
    HTML(
        string=f"<pre style='font: 11pt Liberation Serif; white-space: pre-wrap'>"
        f"{html.escape(text)}</pre>"
    ).write_pdf(path)
    return path


@pytest.fixture(scope="module")
def paper(shared, tmp_path_factory):
    text = (shared / "corpus" / "texts" / "011.txt").read_text(encoding="utf-8")
    return make_pdf(tmp_path_factory.mktemp("paper") / "van-ban-den.pdf", text)


class Desk:
    """The screen of one person, used as that person would."""

    def __init__(self, page):
        self.page = page

    def press(self, name):
        """Press a button of the dialog where one is open, else of the form."""
        dialogs = self.page.locator(".modal:not(.o_inactive_modal)")
        place = dialogs.last if dialogs.count() else self.page
        place.get_by_role("button", name=name, exact=True).first.click()

    def expect_state(self, label):
        current = self.page.locator(".o_statusbar_status .o_arrow_button_current")
        current.filter(has_text=label).first.wait_for()

    def open_from_queue(self, queue, text):
        """Open the document with this text from a queue of the desk."""
        self.page.goto("/odoo/ban-lam-viec")
        card = self.page.locator(".o_vanban_desk_card", has_text=queue)
        card.first.click()
        self.page.locator(".o_data_row", has_text=text).first.click()
        self.page.locator(".o_form_view .o_form_sheet").wait_for()

    def pick(self, field, choice, typed=None):
        """Type in a field, perhaps without diacritics, and take the proposal."""
        dialogs = self.page.locator(".modal:not(.o_inactive_modal)")
        place = dialogs.last if dialogs.count() else self.page
        box = place.locator(f"[name={field}] input").first
        box.click()
        box.fill(typed or choice)
        proposals = self.page.locator(".o-autocomplete--dropdown-item")
        proposals.filter(has_text=choice).first.click()

    def attach(self, path):
        """Give a file to the file list and wait until it stands there."""
        names = self.page.locator(".o_vanban_files_name")
        before = names.count()
        self.page.locator(".o_vanban_files input[type=file]").set_input_files(str(path))
        names.nth(before).wait_for()

    def submit(self):
        """Submit a draft the way that is proposed."""
        self.press("Trình")
        self.page.locator(".modal .o_data_row").first.wait_for()
        self.press("Trình")
        self.expect_state("Đang trình duyệt")


@pytest.fixture
def desk_of(new_page, login):
    """Return desk_of(account): the screen of that account, logged in."""

    def open_desk(account):
        page = new_page()
        login(page, account)
        page.locator(".o_vanban_desk").wait_for()
        return Desk(page)

    return open_desk


def test_a_document_is_registered_directed_answered_and_issued(
    desk_of, paper, tmp_path, server
):
    """HT-8.7c1 HT-3.2b HT-3.1 BS-7.2a BS-14.2c HT-8.4: six steps, six people."""
    draft = make_pdf(tmp_path / "du-thao.pdf", "Dự thảo lần một")
    second = make_pdf(tmp_path / "du-thao-2.pdf", "Dự thảo lần hai")
    signed = make_pdf(tmp_path / "ban-ky.pdf", "Bản ký")

    clerk = desk_of("vanthu")
    number = register(clerk, paper)

    head_of_office = desk_of("chanhvanphong")
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
        reviewer.open_from_queue(queue, REPLY)
        reviewer.press("Đồng ý")
        reviewer.page.get_by_role("button", name="Đồng ý", exact=True).wait_for(
            state="hidden"
        )

    clerk.open_from_queue("Chờ phát hành", REPLY)
    clerk.attach(signed)
    clerk.press("Cấp số và phát hành")
    clerk.page.locator(".modal .btn-primary").click()
    clerk.expect_state("Đã phát hành")
    symbol = clerk.page.locator("[name=symbol]").first.inner_text()
    assert re.fullmatch(r"\d{2,}/UBND-\w+", symbol.strip()), symbol

    find_both(officer, number, symbol.strip())


def register(clerk, paper):
    """Enter the paper by the form, register it, and return its number."""
    page = clerk.page
    page.goto("/odoo/van-ban-den")
    clerk.press("Mới")
    clerk.pick("issuer_id", "Bộ Tài chính", typed="bo tai chinh")
    page.locator("[name=symbol] input").fill("507/UBND-KGVX")
    page.locator("[name=symbol] input").press("Tab")
    page.locator("[name=date] input, [name=date] button").first.click()
    today = datetime.datetime.now(datetime.UTC).astimezone(
        datetime.timezone(datetime.timedelta(hours=7))
    )
    page.locator("[name=date] input").fill(today.strftime("%d/%m/%Y"))
    page.locator("[name=date] input").press("Tab")
    clerk.pick("document_type_id", "Công văn", typed="cong van")
    page.locator("[name=subject] textarea").fill(SUBJECT)
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
    head_of_office.page.locator(".modal [name=direction_text] textarea").fill(
        "Giao chủ trì góp ý, trình trước hạn"
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
