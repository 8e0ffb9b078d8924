import json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import file_open

from odoo.addons.vanban_core.models.vanban_demo import _Teller as DocumentTeller

from ..tools.demo_papers import Papers
from ..tools.demo_teller import Teller
from .vanban_task_score_line import WAITING_STATES

STORY = "vanban_tasks/demo/tasks.json"
#: working days from today until which a point of the notice is due
NOTICE_DAYS = (8, 12, 15)


class VanbanTaskDemo(models.AbstractModel):
    """The tasks of the demo agency; called by its demo data and by nothing else."""

    _name = "vanban.task.demo"
    _description = "Demo tasks"

    @api.model
    def _load(self):
        """Tell the story of ``demo/tasks.json``, once."""
        if self.env["vanban.task"].search_count([], limit=1):
            return
        accounts = self.env["ir.model.data"].search(
            [("module", "=", "vanban_tasks"), ("model", "=", "res.users")]
        )
        self.env["vanban.demo"]._give_passwords_to(accounts)
        demo = self.with_context(lang="vi_VN")
        story = demo._read_story()
        papers = Papers(demo.env)
        for entry in story["tasks"]:
            Teller(demo.env, entry, papers).tell()
        demo._tell_notice(story["notice"])
        for number, period in enumerate(story["periods"]):
            demo._tell_period(number, period)

    @api.model
    def _read_story(self):
        with file_open(STORY, "r") as source:
            return json.load(source)

    @api.model
    def _tell_notice(self, notice):
        """Issue a notice of conclusions whose points become proposed tasks."""
        company = self.env.ref("base.main_company")
        days = [
            company._vanban_shift_days(company._vanban_today(), days)
            for days in NOTICE_DAYS
        ]
        words = {f"day{n}": f"{day:%d/%m/%Y}" for n, day in enumerate(days)}
        story = self.env["vanban.demo"]._read_story()
        story["texts"]["notice"] = {
            "paragraphs": [line.format(**words) for line in notice["paragraphs"]]
        }
        story |= {"documents": [notice["document"]], "cases": []}
        teller = DocumentTeller(self.env, story)
        teller.tell()
        [document] = teller.documents.values()
        self.env["vanban.task.proposal"]._propose(document.sudo())

    @api.model
    def _tell_period(self, number, told):
        """Count a month, let agencies object and the office decide, and close it.

        :param int number: 0 for the month before, 1 for this one
        """
        head = self.env["res.users"].search([("login", "=", "chanhvanphong")])
        first = head.company_id._vanban_today().replace(day=1)
        if not number:
            first = fields.Date.subtract(first, months=1)
        Period = self.env["vanban.task.score.period"].with_user(head)
        period = Period.create(
            {
                "name": f"Tháng {first:%m/%Y}",
                "date_from": first,
                "date_to": fields.Date.add(first, months=1, days=-1),
            }
        )
        period.action_compute()
        for objection in told["objections"]:
            self._object(period, **objection)
        if "decisions" in told:
            for line in period.line_ids.filtered(
                lambda one: one.state in WAITING_STATES
            ):
                act, reason = told["decisions"][line.kind]
                getattr(line, f"action_{act}")(reason)
            period.action_close()

    def _object(self, period, agency, kind, text):
        company = self.env.ref(f"vanban_tasks.company_{agency}")
        leaders = self.env.ref("vanban_core.group_leader").all_user_ids
        user = leaders.filtered(lambda user: user.company_id == company)[:1]
        domain = Domain("agency_id", "=", company.id) & Domain("kind", "=", kind)
        lines = self.env["vanban.task.score.line"].with_user(user)
        lines = lines.with_company(company).search(
            domain & Domain("period_id", "=", period.id), limit=1
        )
        if lines:
            lines.action_object(text)
