from odoo import SUPERUSER_ID
from odoo.api import Environment

OLD = "[('state', '=', 'closed')]"
NEW = "[('state', '!=', 'open')]"


def migrate(cr, version):
    """Let archivists see the case files that they took over.

    Rules are not updated with the module, so that an administrator may change them:
    one that was changed stays.
    """
    if not version:
        return
    env = Environment(cr, SUPERUSER_ID, {})
    rule = env.ref("vanban_core.vanban_case_rule_archivist", raise_if_not_found=False)
    if rule and rule.domain_force == OLD:
        rule.domain_force = NEW
