import hashlib
import io
import zipfile
from pathlib import PurePath

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.mimetypes import guess_mimetype

from ..const import FILE_ROLES, FILE_TYPES
from ..tools.args import to_id


class VanbanDocumentFile(models.Model):
    """A file of a document, kept byte for byte with its SHA-256 (design §4.9).

    A new content is a new version; no version is ever written over or deleted once the
    document went on its way.
    """

    _name = "vanban.document.file"
    _inherit = ["vanban.document.part"]
    _description = "File of a document"
    _order = "document_id, role, version desc, id desc"
    _guarded_fields = frozenset(
        {"version", "sha256", "size", "attachment_id", "page_count"}
    )

    document_id = fields.Many2one(
        "vanban.document", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(string="File name", required=True)
    role = fields.Selection(
        FILE_ROLES,
        required=True,
        default=lambda self: self.env.context.get("default_file_role", "other"),
    )
    content = fields.Binary(
        string="File",
        compute="_compute_content",
        inverse="_inverse_content",
        attachment=False,
    )
    attachment_id = fields.Many2one(
        "ir.attachment", readonly=True, ondelete="restrict", index=True
    )
    version = fields.Integer(readonly=True, default=1, aggregator=None)
    sha256 = fields.Char(string="SHA-256", readonly=True)
    size = fields.Integer(string="Bytes", readonly=True)
    page_count = fields.Integer(string="Pages", readonly=True, aggregator="sum")
    is_pdf = fields.Boolean(compute="_compute_is_pdf")

    @api.depends("name")
    def _compute_is_pdf(self):
        for file in self:
            file.is_pdf = (file.name or "").lower().endswith(".pdf")

    def _compute_content(self):
        for file in self:
            file.content = file.sudo().attachment_id.datas

    def _inverse_content(self):
        """Nothing to do: ``create`` keeps the content, ``write`` refuses a new one."""

    def _get_part_domain(self):
        """Working files of a draft stay with those on its way, also after issue."""
        return ~Domain("role", "in", ("draft", "submission")) | self._way_domain()

    # ---- create, write, delete ----

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._vanban_clean(vals) for vals in vals_list]
        prepared = [self._prepare_file_vals(vals) for vals in vals_list]
        in_action = self._vanban_in_action()
        files = super(VanbanDocumentFile, in_action).create(prepared)
        for file in files:
            file.document_id._vanban_in_action().write(
                {"message_main_attachment_id": file.attachment_id.id}
            )
        return files.with_env(self.env)

    def _prepare_file_vals(self, vals):
        """Check one file and return the values to store, its attachment made.

        :raise UserError: may not, or not an acceptable file
        """
        document = self.env["vanban.document"].browse(to_id(vals.get("document_id")))
        if not document.exists():
            raise UserError(self.env._("A file belongs to a document."))
        role = vals.get("role") or self.env.context.get("default_file_role", "other")
        if not isinstance(role, str) or role not in dict(FILE_ROLES):
            raise UserError(self.env._("Say what kind of file it is."))
        document._check_can_add_file(role)
        content = vals.get("content") or b""
        raw = self.env["ir.attachment"]._decode_vanban(content)
        name = PurePath(str(vals.get("name") or "").replace("\\", "/")).name
        pages = self._check_content(name, raw, document.company_id)
        sibling = self.sudo().search(
            [("document_id", "=", document.id), ("role", "=", role)],
            order="version desc",
            limit=1,
        )
        return {
            "document_id": document.id,
            "name": name,
            "role": role,
            "attachment_id": self._create_attachment(document, name, raw).id,
            "version": sibling.version + 1 if sibling else 1,
            "sha256": hashlib.sha256(raw).hexdigest(),
            "size": len(raw),
            "page_count": pages,
        }

    @api.model
    def _create_attachment(self, document, name, raw):
        attachments = self.env["ir.attachment"]._vanban_mark()
        return attachments.create(
            {
                "name": name,
                "raw": raw,
                "res_model": document._name,
                "res_id": document.id,
            }
        )

    def write(self, vals):
        if not self._vanban_is_in_action() and vals:
            raise UserError(
                self.env._("A file is not written over: add a new version.")
            )
        return super().write(vals)

    def unlink(self):
        """Take a file off, as long as the document is with the one who added it."""
        self.check_access("unlink")
        documents = self.sudo().document_id
        attachments = self.sudo().attachment_id
        result = super().unlink()
        attachments._vanban_mark().unlink()
        for document in documents:
            left = document.file_ids[:1].attachment_id
            document._vanban_in_action().write({"message_main_attachment_id": left.id})
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_except_on_its_way(self):
        if self._vanban_is_uninstalling():
            return
        for document in self.sudo().document_id:
            if document.state not in ("received", "draft") or document.review_round:
                raise UserError(
                    self.env._(
                        "The document is on its way: its files stay. Add a version."
                    )
                )

    # ---- checks ----

    @api.model
    def _check_content(self, name, raw, company):
        """Return the number of pages (0 where not known) of an acceptable file.

        Looks into the file, not at its name alone.

        :raise UserError: empty, too large, of another type, damaged
        """
        if not raw:
            raise UserError(self.env._("“%(name)s” is empty.", name=name))
        limit = company.vanban_file_size_max
        if len(raw) > limit * 1024 * 1024:
            raise UserError(
                self.env._(
                    "“%(name)s” is larger than %(limit)s MB.", name=name, limit=limit
                )
            )
        suffix = PurePath(name).suffix.lower()
        if guess_mimetype(raw) not in FILE_TYPES.get(suffix, ()):
            raise UserError(
                self.env._(
                    "“%(name)s” is not a PDF, DOCX, XLSX, JPG, PNG, TIFF or ZIP file.",
                    name=name,
                )
            )
        if suffix == ".pdf":
            return self._count_pages(name, raw)
        if suffix in (".zip", ".docx", ".xlsx"):
            self._check_zip(name, raw, suffix)
        return 0

    @api.model
    def _count_pages(self, name, raw):
        try:
            reader = PdfReader(io.BytesIO(raw))
            if reader.is_encrypted:
                return 0
            pages = len(reader.pages)
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError):
            pages = 0
        if not pages:
            raise UserError(
                self.env._("“%(name)s” is damaged and cannot be read.", name=name)
            )
        return pages

    @api.model
    def _check_zip(self, name, raw, suffix):
        damaged = self.env._("“%(name)s” is damaged and cannot be read.", name=name)
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                members = [m.filename for m in archive.infolist() if not m.is_dir()]
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise UserError(damaged) from error
        if suffix != ".zip":
            # ISO/IEC 29500-2: every package of Office has this part
            if "[Content_Types].xml" not in members:
                raise UserError(damaged)
            return
        allowed = FILE_TYPES.keys() - {".zip"}
        if not members or any(
            PurePath(member).suffix.lower() not in allowed for member in members
        ):
            raise UserError(
                self.env._(
                    "“%(name)s”: a ZIP file holds PDF, DOCX, XLSX, JPG, PNG and TIFF "
                    "files only.",
                    name=name,
                )
            )

    def action_download(self):
        """Return the action that downloads the file."""
        self.check_access("read")
        if len(self) != 1:
            raise UserError(self.env._("Choose one file."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.sudo().attachment_id.id}?download=true",
            "target": "download",
        }

    def _keep_inside(self):
        """Take working files off an approved document; they stay with its way."""
        working = self.filtered(lambda f: f.role in ("draft", "submission"))
        for file in working:
            file.attachment_id._vanban_mark().write(
                {"res_model": self._name, "res_id": file.id}
            )
        for document in working.document_id:
            if document.message_main_attachment_id in working.attachment_id:
                left = (document.file_ids - working)[:1].attachment_id
                document._vanban_in_action().write(
                    {"message_main_attachment_id": left.id}
                )
