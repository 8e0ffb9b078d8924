"""A week under real concurrency: two people act on it at the same moment."""

from datetime import timedelta

import pytest

import odoo.api
from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.service.model import retrying


@pytest.fixture
def week(odoo_env):
    """Make an agency whose week is submitted; return ids."""
    with odoo_env.cursor() as cr:
        env = odoo.api.Environment(
            cr, odoo.api.SUPERUSER_ID, {"tracking_disable": True}
        )
        company = env["res.company"].create({"name": f"Cơ quan {cr.now()}"})
        head, leader = (
            env["res.users"].create(
                {
                    "name": group,
                    "login": f"race_{group}_{company.id}",
                    "company_id": company.id,
                    "company_ids": [(6, 0, company.ids)],
                    "group_ids": [(4, env.ref(f"vanban_core.{group}").id)],
                }
            )
            for group in ("group_office_head", "group_leader")
        )
        start = Datetime.now() + timedelta(days=7)
        entry = (
            env["calendar.event"]
            .with_user(head)
            .with_company(company)
            .create(
                {
                    "name": "Giao ban",
                    "vanban_level": "agency",
                    "start": start,
                    "stop": start + timedelta(hours=1),
                }
            )
        )
        schedule = entry.vanban_schedule_id.with_user(head)
        schedule.action_submit()
        return {
            "company": company.id,
            "head": head.id,
            "leader": leader.id,
            "entry": entry.id,
            "schedule": schedule.id,
        }


def _open(cr, week, person):
    return odoo.api.Environment(
        cr, week[person], {"allowed_company_ids": [week["company"]]}
    )


def test_a_change_that_is_saved_first_stops_the_approval(odoo_env, week):
    """HN-6.2a: the leader has read the week when somebody saves a change."""
    with odoo_env.cursor() as reading, odoo_env.cursor() as writing:
        leader, head = _open(reading, week, "leader"), _open(writing, week, "head")
        schedule = leader["vanban.schedule"].browse(week["schedule"])
        read = schedule.revision
        head["calendar.event"].browse(week["entry"]).write({"location": "Nhà khách"})
        head.cr.commit()
        with pytest.raises(UserError, match="Nhà khách"):
            # the request meets the row that changed, and is asked anew as Odoo does
            retrying(lambda: schedule.action_approve(read), leader)
    with odoo_env.cursor() as cr:
        schedule = _open(cr, week, "leader")["vanban.schedule"].browse(week["schedule"])
        assert schedule.state == "submitted"
        assert schedule.revision == read + 1


def test_of_two_publications_at_once_one_is_told_that_it_is_done(odoo_env, week):
    with odoo_env.cursor() as cr:
        schedule = _open(cr, week, "leader")["vanban.schedule"].browse(week["schedule"])
        schedule.action_approve(schedule.revision)
    with odoo_env.cursor() as one, odoo_env.cursor() as two:
        first, second = (
            _open(cr, week, "head")["vanban.schedule"].browse(week["schedule"])
            for cr in (one, two)
        )
        assert first.state == second.state == "approved"
        first.action_publish()
        one.commit()
        with pytest.raises(UserError, match="published already"):
            retrying(second.action_publish, second.env)
