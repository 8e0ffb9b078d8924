from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import VanbanCommon


@tagged("post_install", "-at_install")
class TestViews(VanbanCommon):
    """HT-4.2a: each role opens what its menus show, and nothing else is shown."""

    def _get_actions(self, user):
        """Return the actions behind the menus that a role is shown."""
        Menu = self.env["ir.ui.menu"].with_user(user)
        root = self.env.ref("vanban_core.vanban_menu")
        menus = Menu.browse(Menu._visible_menu_ids()).filtered(
            lambda m: root in m | self._get_parents(m)
        )
        # clients load the action itself with the rights of the superuser
        return [menu.action for menu in menus.sudo() if menu.action]

    def _get_parents(self, menu):
        parents = menu.browse()
        while menu.parent_id:
            menu = menu.parent_id
            parents |= menu
        return parents

    def _open(self, user, action):
        """Load what a client loads for an action: its views and a first page."""
        Model = self.env[action.res_model].with_user(user)
        modes = [mode.strip() for mode in action.view_mode.split(",")]
        views = {view.view_mode: view.view_id.id for view in action.view_ids}
        if action.view_id:
            views.setdefault(action.view_id.type, action.view_id.id)
        asked = [(views.get(mode, False), mode) for mode in modes]
        search = action.search_view_id.id
        got = Model.get_views([*asked, (search, "search")], {"toolbar": True})
        context = safe_eval(
            action.context or "{}",
            {"uid": user.id, "active_id": False, "active_ids": []},
        )
        Model = Model.with_context(**context)
        if not Model._transient:
            domain = safe_eval(action.domain or "[]", {"uid": user.id})
            Model.web_search_read(domain, {"display_name": {}}, limit=80)
        return got["views"]

    def _get_people(self):
        return (
            self.clerk,
            self.officer,
            self.unit_head,
            self.office_head,
            self.leader,
            self.secretary,
            self.archivist,
            self.admin,
        )

    def test_every_menu_of_every_role_opens(self):
        """HT-4.2a"""
        self._create_handled()
        self._create_draft()
        for user in self._get_people():
            actions = self._get_actions(user)
            self.assertTrue(actions, user.login)
            for action in actions:
                if action._name != "ir.actions.act_window":
                    continue
                with self.subTest(user=user.login, action=action.name):
                    self.assertTrue(self._open(user, action))

    def test_every_window_of_the_module_opens_for_who_may_read_its_model(self):
        """HT-4.2a: also the dialogs"""
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "vanban_core"),
                ("model", "=", "ir.actions.act_window"),
            ]
        )
        actions = self.env["ir.actions.act_window"].browse(data.mapped("res_id"))
        self.assertGreater(len(actions), 8)
        for action in actions:
            for user in self._get_people():
                if not self.env[action.res_model].with_user(user).has_access("read"):
                    continue
                with self.subTest(user=user.login, action=action.name):
                    self.assertTrue(self._open(user, action))

    def test_settings_are_shown_to_administrators_only(self):
        """HT-4.2a"""
        menu = self.env.ref("vanban_core.vanban_config_menu")
        for user in self._get_people():
            shown = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(menu.id in shown, user == self.admin, user.login)

    def test_first_screen_of_every_role_is_the_desk(self):
        """HT-3.2b: the web client opens the first window of the first menu"""
        for user in self._get_people():
            Menu = self.env["ir.ui.menu"].with_user(user)
            first = Menu.browse(Menu._visible_menu_ids()).filtered(
                lambda m: m.parent_id == self.env.ref("vanban_core.vanban_menu")
            )[0]
            with self.subTest(user.login):
                desk = self.env.ref("vanban_core.vanban_desk_action")
                self.assertEqual(first.sudo().action, desk)

    def test_menus_of_documents_are_not_shown_to_administrators(self):
        """HT-4.2a"""
        menu = self.env.ref("vanban_core.vanban_document_menu_in")
        shown = self.env["ir.ui.menu"].with_user(self.admin)._visible_menu_ids()
        self.assertNotIn(menu.id, shown)

    def test_forms_of_both_directions_open_on_documents_in_each_state(self):
        """HT-4.2a"""
        issued = self._create_issued()
        draft = self._create_draft()
        done = self._create_handled()
        done.with_user(self.officer).action_finish("note", "Xong")
        for document, suffix in (
            (self._create_incoming(), "in"),
            (self._create_handled(), "in"),
            (done, "in"),
            (draft, "out"),
            (issued, "out"),
        ):
            view = self.env.ref(f"vanban_core.vanban_document_view_form_{suffix}")
            for user in (self.clerk, self.officer, self.leader):
                mine = document.with_user(user)
                if not mine.has_access("read"):
                    continue
                models = mine.get_views([(view.id, "form")])["models"]
                names = models["vanban.document"]["fields"]
                with self.subTest(user=user.login, state=document.state):
                    self.env.invalidate_all()
                    values = mine.web_read({name: {} for name in names})
                    self.assertEqual(values[0]["state"], document.state)
