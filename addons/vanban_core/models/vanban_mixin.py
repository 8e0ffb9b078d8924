from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ..tools.args import to_id
from ..tools.text import nfc

# No RPC client can send this object, so none can pass for an action.
_SENTINEL = object()


def _is_foreign(value):
    return isinstance(value, str) and nfc(value) != value


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

    @api.model
    def _add_missing_default_values(self, values):
        """Take for a guarded field its own default, none that a client can name.

        A context with ``default_state``, or a saved default, would else pass the guard.
        """
        filled = super()._add_missing_default_values(values)
        if self._vanban_is_in_action():
            return filled
        for name in filled.keys() - values.keys():
            if self._vanban_is_guarded(name):
                del filled[name]
                field = self._fields[name]
                if field.default:
                    filled[name] = field.convert_to_write(field.default(self), self)
        return filled

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Search by the stored form of a text, in whatever form it was typed."""
        domain = Domain(domain)
        if any(_is_foreign(one.value) for one in domain.iter_conditions()):
            domain = domain.map_conditions(
                lambda one: (
                    Domain(one.field_expr, one.operator, nfc(one.value))
                    if _is_foreign(one.value)
                    else one
                )
            )
        return super()._search(domain, *args, **kwargs)

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

    def _vanban_lock(self):
        """Hold the rows for this request, after those who hold them now.

        What these changed is never overlooked: PostgreSQL ends a transaction that
        began before, and the request is done anew.
        """
        ids = sorted(id_ for id_ in self._ids if id_)
        if ids:
            table = SQL.identifier(self._table)
            self.env.execute_query(
                SQL(
                    "SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id"
                    " FOR NO KEY UPDATE",
                    table,
                    ids,
                )
            )

    def _vanban_is_in_action(self):
        return self.env.context.get("vanban_action") is _SENTINEL

    def _vanban_clean(self, vals):
        """Return values with text in NFC.

        :raise AccessError: a guarded field outside an action
        :raise UserError: a value that the field cannot hold
        """
        if not self._vanban_is_in_action():
            guarded = [name for name in vals if self._vanban_is_guarded(name)]
            if guarded:
                raise AccessError(
                    self.env._(
                        "“%(fields)s” changes only by the actions of %(model)s.",
                        fields=", ".join(sorted(self._vanban_labels(guarded))),
                        model=self.env["ir.model"]._get(self._name).name,
                    )
                )
        return {
            name: self._vanban_clean_value(self._fields[name], value)
            if name in self._fields
            else value
            for name, value in vals.items()
        }

    def _vanban_is_guarded(self, name):
        """Is a field of ours computed and stored, or named as set by actions only?"""
        field = self._fields.get(name)
        if not field:
            return False
        if self._guarded_fields is None or name in self._guarded_fields:
            return True
        # the ORM would store what a client sends for it
        return self._vanban_is_ours(field) and bool(
            field.compute and field.store and field.readonly
        )

    @api.model
    def _vanban_is_ours(self, field):
        return (field._module or "").startswith("vanban_")

    def _vanban_clean_value(self, field, value):
        if field.type in ("char", "text", "html"):
            return nfc(value)
        if (
            value
            and self._vanban_is_ours(field)
            and not self._vanban_fits(field, value)
        ):
            raise UserError(
                self.env._(
                    "This is not a value of “%(field)s”.",
                    field=self._vanban_labels([field.name])[0],
                )
            )
        return value

    @api.model
    def _vanban_fits(self, field, value):
        """Can a column of this field hold the value?"""
        if field.type == "many2one":
            return isinstance(value, models.BaseModel) or bool(to_id(value))
        try:
            if field.type == "integer":
                return abs(int(value)) < 2**31
            if field.type in ("selection", "date", "datetime"):
                field.convert_to_cache(value, self)
        except (TypeError, ValueError, OverflowError):
            return False
        return True

    def _vanban_is_uninstalling(self):
        """Is the module being removed? The flag alone could come from a client."""
        return self.env.su and self.env.context.get(MODULE_UNINSTALL_FLAG)

    def _vanban_labels(self, names):
        """Return the labels of fields in the user's language."""
        labels = self.fields_get(list(names), ["string"])
        return [labels.get(name, {}).get("string", name) for name in names]
