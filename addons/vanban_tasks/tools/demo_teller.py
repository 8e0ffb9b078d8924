"""Tells the demo tasks: each through the actions of the models, as the right user."""

from datetime import timedelta

from .demo_days import Days

#: agencies of the core's demo; the others are this module's
CORE_AGENCIES = ("department", "commune")
_DIRECTION = (
    "Thực hiện ý kiến chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh, Văn phòng Ủy ban nhân "
    "dân tỉnh đề nghị các cơ quan thực hiện nội dung sau:"
)

_GRANT = (
    "Chủ tịch Ủy ban nhân dân tỉnh đồng ý gia hạn theo đề nghị; yêu cầu hoàn thành "
    "đúng thời hạn mới"
)


class Giver:
    """Gives one task: who, what, and the paper that says so."""

    def __init__(self, env, entry, papers):
        self.env = env
        self.entry = entry
        self.papers = papers
        self.company = env.ref("base.main_company")
        self.days = Days(env, self.company)
        self.offset = 0

    # ---- people, agencies, papers ----

    def _get_user(self, login):
        if login == "giver":
            return self.task.create_uid
        return self.env["res.users"].search([("login", "=", login)])

    def _get_agency(self, key):
        module = "vanban_core" if key in CORE_AGENCIES else "vanban_tasks"
        return self.env.ref(f"{module}.company_{key}")

    def _get_head(self, agency):
        leaders = self.env.ref("vanban_core.group_leader").all_user_ids
        return leaders.filtered(lambda user: user.company_id == agency)[:1]

    def _get_unit(self, key, agency):
        """Return the unit of an agency by its abbreviation (``unit:TH``)."""
        return self.env["hr.department"].search(
            [("company_id", "=", agency.id), ("vanban_code", "=", key[5:])]
        )

    def _get_row(self, key, login=None):
        """Return the assignment of an agency or unit, as its head or somebody there."""
        rows = self.task._get_assignments()
        if key.startswith("unit:"):
            unit = self._get_unit(key, self.company)
            row = rows.filtered(lambda r: r.unit_id == unit)
            user = self._get_user(login) if login else unit.vanban_head_ids[:1]
        else:
            agency = self._get_agency(key)
            row = rows.filtered(lambda r: r.agency_id == agency)
            user = self._get_user(login) if login else self._get_head(agency)
        return row.with_user(user).with_company(row.agency_id)

    def _get_document(self):
        return self.env.ref(f"vanban_core.demo_document_{self.entry['from']}")

    def _get_told_day(self):
        """Return the date on which the present step will have happened in the end."""
        return self.days.get_day(self.offset - self.age)

    def _write(self, kind, agency, subject, paragraphs, signer, **more):
        day = self._get_told_day()
        paper = self.papers.make(kind, agency, day, subject, paragraphs, signer, **more)
        # its day moves back with all the rest
        return {**paper, "date": self.days.today}

    # ---- giving ----

    def _give(self):
        entry, user = self.entry, self._get_user(self.entry["by"])
        source = entry.get("source", "letter")
        programme = entry.get("programme")
        values = {
            "content": entry["content"],
            "source": source,
            "priority": entry["priority"],
            "programme_id": programme
            and self.env.ref(f"vanban_tasks.programme_{programme}").id,
            "assignment_ids": [(0, 0, self._get_line(*ln)) for ln in entry["lines"]],
        }
        user, paper, told = self._get_source(user, source)
        values |= told
        self.task = self.env["vanban.task"].with_user(user).create(values)
        self.days.tasks |= self.task.sudo()
        for file in paper["files"] if paper else []:
            self.task.env["vanban.task.file"].create({"task_id": self.task.id, **file})
        self.task.action_assign()
        if "from" in entry:
            # entered with its document, which was issued or registered that day
            self.task._vanban_in_action().write({"is_late_entry": False})
            self.days.acts = 5
        self.days.end_act()

    def _get_source(self, user, source):
        """Return who enters the task, the paper that gives it, and what it says."""
        entry = self.entry
        leader = self._get_user("chutich").name
        if "from" in entry:
            # who drafted a document enters its tasks (128/QĐ-UBND Điều 11.2)
            document = self._get_document()
            told = {"source_document_id": document.id, "director_name": leader}
            return document.drafter_id or user, None, told
        if source == "direct":
            return user, None, {"unit_id": False}
        paper = self._write_direction(user)
        return (
            user,
            paper,
            {
                "source_symbol": entry["symbol"],
                # when it is entered, the paper is so many days old
                "source_date": self.days.get_day(-entry.get("late", 0)),
                "source_subject": entry["subject"],
                "signer_name": paper["signer_name"],
                "director_name": leader,
                "drafter_name": user.name,
            },
        )

    def _get_line(self, key, role, days):
        line = {"role": role, "deadline_day": self.days.get_day(days)}
        if key.startswith("unit:"):
            return {**line, "unit_id": self._get_unit(key, self.company).id}
        return {**line, "partner_id": self._get_agency(key).partner_id.id}

    def _write_direction(self, user):
        entry = self.entry
        paragraphs, receivers = [_DIRECTION], []
        for key, role, days in entry["lines"]:
            name = self._get_agency(key).name
            day = self.days.get_day(days - self.age).strftime("%d/%m/%Y")
            receivers.append(name)
            number = len(paragraphs)
            paragraphs.append(
                f"{number}. {name} chủ trì: {entry['content']}; báo cáo Ủy ban nhân "
                f"dân tỉnh trước ngày {day}."
                if role == "lead"
                else f"{number}. {name} phối hợp, gửi thông tin cho cơ quan chủ trì "
                f"trước ngày {day}."
            )
        paragraphs.append(
            "Giao Văn phòng Ủy ban nhân dân tỉnh theo dõi, đôn đốc việc thực hiện"
        )
        self.offset = -entry.get("late", 0)
        paper = self._write(
            entry.get("source", "letter"),
            self.company,
            entry["subject"],
            paragraphs,
            self._get_user("chanhvanphong"),
            symbol=entry["symbol"],
            to=receivers,
        )
        self.offset = 0
        return paper


class Teller(Giver):
    """Takes one task from its giving to today.

    A step is ``[day, act, …]``: so many working days after the task was given; with
    ``.5``, after the cut-off hour. The task was given ``age`` working days ago, or so
    that its last step happened on the 20th of the month before (``month``), or with
    its document.
    """

    def tell(self):
        steps = self.entry["steps"]
        last = max((int(step[0]) for step in steps), default=0)
        self.age = max(last, self._get_age(last))
        self._give()
        for day, act, *arguments in steps:
            self.days.let_pass(int(day) - self.offset)
            self.offset = int(day)
            if day % 1:
                self.days.go_to_afternoon()
            getattr(self, f"_do_{act}")(*arguments)
            self.days.end_act()
        self.days.let_pass(self.age - self.offset)
        return self.task

    def _get_age(self, last):
        if "from" in self.entry:
            return self.days.count_since(self._get_document().date)
        if self.entry["age"] == "month":
            first = self.days.today.replace(day=1)
            day = (first - timedelta(days=1)).replace(day=20)
            return last + self.days.count_since(day)
        return self.entry["age"]

    # ---- steps ----

    def _do_accept(self, key, login=None):
        self._get_row(key, login).action_accept()

    def _do_route(self, key, receiver, text, days=None, login=None):
        row = self._get_row(key, login)
        line = {"role": "lead", "direction_text": text}
        if receiver.startswith("unit:"):
            line["unit_id"] = self._get_unit(receiver, row.sudo().agency_id).id
        else:
            line["user_id"] = self._get_user(receiver).id
        if days:
            line["deadline"] = self.company._vanban_end_of_day(self.days.get_day(days))
        row.action_route([line])

    def _do_part(self, key, unit, content, days):
        """Give a unit of the agency a part of the task."""
        row = self._get_row(key)
        agency = row.sudo().agency_id
        line = {
            "unit_id": self._get_unit(unit, agency).id,
            "role": "lead",
            "deadline_day": self.days.get_day(days),
        }
        part = row.env["vanban.task"].create(
            {
                "content": content,
                "source": "direct",
                "priority": "0",
                "unit_id": False,
                "company_id": agency.id,
                "parent_id": row.id,
                "assignment_ids": [(0, 0, line)],
            }
        )
        part.action_assign()
        self.days.tasks |= part.sudo()

    def _do_note(self, key, text, percent, login=None):
        self._get_row(key, login).action_note(text, percent)

    def _do_request(self, key, text, days=None):
        row = self._get_row(key)
        asked = row.sudo().coordinator_ids.ids
        row.action_request_answer(asked, text, days and self.days.get_day(days))

    def _do_feedback(self, key, text, login=None):
        row = self._get_row(key, login)
        row.action_report({"kind": "feedback", "content": text})

    def _do_report(self, key, text, login=None):
        row = self._get_row(key, login)
        agency = row.sudo().agency_id
        symbol = self.entry.get("symbol") or row.source_symbol
        about = f" tại văn bản số {symbol}" if symbol else ""
        paper = self._write(
            "report",
            agency,
            f"Kết quả thực hiện nhiệm vụ được giao{about}",
            [
                f"Thực hiện nhiệm vụ: {self.entry['content']}.",
                f"{agency.name} báo cáo như sau: {text}.",
                f"{agency.name} kính báo cáo",
            ],
            self._get_head(agency) or row.env.user,
            to=[self.company.name],
        )
        report_id = row.action_report({**paper, "content": text})
        # until when it is to be judged follows from the time told, not from now
        self.days.end_act()
        report = self.env["vanban.task.report"].sudo().browse(report_id)
        due = self.company._vanban_due_same_day(report.sent_date)
        report._vanban_in_action().write({"review_due": due})

    def _get_judge(self, key, login):
        report_id = self._get_row(key).sudo().report_ids[:1].id
        reports = self.env["vanban.task.report"].with_user(self._get_user(login))
        return reports.browse(report_id)

    def _do_approve(self, key, login):
        self._get_judge(key, login).action_approve()

    def _do_refuse(self, key, login, reason):
        self._get_judge(key, login).action_refuse(reason)

    def _do_ask_extension(self, key, days, reason):
        row = self._get_row(key)
        agency = row.sudo().agency_id
        day = self.days.get_day(days)
        told = self.days.get_day(self.offset - self.age + days).strftime("%d/%m/%Y")
        paper = self._write(
            "letter",
            agency,
            "Đề nghị gia hạn thời gian thực hiện nhiệm vụ",
            [
                f"{agency.name} được giao nhiệm vụ: {self.entry['content']}.",
                f"Lý do chưa thể hoàn thành: {reason[0].lower()}{reason[1:]}.",
                f"{agency.name} đề nghị cho gia hạn đến ngày {told}",
            ],
            row.env.user,
            to=[self.company.name],
        )
        self.extension_id = row.action_request_extension(
            {**paper, "deadline_day": day, "reason": reason}
        )

    def _get_extension(self, login):
        extensions = self.env["vanban.task.extension"].with_user(self._get_user(login))
        return extensions.browse(self.extension_id)

    def _do_grant(self, login):
        extension = self._get_extension(login)
        agency = extension.sudo().assignment_id.agency_id
        asked = extension.request_symbol
        paper = self._write(
            "letter",
            self.company,
            "Gia hạn thời gian thực hiện nhiệm vụ",
            [f"{agency.name} đề nghị gia hạn tại văn bản số {asked}.", _GRANT],
            self._get_user("chanhvanphong"),
            to=[agency.name],
        )
        extension.action_accept(paper)

    def _do_refuse_extension(self, login, reason):
        self._get_extension(login).action_refuse(reason)

    def _do_withdraw(self, key, login, reason):
        rows = self.env["vanban.task.assignment"].with_user(self._get_user(login))
        rows.browse(self._get_row(key).id).action_withdraw(reason)
