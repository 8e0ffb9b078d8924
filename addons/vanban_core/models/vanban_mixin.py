from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.text import nfc

# No RPC client can send this object, so none can pass for an action.
_SENTINEL = object()


class VanbanMixin(models.AbstractModel):
    """Text in NFC, and fields that only the actions write (design §4.2, §4.8)."""

    _name = "vanban.mixin"
    _description = "Guarded record"

    # Names that a plain create or write refuses; None guards every field.
    _guarded_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._vanban_clean_new(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._vanban_clean(vals))

    def _vanban_clean_new(self, vals):
        """Return the values of a new record; a hook of models with a first state."""
        return self._vanban_clean(vals)

    def _vanban_in_action(self):
        """Return the records with the rights and the mark of a business action.

        Only for the one write or create at hand: the caller has checked the right.
        """
        return self.sudo().with_context(
            vanban_action=_SENTINEL, tracking_disable=True, mail_create_nolog=True
        )

    def _vanban_is_in_action(self):
        return self.env.context.get("vanban_action") is _SENTINEL

    def _vanban_clean(self, vals):
        """Return values with text in NFC.

        :raise AccessError: a guarded field outside an action
        """
        if not self._vanban_is_in_action():
            guarded = (
                vals.keys()
                if self._guarded_fields is None
                else vals.keys() & self._guarded_fields
            )
            if guarded:
                raise AccessError(
                    self.env._(
                        "“%(fields)s” changes only by the actions of %(model)s.",
                        fields=", ".join(sorted(self._vanban_labels(guarded))),
                        model=self.env["ir.model"]._get(self._name).name,
                    )
                )
        return {
            name: nfc(value)
            if isinstance(value, str)
            and (field := self._fields.get(name))
            and field.type in ("char", "text", "html")
            else value
            for name, value in vals.items()
        }

    def _vanban_labels(self, names):
        """Return the labels of fields in the user's language."""
        labels = self.fields_get(list(names), ["string"])
        return [labels.get(name, {}).get("string", name) for name in names]
