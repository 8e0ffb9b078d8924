import base64
import json
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, file_open

from odoo.addons.vanban_core.tools import demo_pdf

STORY = "vanban_tasks/demo/tasks.json"
#: model → path to the task, for “time passes”
TOLD = {
    "vanban.task": "id",
    "vanban.task.assignment": "task_id",
    "vanban.task.report": "assignment_id.task_id",
    "vanban.task.extension": "assignment_id.task_id",
    "vanban.task.request": "assignment_id.task_id",
    "vanban.task.routing": "assignment_id.task_id",
    "vanban.task.progress": "assignment_id.task_id",
}


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
        with file_open(STORY, "r") as source:
            story = json.load(source)
        for entry in story["tasks"]:
            _Teller(self.env(context={"lang": "vi_VN"}), entry).tell()


class _Teller:
    """Takes one task through its actions, each as the right user.

    Everything happens now; where time passes, what happened before moves back.
    """

    def __init__(self, env, entry):
        self.env = env
        self.entry = entry
        self.number = 100

    def tell(self):
        self._give()
        for act, *arguments in self.entry["steps"]:
            getattr(self, f"_do_{act}")(*arguments)

    def _get_user(self, login):
        if login == "giver":
            return self.task.create_uid
        return self.env["res.users"].search([("login", "=", login)])

    def _get_agency(self, key):
        module = "vanban_core" if key in ("department", "commune") else "vanban_tasks"
        return self.env.ref(f"{module}.company_{key}")

    def _get_row(self, key):
        """Return the assignment of an agency, as its head."""
        agency = self._get_agency(key)
        row = self.task._get_assignments().filtered(lambda r: r.agency_id == agency)
        leaders = self.env.ref("vanban_core.group_leader").all_user_ids
        head = leaders.filtered(lambda user: user.company_id == agency)[:1]
        return row.with_user(head).with_company(agency)

    def _get_paper(self, agency, subject, signer):
        """Return name, number and signed file of a paper that an agency issued."""
        self.number += 1
        code = agency.vanban_code
        today = agency._vanban_today()
        symbol = f"{self.number}/BC-{code}"
        place = agency.vanban_place or agency.name
        pdf = demo_pdf.render(
            {
                "agency": agency.name,
                "parent": agency.vanban_parent_name or None,
                "place_date": f"{place}, {today:ngày %d tháng %m năm %Y}",
                "symbol": symbol,
                "title": "BÁO CÁO",
                "subject": subject,
                "paragraphs": [subject + "."],
                "recipients": ["Như trên"],
                "signing": ["LÃNH ĐẠO CƠ QUAN"],
                "signer": signer,
            }
        )
        return {
            "symbol": symbol,
            "date": today,
            "subject": subject,
            "signer_name": signer,
            "files": [
                {
                    "name": f"{symbol.replace('/', '-')}.pdf",
                    "role": "signed",
                    "content": base64.b64encode(pdf).decode(),
                }
            ],
        }

    def _get_line(self, key, role, days):
        company = self.env.ref("base.main_company")
        day = company._vanban_shift_days(company._vanban_today(), days)
        line = {"role": role, "deadline_day": day}
        if not key.startswith("unit:"):
            return {**line, "partner_id": self._get_agency(key).partner_id.id}
        unit = self.env["hr.department"].search(
            [("company_id", "=", company.id), ("vanban_code", "=", key[5:])]
        )
        return {**line, "unit_id": unit.id}

    def _give(self):
        entry, user = self.entry, self._get_user(self.entry["by"])
        programme = entry.get("programme")
        values = {
            "content": entry["content"],
            "source": entry.get("source", "letter"),
            "priority": entry["priority"],
            "programme_id": programme
            and self.env.ref(f"vanban_tasks.programme_{programme}").id,
            "assignment_ids": [(0, 0, self._get_line(*ln)) for ln in entry["lines"]],
        }
        paper = None
        if "from" in entry:
            document = self.env.ref(f"vanban_core.demo_document_{entry['from']}")
            values |= {"source_document_id": document.id}
            # who drafted the document enters its tasks (128/QĐ-UBND Điều 11.2)
            user = document.drafter_id
        elif entry.get("source") != "direct":
            leader = self._get_user("chutich").name
            paper = self._get_paper(user.company_id, entry["subject"], leader)
            values |= {
                "source_symbol": entry["symbol"].rpartition(" ")[2],
                "source_date": paper["date"],
                "source_subject": entry["subject"],
                "signer_name": self._get_user("chanhvanphong").name,
                "director_name": leader,
                "drafter_name": user.name,
            }
        if entry.get("source") == "direct":
            values["unit_id"] = False
        self.task = self.env["vanban.task"].with_user(user).create(values)
        for file in paper["files"] if paper else []:
            self.task.env["vanban.task.file"].create({"task_id": self.task.id, **file})
        self.task.action_assign()

    def _do_pass(self, days):
        """Let working days pass: move all of the task back by as many."""
        company = self.env.ref("base.main_company")
        today = company._vanban_today()
        span = today - company._vanban_shift_days(today, -days)
        self.env.flush_all()
        for model, path in TOLD.items():
            self._move_back(self.env[model].sudo(), path, span)
        self.env.invalidate_all()
        rows = self.task._get_assignments()
        rows.modified(["deadline", "last_report_id"])

    def _move_back(self, records, path, span: timedelta):
        records = records.search(Domain(path, "=", self.task.id))
        kept = {"source_date"} if self.entry.get("from") else set()
        names = [
            name
            for name, field in records._fields.items()
            if field.type in ("date", "datetime") and field.store and name not in kept
        ]
        changes = SQL(", ").join(
            SQL("%(name)s = %(name)s - %(span)s", name=SQL.identifier(n), span=span)
            for n in names
        )
        if records:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s WHERE id = ANY(%s)",
                    SQL.identifier(records._table),
                    changes,
                    records.ids,
                )
            )

    def _do_accept(self, key):
        self._get_row(key).action_accept()

    def _do_route(self, key, unit):
        department = self.env.ref(f"vanban_core.{unit}")
        self._get_row(key).action_route(
            [
                {
                    "unit_id": department.id,
                    "role": "lead",
                    "direction_text": "Tham mưu, dự thảo báo cáo",
                }
            ]
        )

    def _do_note(self, key, text, percent):
        self._get_row(key).action_note(text, percent)

    def _do_request(self, key, text):
        row = self._get_row(key)
        row.action_request_answer(row.sudo().coordinator_ids.ids, text)

    def _do_report(self, key, text):
        row = self._get_row(key)
        paper = self._get_paper(self._get_agency(key), text, row.env.user.name)
        row.action_report({**paper, "content": text})

    def _get_judge(self, key, login):
        report_id = self._get_row(key).sudo().last_report_id.id
        reports = self.env["vanban.task.report"].with_user(self._get_user(login))
        return reports.browse(report_id)

    def _do_approve(self, key, login):
        self._get_judge(key, login).action_approve()

    def _do_refuse(self, key, login, reason):
        self._get_judge(key, login).action_refuse(reason)

    def _do_extend(self, key, days, reason, login):
        row = self._get_row(key)
        company = self.env.ref("base.main_company")
        day = company._vanban_shift_days(company._vanban_today(), days)
        asked = self._get_paper(
            self._get_agency(key), "Đề nghị gia hạn", row.env.user.name
        )
        extension_id = row.action_request_extension(
            {**asked, "deadline_day": day, "reason": reason}
        )
        user = self._get_user(login)
        extension = self.env["vanban.task.extension"].browse(extension_id)
        granted = self._get_paper(company, "Chấp thuận gia hạn", user.name)
        extension.with_user(user).action_accept(granted)
