"""The papers of the demo agency, from its story to a PDF."""

from . import demo_pdf


class Printer:
    """Makes the papers of the story (NĐ 30/2020 Phụ lục I)."""

    def __init__(self, env, story):
        self.env = env
        self.texts = story["texts"]
        self.signing = story["signing"]
        self.urgencies = story["urgency_stamps"]

    def print_paper(self, entry, head, kind, recipients, symbol=None, **more):
        """Return a PDF.

        :param dict head: ``agency``, ``parent``, ``place_date``
        :param list recipients: names
        """
        letter = not kind.abbreviation
        texts = self.texts.get(entry["kind"], self.texts["default"])
        subject = entry["subject"]
        texts = {
            name: "\n".join(lines)
            .format(subject=subject, detail=entry["detail"])
            .splitlines()
            for name, lines in texts.items()
        }
        return demo_pdf.render(
            {
                **head,
                "symbol": symbol,
                "title": None if letter else kind.name,
                "subject": subject[0].lower() + subject[1:] if letter else subject,
                "to": recipients if entry["kind"] in self.texts["addressed"] else [],
                "basis": texts.get("basis", []),
                "paragraphs": texts["paragraphs"],
                "recipients": ["Như trên" if letter else "Như kính gửi"]
                if entry["kind"] in self.texts["addressed"]
                else recipients,
                "urgency": self.urgencies.get(entry.get("urgency")),
                **more,
            }
        )

    def get_head(self, partner, date):
        """Return the head of a paper of this agency."""
        main = self.env.ref("base.main_partner")
        code = partner.vanban_identifier or ""
        below = code.startswith(f"{main.vanban_identifier}.")
        below = below and partner.vanban_code != main.vanban_code
        name = partner.name
        return {
            "agency": name.removesuffix(f" tỉnh {main.city}") if below else name,
            "parent": main.name if below else None,
            # Phụ lục I mục II.4: a zero before days below 10 and months 1 and 2
            "place_date": f"{partner.city}, ngày {date.day:02d} tháng "
            f"{date.month if date.month > 2 else f'0{date.month}'} năm {date.year}",
        }
