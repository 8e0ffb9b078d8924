import base64

from freezegun import freeze_time

from odoo import fields

from odoo.addons.vanban_core.tests.common import VanbanCommon, make_pdf


def make_file(name="ban-ky.pdf", role="signed"):
    """Return a file as clients send it to the actions."""
    content = base64.b64encode(make_pdf()).decode()
    return {"name": name, "role": role, "content": content}


class TaskCommon(VanbanCommon):
    """An office that gives tasks, and three agencies that carry them out.

    ``agency`` gives; ``clerk, officer (enters), officer2, unit_head, office_head,
    leader`` are its people and ``unit`` follows. ``other_agency`` is in the lead, with
    ``stranger`` (clerk), ``exec_head`` (leader), ``exec_unit_head`` and
    ``exec_officer`` of ``exec_unit``, ``exec_officer2`` of no unit. ``helper_agency``
    coordinates, with ``helper_clerk``; ``third_agency`` has nothing to do with it, with
    ``third_clerk``. It is Wednesday, 10 June 2026, 10:00, with no holiday near.
    """

    moment = "2026-06-10 03:00:00"

    @classmethod
    def setUpClass(cls):
        if cls.moment:
            cls.startClassPatcher(freeze_time(cls.moment))
        super().setUpClass()
        cls.agency.vanban_gives_tasks = True
        companies = cls.env["res.company"]
        cls.helper_agency = companies.create({"name": "Sở Phối hợp Mẫu"})
        cls.third_agency = companies.create({"name": "Sở Ngoài Mẫu"})
        group = "vanban_core.group_"
        cls.exec_head = cls._create_person(
            "exec_head", f"{group}leader", cls.other_agency
        )
        cls.exec_unit_head = cls._create_person(
            "exec_unit_head", f"{group}unit_head", cls.other_agency
        )
        cls.exec_officer = cls._create_person(
            "exec_officer", f"{group}officer", cls.other_agency
        )
        cls.exec_officer2 = cls._create_person(
            "exec_officer2", f"{group}officer", cls.other_agency
        )
        cls.exec_unit = cls._create_unit(
            "Phòng Nghiệp vụ", "NV", cls.exec_unit_head, cls.exec_officer
        )
        cls.exec_unit.company_id = cls.other_agency
        cls.helper_clerk = cls._create_person(
            "helper_clerk", f"{group}clerk", cls.helper_agency
        )
        cls.third_clerk = cls._create_person(
            "third_clerk", f"{group}clerk", cls.third_agency
        )

    @classmethod
    def _get_day(cls, days):
        """Return the date so many working days ahead (or before, if negative)."""
        return cls.agency._vanban_shift_days(cls.agency._vanban_today(), days)

    @classmethod
    def _prepare_task(cls, *lines, days=5, **values):
        """Return the values of a task; a line is ``(agency or unit, role)``."""
        lines = lines or ((cls.other_agency, "lead"),)
        cls.serial += 1
        return {
            "content": f"Rà soát và báo cáo kết quả việc số {cls.serial}",
            "source": "letter",
            "source_symbol": f"{cls.serial}/UBND-TH",
            "source_date": cls.agency._vanban_today(),
            "source_subject": "Về việc giao nhiệm vụ",
            "signer_name": "Nguyễn Văn Ký",
            "director_name": "Trần Thị Chỉ Đạo",
            "unit_id": cls.unit.id,
            "assignment_ids": [
                (0, 0, cls._prepare_line(who, role, days)) for who, role in lines
            ],
            **values,
        }

    @classmethod
    def _prepare_line(cls, who, role="lead", days=5):
        is_unit = who._name == "hr.department"
        name, id_ = (
            ("unit_id", who.id) if is_unit else ("partner_id", who.partner_id.id)
        )
        return {name: id_, "role": role, "deadline_day": cls._get_day(days)}

    @classmethod
    def _create_task(cls, *lines, user=None, files=1, **values):
        """Return a task entered by the officer and not given yet."""
        task = (
            cls.env["vanban.task"]
            .with_user(user or cls.officer)
            .create(cls._prepare_task(*lines, **values))
        )
        for _file in range(files):
            task.env["vanban.task.file"].create({"task_id": task.id, **make_file()})
        return task

    @classmethod
    def _give(cls, *lines, **values):
        """Return the assignments of a task that was given, as superuser."""
        task = cls._create_task(*lines, **values)
        task.action_assign()
        return task._get_assignments().sorted("id")

    @classmethod
    def _prepare_answer(cls, **values):
        """Return what a report by hand holds."""
        return {
            "symbol": "15/BC-SM",
            "date": fields.Date.to_string(cls.agency._vanban_today()),
            "subject": "Báo cáo kết quả",
            "signer_name": "Lê Văn Báo",
            "content": "Đã hoàn thành",
            "files": [make_file()],
            **values,
        }

    @classmethod
    def _report(cls, row, user=None, **values):
        """Return the report that the executing side sends."""
        row = row.with_user(user or cls.stranger)
        report_id = row.action_report(cls._prepare_answer(**values))
        return cls.env["vanban.task.report"].browse(report_id)

    @classmethod
    def _prepare_extension(cls, days=10, **values):
        return {
            "deadline_day": cls._get_day(days),
            "reason": "Chờ số liệu của cấp xã",
            "symbol": "20/SM-NV",
            "date": fields.Date.to_string(cls.agency._vanban_today()),
            "files": [make_file("xin-gia-han.pdf")],
            **values,
        }

    @classmethod
    def _ask_extension(cls, row, user=None, **values):
        """Return the extension that the executing side asks for."""
        extension_id = row.with_user(user or cls.stranger).action_request_extension(
            cls._prepare_extension(**values)
        )
        return cls.env["vanban.task.extension"].browse(extension_id)
