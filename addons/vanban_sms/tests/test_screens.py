from odoo.tests import HttpCase, tagged

from .common import SmsCommon


@tagged("post_install", "-at_install")
class TestScreens(SmsCommon):
    """Who is shown what; nothing leads to Odoo's paid service."""

    def test_log_is_shown_to_administrators_only(self):
        menu = self.env.ref("vanban_sms.sms_sms_menu")
        for user in (self.admin, self.officer, self.clerk, self.leader):
            with self.subTest(user.login):
                shown = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                self.assertEqual(menu.id in shown, user == self.admin)

    def test_log_opens_with_its_own_views(self):
        action = self.env.ref("vanban_sms.sms_sms_action")
        views = [(view.view_id.id, view.view_mode) for view in action.view_ids]
        self.assertEqual([mode for _id, mode in views], ["list", "form"])
        got = self.env["sms.sms"].with_user(self.admin).get_views(views)
        for mode in ("list", "form"):
            self.assertIn('create="0"', got["views"][mode]["arch"])

    def test_page_of_settings_is_shown_to_administrators_only(self):
        for user in (self.admin, self.officer):
            agency = self.env["res.company"].with_user(user)
            arch = agency.get_view(view_type="form")["arch"]
            with self.subTest(user.login):
                self.assertEqual("vanban_sms_secret" in arch, user == self.admin)

    def test_general_settings_lead_to_no_paid_service(self):
        settings = self.env["res.config.settings"].with_user(self.admin)
        arch = settings.get_view(view_type="form")["arch"]
        self.assertIn('id="sms"', arch)
        self.assertRegex(arch, r'<setting[^>]*id="sms"[^>]*invisible="(1|True)"')
        self.assertRegex(arch, r'<div[^>]*id="iap_portal"[^>]*invisible="(1|True)"')

    def test_no_record_offers_odoo_s_dialog_for_messages(self):
        bound = self.env["ir.actions.act_window"].search(
            [("res_model", "=", "sms.composer"), ("binding_model_id", "!=", False)]
        )
        self.assertTrue(bound)
        actions = self.env["ir.actions.actions"].with_user(self.admin)
        for model in bound.binding_model_id.mapped("model"):
            offered = actions.get_bindings(model).get("action", ())
            with self.subTest(model):
                self.assertFalse({one["id"] for one in offered} & set(bound.ids))


@tagged("post_install", "-at_install")
class TestWebClient(HttpCase):
    def test_no_menu_leads_to_paid_services(self):
        """Not even a developer's, who is shown Odoo's own list of messages."""
        self.authenticate("admin", "admin")
        self.url_open("/odoo?debug=1")
        menus = self.url_open("/web/webclient/load_menus").json().values()
        names = {menu.get("xmlid") for menu in menus}
        self.assertIn("sms.sms_sms_menu", names)
        self.assertIn("vanban_sms.sms_sms_menu", names)
        self.assertFalse({name for name in names if name and name.startswith("iap.")})

    def test_no_button_for_messages_stands_beside_a_number(self):
        partner = self.env["res.partner"].create(
            {"name": "Bộ Mẫu", "phone": "0912 345 678"}
        )
        self.browser_js(
            f"/odoo/res.partner/{partner.id}",
            """
            const ours = document.querySelector("[name=phone] .o_field_phone_sms");
            console.log(ours ? "test failed" : "test successful");
            """,
            "!!document.querySelector('[name=phone] input')?.value",
            login="admin",
        )
