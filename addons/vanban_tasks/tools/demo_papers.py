"""The papers of the demo tasks, as agencies write them (NĐ 30/2020 Phụ lục I)."""

import base64

from odoo.addons.vanban_core.tools import demo_pdf
from odoo.addons.vanban_core.tools.demo_paper import Printer

#: kind of paper → its title, its abbreviation; a letter has neither
KINDS = {
    "letter": (None, ""),
    "conclusion": ("Thông báo", "TB"),
    "opinion": ("Phiếu lấy ý kiến", ""),
    "report": ("Báo cáo", "BC"),
}


class Papers:
    """Prints what the agencies of the story send each other."""

    def __init__(self, env):
        story = {"texts": {}, "signing": {}, "urgency_stamps": {}}
        self.printer = Printer(env, story)
        self.numbers = {}

    def make(self, kind, company, date, subject, paragraphs, signer, **more):
        """Return number, subject, signer and signed file, as actions take them.

        :param signer: the user who signs
        :param more: ``symbol``, where the paper has one already, and ``to``
        """
        title, abbreviation = KINDS[kind]
        symbol = more.get("symbol", self._take_symbol(company, abbreviation))
        receivers = more.get("to", [])
        pdf = demo_pdf.render(
            {
                **self.printer.get_head(company.partner_id, date),
                "symbol": symbol or None,
                "title": title,
                "subject": subject if title else subject[0].lower() + subject[1:],
                "to": receivers if not title else [],
                "paragraphs": [*paragraphs[:-1], f"{paragraphs[-1]}./."],
                "recipients": ["Như trên"] if receivers and not title else receivers,
                "signing": self._get_signing(company, signer),
                "signer": signer.name,
            }
        )
        name = symbol.replace("/", "-") or "phieu-lay-y-kien"
        file = {"name": f"{name}.pdf", "role": "signed"}
        return {
            "symbol": symbol,
            "subject": subject,
            "signer_name": signer.name,
            "files": [{**file, "content": base64.b64encode(pdf).decode()}],
        }

    def _take_symbol(self, company, abbreviation):
        number = self.numbers.get(company, 140 + 7 * company.id) + 1
        self.numbers[company] = number
        code = company.vanban_code or "UBND"
        return (
            f"{number}/{abbreviation}-{code}" if abbreviation else f"{number}/{code}-VP"
        )

    def _get_signing(self, company, signer):
        title = signer._vanban_person()["title"]
        if title == "Chánh Văn phòng":
            return ["TL. Chủ tịch", title]
        if "Ủy ban" in company.name:
            return ["TM. Ủy ban nhân dân", title]
        return [title]
