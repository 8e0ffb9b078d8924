from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("added", "Added"),
    ("changed", "Changed"),
    ("moved", "Moved to another week"),
    ("removed", "Taken out"),
    ("cancelled", "Cancelled"),
]


class VanbanScheduleChange(models.Model):
    """What changed in a week, when and by whom; never edited or deleted.

    A leader who approves a week that has changed is told these lines, and so is
    everyone concerned when a published one changes.
    """

    _name = "vanban.schedule.change"
    _inherit = ["vanban.mixin"]
    _description = "Change of a schedule"
    _order = "id desc"
    _guarded_fields = None

    schedule_id = fields.Many2one(
        "vanban.schedule", required=True, index=True, ondelete="cascade"
    )
    event_id = fields.Many2one(
        "calendar.event", string="Entry", index="btree_not_null", ondelete="set null"
    )
    revision = fields.Integer(required=True, aggregator=None)
    kind = fields.Selection(KINDS, string="Change", required=True)
    name = fields.Char(string="Entry then", required=True)
    words = fields.Text(string="What changed")
    is_late = fields.Boolean(string="After publication")
    user_id = fields.Many2one("res.users", string="Changed by", required=True)
    label = fields.Char(string="Name and title")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("The history of a schedule is never deleted."))

    def _get_line(self):
        """Return the change as one line of text."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        words = (self.words or "").replace("\n", "; ")
        line = f"{kinds[self.kind]}: {self.name}"
        return f"{line} ({words})" if words else line
