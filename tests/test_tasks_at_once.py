"""Two people act on one task at the same moment: one of them is told so."""

import base64
import datetime
import threading
import time

import pytest

import odoo.api
import odoo.fields
from odoo.exceptions import UserError
from odoo.service.model import retrying

from odoo.addons.vanban_core.tests.common import make_pdf


@pytest.fixture(scope="module")
def people(odoo_env):
    """Make an agency whose office gives tasks to a unit with two people."""
    with odoo_env.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        company = env["res.company"].create({"name": "Cơ quan giao việc"})
        unit = env["hr.department"].create(
            {"name": "Phòng Nghiệp vụ", "company_id": company.id}
        )
        found = {"company": company.id, "unit": unit.id}
        for login, group in (
            ("at_once_head", "office_head"),
            ("at_once_officer", "officer"),
            ("at_once_other", "officer"),
        ):
            user = env["res.users"].create(
                {
                    "name": login,
                    "login": login,
                    "company_id": company.id,
                    "company_ids": [(6, 0, company.ids)],
                    "group_ids": [(4, env.ref(f"vanban_core.group_{group}").id)],
                }
            )
            if group == "officer":
                env["hr.employee"].create(
                    {
                        "name": login,
                        "user_id": user.id,
                        "company_id": company.id,
                        "department_id": unit.id,
                    }
                )
            found[login.removeprefix("at_once_")] = user.id
        return found


def _as(cr, people, who):
    context = {"allowed_company_ids": [people["company"]]}
    return odoo.api.Environment(cr, people[who], context)


@pytest.fixture
def row(odoo_env, people):
    """Return the id of a task that the unit has, given anew for each test."""
    with odoo_env.cursor() as cr:
        env = _as(cr, people, "head")
        line = {"unit_id": people["unit"], "deadline_day": _get_day(10)}
        task = env["vanban.task"].create(
            {
                "content": "Rà soát",
                "source": "direct",
                "unit_id": False,
                "assignment_ids": [(0, 0, line)],
            }
        )
        task.action_assign()
        return task.assignment_ids.id


def _get_day(days):
    return odoo.fields.Date.today() + datetime.timedelta(days=days)


def _get_paper():
    content = base64.b64encode(make_pdf()).decode()
    return {
        "symbol": "7/BC-NV",
        "date": odoo.fields.Date.to_string(_get_day(-1)),
        "subject": "Kết quả",
        "signer_name": "Nguyễn Văn Ký",
        "content": "Đã xong",
        "files": [{"name": "ban-ky.pdf", "role": "signed", "content": content}],
    }


def _report(env, row):
    return env["vanban.task.assignment"].browse(row).action_report(_get_paper())


def _ask_more_time(env, row):
    values = {**_get_paper(), "deadline_day": _get_day(20), "reason": "Chờ số liệu"}
    return env["vanban.task.assignment"].browse(row).action_request_extension(values)


def _meet(odoo_env, people, first, second):
    """Let the second act while the first one is not committed; return its answer.

    :param tuple first: who acts, and a function of the environment
    :return: what the second one was told, or None where it was done
    """
    answers = []

    def act_second():
        who, act = second
        with odoo_env.cursor() as cr:
            env = _as(cr, people, who)
            try:
                retrying(lambda: act(env), env)
                answers.append(None)
            except UserError as error:
                cr.rollback()
                answers.append(str(error))

    thread = threading.Thread(target=act_second)
    with odoo_env.cursor() as cr:
        who, act = first
        act(_as(cr, people, who))
        cr.flush()
        thread.start()
        _wait_until_one_waits(odoo_env)
        cr.commit()
    thread.join(60)
    [answer] = answers
    return answer


def _wait_until_one_waits(odoo_env):
    for _tenth in range(300):
        with odoo_env.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                " AND datname = current_database()"
            )
            if cr.fetchone()[0]:
                return
        time.sleep(0.1)
    pytest.fail("Nobody waited for the other.")


def _read(odoo_env, model, row):
    with odoo_env.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        return env[model].search([("assignment_id", "=", row)]).read()


def test_of_two_reports_at_once_one_is_kept(odoo_env, people, row):
    """DT-4.4: two people of the unit send a result."""
    answer = _meet(
        odoo_env,
        people,
        ("officer", lambda env: _report(env, row)),
        ("other", lambda env: _report(env, row)),
    )
    assert answer == "“Rà soát” is waiting for confirmation: this is not possible."
    [report] = _read(odoo_env, "vanban.task.report", row)
    assert report["sent_by_id"][0] == people["officer"]
    assert len(report["file_ids"]) == 1


def test_of_two_judgements_at_once_one_counts(odoo_env, people, row):
    """DT-4.5b: not satisfactory and satisfactory, of one report."""
    with odoo_env.cursor() as cr:
        report_id = _report(_as(cr, people, "officer"), row)
    report = lambda env: env["vanban.task.report"].browse(report_id)  # noqa: E731
    answer = _meet(
        odoo_env,
        people,
        ("head", lambda env: report(env).action_refuse("Chưa đủ")),
        ("head", lambda env: report(env).action_approve()),
    )
    assert answer == "This report is judged already."
    [told] = _read(odoo_env, "vanban.task.report", row)
    assert (told["decision"], told["reason"]) == ("refused", "Chưa đủ")


def test_no_deadline_moves_under_a_report(odoo_env, people, row):
    """DT-5.1a: a result is measured by the deadline that was in force."""
    with odoo_env.cursor() as cr:
        extension_id = _ask_more_time(_as(cr, people, "officer"), row)
    answer = _meet(
        odoo_env,
        people,
        ("officer", lambda env: _report(env, row)),
        (
            "head",
            lambda env: (
                env["vanban.task.extension"]
                .browse(extension_id)
                .action_accept(_get_paper())
            ),
        ),
    )
    assert answer == "“Rà soát” is waiting for confirmation: this is not possible."
    [extension] = _read(odoo_env, "vanban.task.extension", row)
    assert extension["state"] == "requested"


def test_more_time_is_asked_for_once(odoo_env, people, row):
    """DT-5.2d1"""
    answer = _meet(
        odoo_env,
        people,
        ("officer", lambda env: _ask_more_time(env, row)),
        ("other", lambda env: _ask_more_time(env, row)),
    )
    assert answer.endswith("An extension is asked for already.")
    assert len(_read(odoo_env, "vanban.task.extension", row)) == 1
