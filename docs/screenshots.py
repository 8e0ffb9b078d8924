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


def main():
    PICTURES.mkdir(exist_ok=True)
    program = shutil.which("google-chrome") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        take_desks(browser)
        take_documents(browser)
        browser.close()


if __name__ == "__main__":
    main()
