"""People at their screens, for the tests in a browser."""

import html
from contextlib import contextmanager

from weasyprint import HTML


def make_pdf(path, text):
    """Set a text as a paper would show it, and return the file."""
    HTML(
        string=f"<pre style='font: 11pt Liberation Serif; white-space: pre-wrap'>"
        f"{html.escape(text)}</pre>"
    ).write_pdf(path)
    return path


class Desk:
    """The screen of one person, used as that person would."""

    def __init__(self, page):
        self.page = page
        self.clicks = self.keys = 0

    @contextmanager
    def at_most(self, clicks, keys):
        """Check what a path asks of the hands; a text typed in a field is one key."""
        before = self.clicks, self.keys
        yield
        spent = self.clicks - before[0], self.keys - before[1]
        assert spent[0] <= clicks and spent[1] <= keys, spent

    def click(self, place):
        self.clicks += 1
        place.click()

    def type(self, place, text):
        self.keys += 1
        place.fill(text)

    def key(self, place, name):
        self.keys += 1
        place.press(name)

    def press(self, name):
        """Press a button of the dialog where one is open, else of the form."""
        dialogs = self.page.locator(".modal:not(.o_inactive_modal)")
        place = dialogs.last if dialogs.count() else self.page
        self.click(place.get_by_role("button", name=name, exact=True).first)

    def expect_state(self, label):
        current = self.page.locator(".o_statusbar_status .o_arrow_button_current")
        current.filter(has_text=label).first.wait_for()

    def open_from_queue(self, queue, text):
        """Open the document with this text from a queue of the desk."""
        self.page.goto("/odoo/ban-lam-viec")
        card = self.page.locator(".o_vanban_desk_card", has_text=queue)
        self.click(card.first)
        self.click(self.page.locator(".o_data_row", has_text=text).first)
        self.page.locator(".o_form_view .o_form_sheet").wait_for()

    def pick(self, field, choice, typed=None):
        """Type in a field, perhaps without diacritics, and take the proposal."""
        dialogs = self.page.locator(".modal:not(.o_inactive_modal)")
        place = dialogs.last if dialogs.count() else self.page
        box = place.locator(f"[name={field}] input").first
        self.click(box)
        self.type(box, typed or choice)
        proposals = self.page.locator(".o-autocomplete--dropdown-item")
        self.click(proposals.filter(has_text=choice).first)

    def attach(self, path):
        """Drop a file on the file list and wait until it stands there."""
        names = self.page.locator(".o_vanban_files_name")
        before = names.count()
        self.clicks += 1
        self.page.locator(".o_vanban_files input[type=file]").set_input_files(str(path))
        names.nth(before).wait_for()

    def choose(self, place, path):
        """Choose a file in a field; the window of the system is one click."""
        self.clicks += 1
        place.locator("input[type=file]").first.set_input_files(str(path))

    def submit(self):
        """Submit a draft the way that is proposed."""
        self.press("Trình")
        self.page.locator(".modal .o_data_row").first.wait_for()
        self.press("Trình")
        self.expect_state("Đang trình duyệt")

    def type_date(self, field, day):
        """Type a date in a field of the dialog or the form."""
        dialogs = self.page.locator(".modal:not(.o_inactive_modal)")
        place = dialogs.last if dialogs.count() else self.page
        self.click(place.locator(f"[name={field}] input, [name={field}] button").first)
        box = place.locator(f"[name={field}] input").first
        self.type(box, day)
        box.press("Tab")
