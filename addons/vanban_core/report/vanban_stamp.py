import io
import shutil
import subprocess
import tempfile

from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError

from odoo import api, models
from odoo.exceptions import UserError

from . import form_text, free_space

POINTS_PER_MM = 72 / 25.4
A4_HEIGHT = 297


class ReportVanbanStamp(models.AbstractModel):
    """Dấu "ĐẾN" on a sheet of its own, to run the paper through the printer."""

    _name = "report.vanban_core.report_stamp"
    _inherit = ["vanban.incoming.form"]
    _description = "Arrival stamp"

    @api.model
    def _get_report_values(self, docids, data=None):
        documents = self._get_documents(docids)
        return {
            "title": "Dấu đến",
            "stamps": [self._get_stamp(document) for document in documents],
        }

    def _get_stamp(self, document):
        agency = document.company_id.sudo()
        arrived = form_text.local(document.received_date, agency._vanban_tz())
        date = form_text.day(arrived or document.register_date)
        if arrived and document.urgency == "express":
            date = f"{arrived:%H:%M} {date}"
        receivers = document.routing_ids.filtered(
            lambda r: r.role in ("direct", "lead") and r.state != "withdrawn"
        )
        lead = receivers.filtered(lambda r: r.role == "lead")[:1] or receivers[:1]
        cases = document.case_ids._filtered_access("read")
        left, top = free_space.get_usual_place(document.document_type_id.abbreviation)
        return {
            "agency": form_text.break_name(agency.name),
            "number": document.register_number,
            "date": date,
            "receiver": lead.to_label or "",
            "case": "; ".join(code for code in cases.mapped("code") if code),
            "left": left,
            "top": top,
        }


class ReportVanbanStampedCopy(models.AbstractModel):
    """Dấu "ĐẾN" laid on the first page of a copy; the file received stays as it is."""

    _name = "report.vanban_core.report_stamped_copy"
    _inherit = ["vanban.incoming.form"]
    _description = "Copy with the arrival stamp"

    def _render_paged(self, docids):
        documents = self._get_documents(docids)
        writer = PdfWriter()
        for document in documents:
            raw = self._get_pdf(document)
            stamp = self.env["ir.actions.report"]._vanban_print(
                "vanban_core.vanban_stamp_report", document
            )
            usual = free_space.get_usual_place(document.document_type_id.abbreviation)
            try:
                self._append_stamped(writer, raw, stamp, usual)
            except (PyPdfError, ValueError, KeyError, TypeError, OSError) as error:
                raise UserError(
                    self.env._(
                        "The PDF of “%(document)s” cannot be read for stamping.",
                        document=document.symbol or document.register_number,
                    )
                ) from error
        buffer = io.BytesIO()
        writer.write(buffer)
        return buffer.getvalue()

    def _append_stamped(self, writer, raw, stamp, usual):
        """Append the pages of a PDF, the stamp on the first of them.

        :param bytes raw: the PDF
        :param bytes stamp: an A4 page with the stamp at its usual place
        :param tuple usual: left and top in mm of that place
        """
        first = len(writer.pages)
        writer.append(PdfReader(io.BytesIO(raw)))
        page = writer.pages[first]
        page.transfer_rotation_to_content()
        left, top = free_space.find(self._get_grey(page), usual)
        # from the sheet's upper left corner, whatever its size
        shift_x = float(page.cropbox.left) + (left - usual[0]) * POINTS_PER_MM
        shift_y = float(page.cropbox.top) - (A4_HEIGHT + top - usual[1]) * POINTS_PER_MM
        page.merge_transformed_page(
            PdfReader(io.BytesIO(stamp)).pages[0],
            Transformation().translate(shift_x, shift_y),
        )

    def _get_pdf(self, document):
        """Return the newest scan of a document.

        :raise UserError: none is a PDF that can be read
        """
        scans = document.file_ids.filtered(lambda f: f.role == "scan" and f.is_pdf)
        scan = scans.sorted("version")[-1:]
        if not scan.page_count:
            raise UserError(
                self.env._(
                    "“%(document)s” has no PDF that can be stamped.",
                    document=document.symbol or document.register_number,
                )
            )
        # the file is open to the user; its attachment is read for it
        return scan.sudo().attachment_id.raw

    def _get_grey(self, page):
        """Return one page as PGM for the search of a free place, or None."""
        program = shutil.which("pdftoppm")
        if not program:
            return None
        single = PdfWriter()
        single.add_page(page)
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            single.write(file)
            file.flush()
            done = subprocess.run(
                [
                    program,
                    "-cropbox",
                    "-gray",
                    "-r",
                    str(free_space.DPI),
                    file.name,
                ],
                capture_output=True,
                check=False,
                timeout=30,
            )
        return done.stdout if done.returncode == 0 else None
