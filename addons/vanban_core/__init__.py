from . import controllers, models, report, wizards


def post_init_hook(env):
    """Give the agencies, people and units that were there before what new ones get."""
    env["vanban.principal"]._create_missing()
    env["res.company"].search([])._vanban_create_registers()
