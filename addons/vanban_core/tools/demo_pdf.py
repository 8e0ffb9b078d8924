"""Papers for the demo agency, laid out by NĐ 30/2020 Phụ lục I."""

import re
from html import escape

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

_STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm }
body { font: 14pt/1.25 "Times New Roman", "Liberation Serif", serif; margin: 0 }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
td { padding: 0; vertical-align: top }
p { margin: 0 0 6pt; text-align: justify; text-indent: 10mm }
.left { width: 42% }
.left, .right { text-align: center; font-size: 13pt }
.rule { margin: 2pt auto 6pt; border-top: .7pt solid }
.left .rule { width: 35% }
.right .rule { width: 62% }
.about { font-size: 12pt; margin-top: 4pt }
.place { font-style: italic; font-size: 14pt }
.urgency { display: inline-block; margin-top: 8pt; padding: 2pt 10pt;
           border: 1pt solid; font-weight: bold }
.title { margin: 18pt 0 0; text-align: center; font-weight: bold }
.part { margin: 8pt 0 }
.subject { margin: 0 12mm 2pt; text-align: center; font-weight: bold }
.title + .subject + .rule { width: 25%; margin: 0 auto 12pt }
.to { margin: 16pt 0 12pt; text-align: center }
.basis { font-style: italic }
.end { margin-top: 14pt; break-inside: avoid }
.end .left { width: 46%; text-align: left; font-size: 11pt; line-height: 1.15 }
.end .right { font-weight: bold; font-size: 14pt }
.name { margin-top: 26mm }
.draft { position: fixed; top: -12mm; right: 0; font-weight: bold; font-size: 13pt }
"""
_fonts = FontConfiguration()
_sheets = []


def render(paper):
    """Return the bytes of a PDF.

    :param dict paper: ``agency``; and where there is one ``parent``, ``symbol``,
        ``place_date``, ``title`` (None for a letter), ``subject``, ``to`` (list),
        ``basis`` (list), ``paragraphs`` (list), ``recipients`` (list), ``signing``
        (lines above the name), ``signer``, ``urgency``, ``draft`` (bool)
    """
    if not _sheets:
        _sheets.append(CSS(string=_STYLE, font_config=_fonts))
    page = HTML(string=_page({name: _safe(value) for name, value in paper.items()}))
    return page.write_pdf(stylesheets=_sheets, font_config=_fonts)


def _safe(value):
    if isinstance(value, list | tuple):
        return [escape(line) for line in value]
    return escape(value) if isinstance(value, str) else value


def _page(paper):
    parts = [
        "<html lang='vi'><body>",
        "<div class='draft'>DỰ THẢO</div>" if paper.get("draft") else "",
        _head(paper),
        _subject(paper),
        _basis(paper),
        *(f"<p>{_article(line)}</p>" for line in paper.get("paragraphs", [])),
        _end(paper),
        "</body></html>",
    ]
    return "".join(parts)


def _head(paper):
    parent = paper.get("parent")
    title = paper.get("title")
    about = "" if title else f"<div class='about'>V/v {paper['subject']}</div>"
    urgency = paper.get("urgency")
    stamp = f"<br><span class='urgency'>{urgency.upper()}</span>" if urgency else ""
    return f"""
<table><tr>
<td class="left">{f"{_break(parent.upper())}<br>" if parent else ""}
<b>{_break(paper["agency"].upper())}</b><div class="rule"></div>
Số: {paper.get("symbol") or "&emsp;&emsp;"}{about}{stamp}</td>
<td class="right"><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br>
<b style="font-size: 14pt">Độc lập - Tự do - Hạnh phúc</b><div class="rule"></div>
<span class="place">{paper.get("place_date", "")}</span></td>
</tr></table>"""


def _break(name):
    """Let the name of a committee stand on two lines, as on its papers."""
    return name.replace("ỦY BAN NHÂN DÂN ", "ỦY BAN NHÂN DÂN<br>")


def _subject(paper):
    title, receivers = paper.get("title"), "; ".join(paper.get("to", []))
    to = f"<div class='to'>Kính gửi: {receivers}.</div>" if receivers else ""
    if not title:
        return to
    return f"""<div class="title">{title.upper()}</div>
<div class="subject">{paper["subject"]}</div><div class="rule"></div>{to}"""


def _basis(paper):
    """Return what a decision stands on: who decides, by which rules."""
    if not paper.get("basis"):
        return ""
    rules = "".join(f"<p class='basis'>{line}</p>" for line in paper["basis"])
    return f"""<div class="title part">{paper["agency"].upper()}</div>{rules}
<div class="title part">{paper["title"].upper()}:</div>"""


def _article(line):
    return re.sub(r"^(Điều \d+\.)", r"<b>\1</b>", line)


def _end(paper):
    recipients = "<br>".join(f"- {line};" for line in paper.get("recipients", []))
    signing = "<br>".join(line.upper() for line in paper.get("signing", []))
    return f"""
<table class="end"><tr>
<td class="left"><b><i>Nơi nhận:</i></b><br>{recipients}<br>- Lưu: VT.</td>
<td class="right">{signing}<div class="name">{paper.get("signer", "")}</div></td>
</tr></table>"""
