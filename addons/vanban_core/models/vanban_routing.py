from odoo import fields, models


class VanbanRouting(models.Model):
    """One hand-over of a document (chuyển xử lý, bút phê).

    Rows form a tree under the document and are its history: they are written by the
    actions, never edited or deleted (design §4.7).
    """

    _name = "vanban.routing"
    _inherit = ["vanban.handover", "vanban.history.part"]
    _description = "Hand-over"
    _order = "document_id, id"

    document_id = fields.Many2one(
        "vanban.document", required=True, index=True, ondelete="restrict"
    )
    parent_id = fields.Many2one("vanban.routing", index=True, ondelete="restrict")
    child_ids = fields.One2many("vanban.routing", "parent_id")

    _one_receiver = models.Constraint(
        "CHECK (num_nonnulls(to_user_id, to_unit_id) = 1)",
        "A hand-over goes to a person or to a unit.",
    )
    _user_idx = models.Index("(to_user_id, role, document_id) WHERE state = 'waiting'")
    _unit_idx = models.Index("(to_unit_id, role, document_id) WHERE state = 'waiting'")
