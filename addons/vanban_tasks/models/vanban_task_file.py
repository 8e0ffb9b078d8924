import hashlib
from pathlib import PurePath

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.vanban_core.tools.args import to_id

from ..const import FILE_ROLES

#: a clear no instead of a request that never ends
MAX_FILES = 50


class VanbanTaskFile(models.Model):
    """A file of a task, a report or an extension, kept byte for byte (design §4.9)."""

    _name = "vanban.task.file"
    _inherit = ["vanban.mixin"]
    _description = "File of a task"
    _order = "task_id, role desc, id"
    _guarded_fields = frozenset(
        {"assignment_id", "report_id", "extension_id", "attachment_id"}
        | {"sha256", "size", "page_count"}
    )

    name = fields.Char(string="File name", required=True)
    role = fields.Selection(FILE_ROLES, required=True, default="signed")
    task_id = fields.Many2one(
        "vanban.task", required=True, index=True, ondelete="cascade"
    )
    # without an assignment it is open to all who see the task
    assignment_id = fields.Many2one(
        "vanban.task.assignment", index="btree_not_null", ondelete="cascade"
    )
    report_id = fields.Many2one(
        "vanban.task.report", index="btree_not_null", ondelete="cascade"
    )
    extension_id = fields.Many2one(
        "vanban.task.extension", index="btree_not_null", ondelete="cascade"
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
    sha256 = fields.Char(string="SHA-256", readonly=True)
    size = fields.Integer(string="Bytes", readonly=True)
    page_count = fields.Integer(string="Pages", readonly=True)

    def _compute_content(self):
        for file in self:
            file.content = file.sudo().attachment_id.datas

    def _inverse_content(self):
        """Nothing to do: ``create`` keeps the content, ``write`` refuses a new one."""

    # ---- who sees it ----

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain) & self._get_visible_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _get_visible_domain(self):
        """Return what is as visible as the task, or as the assignment it belongs to."""
        return Domain("task_id", "any", Domain.TRUE) & (
            Domain("assignment_id", "=", False)
            | Domain("assignment_id", "any", Domain.TRUE)
        )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids):
            return result
        allowed = self.browse(self._search([("id", "in", self.ids)]))
        if operation != "read":
            allowed = allowed.filtered(lambda f: f.sudo().task_id._is_draft_of_user())
        forbidden = self - allowed
        if not forbidden:
            return result
        if result:
            forbidden |= result[0]
        return forbidden, self.env["vanban.task"]._make_closed_error

    # ---- create, write, delete ----

    @api.model_create_multi
    def create(self, vals_list):
        if self._vanban_is_in_action():
            return super().create(vals_list)
        files = self.browse()
        for vals in map(self._vanban_clean, vals_list):
            task = self.env["vanban.task"].browse(to_id(vals.get("task_id"))).exists()
            if not task:
                raise UserError(self.env._("A file belongs to a task."))
            task._check_visible()
            if not task.with_env(self.env)._is_draft_of_user():
                raise UserError(
                    self.env._("Files are attached before the task is given.")
                )
            role = self._check_role(vals.get("role"))
            raw = self.env["ir.attachment"]._decode_vanban(vals.get("content") or b"")
            files |= self._keep(
                {"task_id": task.id, "role": role}, vals.get("name"), raw
            )
        return files.with_env(self.env)

    def write(self, vals):
        if not self._vanban_is_in_action() and vals:
            raise UserError(self.env._("A file is not written over: add another."))
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_given(self):
        if self._vanban_is_uninstalling():
            return
        if any(f.assignment_id or f.task_id.assigned_date for f in self.sudo()):
            raise UserError(self.env._("The task is given: its files stay."))

    @api.model
    def _check_role(self, role):
        role = role or "signed"
        if not isinstance(role, str) or role not in dict(FILE_ROLES):
            raise UserError(self.env._("Say what kind of file it is."))
        return role

    @api.model
    def _keep(self, vals, name, raw):
        """Keep one acceptable file; the caller has checked the right.

        :param dict vals: ``role`` and what it belongs to
        :raise UserError: empty, too large, of another type, damaged
        """
        return self._keep_of_each([vals], name, raw)

    @api.model
    def _keep_of_each(self, vals_list, name, raw):
        """Keep one file for several owners, each its own; it is looked into once."""
        name = PurePath(str(name or "").replace("\\", "/")).name
        pages = self.env["vanban.document.file"]._check_content(
            name, raw, self.env.company
        )
        told = {
            "name": name,
            "sha256": hashlib.sha256(raw).hexdigest(),
            "size": len(raw),
            "page_count": pages,
        }
        files = self._vanban_in_action().create(
            [{**vals, **told} for vals in vals_list]
        )
        # the attachment is as open as this row
        attachment = {"name": name, "raw": raw, "res_model": self._name}
        attachments = (
            self.env["ir.attachment"]
            ._vanban_mark()
            .create([{**attachment, "res_id": file.id} for file in files])
        )
        for file, kept in zip(files, attachments, strict=True):
            file.write({"attachment_id": kept.id})
        return files.with_env(self.env)

    @api.model
    def _read_files(self, files):
        """Return ``[(role, name, bytes)]`` of what a client sent.

        :param list files: dicts with ``name``, ``content`` (base64), ``role``
        :raise UserError: no such list
        """
        try:
            told = [
                (file.get("role"), file["name"], file["content"])
                for file in files or []
            ]
        except (TypeError, KeyError, AttributeError) as error:
            raise UserError(
                self.env._("Name each file and send its content.")
            ) from error
        if len(told) > MAX_FILES:
            raise UserError(
                self.env._("At most %(count)s files at once.", count=MAX_FILES)
            )
        decode = self.env["ir.attachment"]._decode_vanban
        return [
            (self._check_role(role), name, decode(content))
            for role, name, content in told
        ]

    @api.model
    def _keep_all(self, assignment, owner, files):
        """Keep the files of a report or an extension.

        :param dict owner: ``report_id`` or ``extension_id``
        :param list files: of :meth:`_read_files`
        """
        common = {"task_id": assignment.task_id.id, "assignment_id": assignment.id}
        for role, name, raw in files:
            self._keep({**common, **owner, "role": role}, name, raw)

    @api.model
    def _copy_document(self, assignment, owner, document):
        """Keep the signed original of a document beside what it proves."""
        signed = document.sudo().file_ids.filtered(lambda f: f.role == "signed")
        files = [("signed", f.name, f.attachment_id.raw) for f in signed]
        self._keep_all(assignment, owner, files)

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
