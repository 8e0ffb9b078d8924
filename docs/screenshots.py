"""Take the pictures of the user guide: run by `make screenshots`."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).with_name("images")
URL = os.environ["VANBAN_URL"]
ACCOUNTS = [
    "vanthu",
    "chuyenvien",
    "truongphong",
    "chanhvanphong",
    "chutich",
    "thuky",
    "luutru",
    "quantri",
]
SETTLE = 2000  # milliseconds; what moves or loads has come to rest


class Camera:
    """One person's browser window."""

    def __init__(self, browser, account, width=1366, height=768):
        context = browser.new_context(
            base_url=URL,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": width, "height": height},
        )
        self.page = context.new_page()
        self.page.goto("/web/login")
        self.page.fill("input[name=login]", account)
        self.page.fill("input[name=password]", account)
        self.page.click("button[type=submit]")
        self.page.locator(".o_vanban_desk").wait_for()

    def take(self, name):
        self.page.wait_for_timeout(SETTLE)
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def open_from_desk(self, queue):
        """Open the first document of a queue."""
        self.page.goto("/odoo/ban-lam-viec")
        self.page.locator(".o_vanban_desk_card", has_text=queue).first.click()
        self.page.locator(".o_data_row .o_data_cell").nth(2).click()
        self.page.locator(".o_form_view .o_form_sheet").wait_for()
        self.page.wait_for_timeout(SETTLE)  # the paper is drawn by another frame

    def show(self, path, name=None):
        """Open a list, and take its picture where that has a name."""
        self.page.goto(f"/odoo/{path}")
        self.page.locator(".o_data_row").first.wait_for()
        if name:
            self.take(name)

    def open_row(self, text):
        """Open the line of the list with this text."""
        row = self.page.locator(".o_data_row", has_text=text).first
        row.locator(".o_data_cell").nth(1).click()
        self.page.locator(".o_form_view .o_form_sheet").wait_for()
        self.page.wait_for_timeout(SETTLE)  # the paper is drawn by another frame

    def close(self):
        self.page.context.close()


def take_desks(browser):
    for account in ACCOUNTS:
        camera = Camera(browser, account)
        camera.take(f"ban-lam-viec-{account}")
        camera.close()
    phone = Camera(browser, "chutich", 390, 844)
    phone.take("ban-lam-viec-dien-thoai")
    phone.page.goto("/odoo/van-ban-di")
    phone.page.locator(".o_kanban_record, .o_data_row").first.wait_for()
    phone.take("van-ban-di-dien-thoai")
    phone.close()


def take_documents(browser):
    camera = Camera(browser, "chanhvanphong")
    camera.open_from_desk("Chờ cho ý kiến")
    camera.take("van-ban-den")
    camera.page.get_by_role("button", name="Chuyển xử lý", exact=True).first.click()
    camera.page.locator(".modal .btn-primary").wait_for()
    camera.take("chuyen-xu-ly")
    camera.close()
    camera = Camera(browser, "chutich")
    camera.open_from_desk("Chờ ký")
    camera.take("van-ban-di")
    camera.close()
    camera = Camera(browser, "vanthu")
    camera.page.goto("/odoo/van-ban-den")
    camera.page.locator(".o_data_row").first.wait_for()
    camera.take("danh-sach-van-ban-den")
    camera.close()


def take_tasks(browser):
    camera = Camera(browser, "chuyenvien")
    camera.show("theo-doi-nhiem-vu", "nhiem-vu-theo-doi")
    camera.page.locator(".o_switch_view.o_vanban_timeline").click()
    camera.page.mouse.move(0, 400)
    camera.take("nhiem-vu-truc-thoi-gian")
    camera.show("nhiem-vu-da-nhap", "nhiem-vu-da-nhap")
    camera.open_row("255/UBND-TH")
    camera.take("nhiem-vu-giao")
    camera.close()
    camera = Camera(browser, "giamdoc.so")
    camera.show("nhiem-vu")
    camera.open_row("Rà soát, tháo gỡ vướng mắc")
    camera.take("nhiem-vu-thuc-hien")
    camera.page.get_by_role("button", name="Báo cáo kết quả").click()
    camera.page.locator(".modal .btn-primary").first.wait_for()
    camera.take("nhiem-vu-bao-cao")
    camera.close()
    camera = Camera(browser, "truongphong.kt")
    camera.open_from_desk("Kết quả chờ xác nhận")
    camera.take("nhiem-vu-xac-nhan")
    camera.close()
    camera = Camera(browser, "chanhvanphong")
    camera.show("ky-thi-dua")
    camera.open_row("Đang mở")
    camera.take("diem-thi-dua")
    camera.page.goto("/odoo/tinh-hinh-nhiem-vu")
    camera.take("nhiem-vu-tinh-hinh")
    camera.close()
    phone = Camera(browser, "chanhvanphong", 390, 844)
    phone.page.goto("/odoo/theo-doi-nhiem-vu")
    phone.page.locator(".o_kanban_record").first.wait_for()
    phone.take("nhiem-vu-dien-thoai")
    phone.close()


def main():
    PICTURES.mkdir(exist_ok=True)
    program = shutil.which("google-chrome") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        take_desks(browser)
        take_documents(browser)
        take_tasks(browser)
        browser.close()


if __name__ == "__main__":
    main()
