"""The tasks of the demo agency show everything there is to see."""

import pytest

import odoo.api


@pytest.fixture(scope="module")
def demo(demo_env):
    """Return an environment of the demo agency, in Vietnamese."""
    with demo_env.cursor() as cr:
        yield odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {"lang": "vi_VN"})


def test_demo_has_tasks_in_all_states_of_the_law(demo):
    """DT-5.2a DT-5.2b1 DT-5.2b2 DT-5.2b3 DT-5.2c1: and one taken back."""
    rows = demo["vanban.task.assignment"].search([("role", "=", "lead")])
    states = {"waiting", "done", "done_late", "doing", "doing_late", "withdrawn"}
    assert set(rows.mapped("state")) == states
    # refused in time and afterwards, with a reason
    refused = rows.filtered(lambda r: r.decision == "refused")
    assert set(refused.mapped("state")) == {"doing", "doing_late"}
    assert all(refused.last_report_id.mapped("reason"))


def test_demo_shows_every_way_of_a_task(demo):
    """DT-3.1a DT-4.3 DT-5.2d1 DT-11.2b DT-14.6 BS-7.3a BS-7.3b"""
    tasks = demo["vanban.task"].search([])
    sources = {"letter", "conclusion", "directive", "opinion", "direct"}
    assert set(tasks.mapped("source")) >= sources - {"directive"}
    assert set(tasks.source_document_id.mapped("direction")) == {"incoming", "outgoing"}
    assert any(tasks.mapped("is_late_entry"))
    assert tasks.parent_id.agency_id.name.startswith("Sở Nông nghiệp")
    extensions = demo["vanban.task.extension"].search([])
    assert set(extensions.mapped("state")) == {"requested", "accepted", "refused"}
    slow = demo["vanban.task.request"].search([]).filtered("delay_hours")
    assert slow.filtered("answered_on")
    assert demo["vanban.task.report"].search([("kind", "=", "feedback")])
    way = demo["vanban.task.routing"].search([])
    assert way.to_unit_id and way.to_user_id and way.parent_id
    assert demo["vanban.task.progress"].search([])
    assert demo["vanban.task.proposal"].search([("state", "=", "proposed")])


def test_demo_scores_can_be_traced(demo):
    """DT-15.2: each point to its task; an objection that waits, and decided ones."""
    closed, now = demo["vanban.task.score.period"].search([], order="date_from")
    assert (closed.state, now.state) == ("closed", "open")
    assert closed.line_ids.filtered("objection").filtered("decision")
    assert "objected" in now.line_ids.mapped("state")
    for score in (closed | now).score_ids:
        lines = score.period_id.line_ids.filtered(
            lambda line, score=score: line.agency_id == score.agency_id
        )
        assert sum(lines.mapped("deducted")) == score.deducted
        assert score.total == score.period_id.base - score.deducted
        assert all(line.assignment_id.agency_id == score.agency_id for line in lines)


def test_demo_happens_in_office_hours(demo):
    """ux.md: nobody reports at night or on a day off, and nothing lies ahead."""
    company = demo.ref("base.main_company")
    reports = demo["vanban.task.report"].search([])
    moments = [
        *demo["vanban.task"].search([]).mapped("assigned_date"),
        *reports.mapped("sent_date"),
        *(moment for moment in reports.mapped("decision_date") if moment),
    ]
    assert len(moments) > 40
    for moment in moments:
        local = company._vanban_to_local(moment)
        assert company._vanban_is_working_day(local.date()), local
        assert 7 < local.hour < 17, local
        assert local.date() <= company._vanban_today()
    deadlines = demo["vanban.task.assignment"].search([]).mapped("deadline_day")
    assert all(company._vanban_is_working_day(day) for day in deadlines)


def test_papers_of_the_demo_have_their_days(demo):
    """DT-14.4b: the report is dated when it was sent."""
    company = demo.ref("base.main_company")
    for report in demo["vanban.task.report"].search([("symbol", "!=", False)]):
        assert report.date == company._vanban_to_local(report.sent_date).date()
        assert report.file_ids.filtered(lambda file: file.role == "signed")
