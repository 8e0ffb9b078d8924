import base64
import binascii

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ..tools.args import to_id

_SENTINEL = object()


class IrAttachment(models.Model):
    """The content of a document's file is kept byte for byte (design §4.9)."""

    _inherit = "ir.attachment"

    def _vanban_mark(self):
        """Return the attachments as the file model works on them."""
        return self.sudo().with_context(vanban_file=_SENTINEL)

    @api.model
    def _decode_vanban(self, content):
        """Return the bytes of a value of a binary field.

        :raise UserError: not base64
        """
        try:
            content = content.encode() if isinstance(content, str) else content or b""
            return base64.b64decode(b"".join(content.split()), validate=True)
        except (binascii.Error, ValueError, TypeError, AttributeError) as error:
            raise UserError(self.env._("The file did not arrive whole.")) from error

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("vanban_file") is not _SENTINEL:
            for vals in vals_list:
                self._check_vanban_target(vals)
        return super().create(vals_list)

    def write(self, vals):
        if self.env.context.get("vanban_file") is not _SENTINEL:
            for attachment in self or [self]:
                attachment._check_vanban_target(vals)
            changed = vals.keys() - {"description", "index_content", "thumbnail"}
            if changed and self._is_vanban_file():
                raise UserError(
                    self.env._("A file is not written over: add a new version.")
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_vanban_file(self):
        # the flag alone could come from a client
        uninstalling = self.env.su and self.env.context.get(MODULE_UNINSTALL_FLAG)
        marked = self.env.context.get("vanban_file") is _SENTINEL
        if not uninstalling and not marked and self._is_vanban_file():
            raise UserError(
                self.env._("The file belongs to a document: take it off there.")
            )

    def _is_vanban_file(self):
        # whose file it is has to be known, also to those who may not see it
        File = self.env["vanban.document.file"].sudo()
        return bool(
            self.ids and File.search_count([("attachment_id", "in", self.ids)], limit=1)
        )

    def _check_vanban_target(self, vals):
        """Refuse a file beside the file list on a secret document (design §4.4)."""
        if not vals.keys() & {"res_model", "res_id"}:
            return
        model = vals.get("res_model", self.sudo().res_model)
        document_id = to_id(vals.get("res_id", self.sudo().res_id))
        if model != "vanban.document" or not document_id:
            return
        document = self.env["vanban.document"].sudo().browse(document_id)
        if document.exists().is_secret:
            raise UserError(self.env._("A secret document has no file here."))
