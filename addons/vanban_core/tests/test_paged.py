import io

from pypdf import PdfReader

from odoo.tests import BaseCase, tagged

from ..report import paged

ROW = '<tr>{keys}<td style="height: 20mm">{text}</td></tr>'


@tagged("post_install", "-at_install")
class TestPaged(BaseCase):
    def _print(self, rows, name="vb-keyed"):
        """Return the lines of each page of a table with a repeated head."""
        html = (
            f"<style>{paged.read_css()}</style><div class='vb-book'>"
            f"<table class='{name}'><thead><tr><th>Ngày</th><th>Buổi</th>"
            f"<th>Nội dung</th></tr></thead><tbody>{''.join(rows)}</tbody></table>"
        )
        pages = PdfReader(io.BytesIO(paged.write_pdf(html.encode()))).pages
        return [page.extract_text().split() for page in pages]

    def _make_rows(self, *days):
        rows = []
        for day, count in days:
            for number in range(count):
                keys = ""
                if not number:
                    keys = f'<td rowspan="{count}">{day}</td><td rowspan="3">Sáng</td>'
                if number == 3:
                    keys = f'<td rowspan="{count - 3}">Chiều</td>'
                rows.append(ROW.format(keys=keys, text=f"{day}.{number}"))
        return rows

    def test_keys_of_rows_are_told_again_on_each_page(self):
        pages = self._print(self._make_rows(("Hai", 10), ("Ba", 10)))
        self.assertGreater(len(pages), 2)
        seen = []
        for words in pages:
            self.assertEqual(words[:4], ["Ngày", "Buổi", "Nội", "dung"])
            rows = [word for word in words if "." in word]
            day = rows[0].split(".")[0]
            first, session = words[4:6]
            self.assertEqual(first, day)
            afternoon = int(rows[0].split(".")[1]) >= 3
            self.assertEqual(session, "Chiều" if afternoon else "Sáng")
            # once on each page, where the day does not begin anew
            self.assertEqual(words.count(day), 1)
            seen += rows
        self.assertEqual(
            seen, [f"Hai.{n}" for n in range(10)] + [f"Ba.{n}" for n in range(10)]
        )

    def test_other_tables_stay_as_they_are(self):
        pages = self._print(self._make_rows(("Hai", 12)), name="vb-other")
        self.assertGreater(len(pages), 1)
        self.assertNotIn("Hai", pages[1])
