"""An office that gives tasks to 150 agencies, with as many tasks as wanted, in SQL.

The people come from the ORM. Tasks were given evenly over two years; what became of
each follows from its own luck and today, so that all grows alike with the number of
tasks, what is in hand too. Made is what lists, desks and summaries read: no files, no
notes, no hand-overs inside an agency (but who has the task by them).
"""

from datetime import timedelta

from dataset import drop_indexes, vacuum

from odoo import Command

AGENCIES = 150
OFFICE, AGENCY = "Ủy ban nhân dân đo", "Sở đo 0"
UNITS, PEOPLE_PER_UNIT, UNITS_OF_OTHERS = 10, 3, 3
WORKING_DAYS = 500
AHEAD = 120
TABLES = (
    "vanban_task",
    "vanban_task_assignment",
    "vanban_task_report",
    "vanban_task_extension",
    "vanban_task_request",
    "vanban_task_principal_rel",
    "vanban_task_handler_rel",
    "vanban_task_viewer_rel",
)


# ---- people ----


def make_task_people(env):
    """Make the office, the agencies, their units and people.

    The office and the first agency have ten units with three people each, the others
    three units and a leader.
    """
    env = env(context={"tracking_disable": True, "no_reset_password": True})
    office, *agencies = companies = env["res.company"].create(
        [
            {"name": OFFICE, "vanban_code": "UBĐO", "vanban_gives_tasks": True},
            *({"name": f"Sở đo {i}", "vanban_code": f"SĐ{i}"} for i in range(AGENCIES)),
        ]
    )
    Unit = env["hr.department"]
    whole = office | agencies[0]
    units = Unit.create(
        [
            {"name": f"Phòng {place}", "company_id": company.id}
            for company in companies
            for place in range(UNITS if company in whole else UNITS_OF_OTHERS)
        ]
    )
    staff = [
        (f"{company.name}, {unit.name}, {place}", "officer", unit, company)
        for company in whole
        for unit in units.filtered(lambda u, company=company: u.company_id == company)
        for place in range(PEOPLE_PER_UNIT)
    ]
    staff += [(f"leader of {one.name}", "leader", Unit, one) for one in companies]
    staff += [
        (f"{role} of {one.name}", role, Unit, one)
        for one in whole
        for role in ("office_head", "clerk")
    ]
    _make_users(env, staff)
    env["vanban.task.programme"].create(
        [{"name": f"Chương trình {i}", "company_id": office.id} for i in range(5)]
    )
    env.flush_all()


def _make_users(env, staff):
    user_group = env.ref("base.group_user").id
    users = env["res.users"].create(
        [
            {
                "name": login,
                "login": login,
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [
                    Command.set([user_group, env.ref(f"vanban_core.group_{role}").id])
                ],
            }
            for login, role, _unit, company in staff
        ]
    )
    env["hr.employee"].create(
        [
            {
                "name": user.name,
                "user_id": user.id,
                "department_id": unit.id,
                "company_id": company.id,
            }
            for user, (_login, _role, unit, company) in zip(users, staff, strict=True)
        ]
    )


# ---- tasks ----


def make_tasks(env, count):
    """Add so many tasks with all that hangs on them."""
    office = env["res.company"].search([("name", "=", OFFICE)])
    env.flush_all()
    cr = env.cr
    cr.execute("SELECT setseed(0.5)")
    indexes = drop_indexes(cr, TABLES)
    # what refers to what is right by the way it is made: half of the time is checks
    cr.execute("SET LOCAL session_replication_role = replica")
    cr.execute(_PEOPLE, {"office": office.id})
    today = _make_days(env, office)
    values = {"count": count, "today": today}
    for statement in (_TASKS, _ROWS, _REPORTS, _OPEN_TO, *_INSERTS):
        cr.execute(statement, values)
    for definition in indexes:
        cr.execute(definition)
    cr.execute(_DROP)
    vacuum(env)


def _make_days(env, agency):
    """Make the table of working days; return the place of the last one that is over."""
    day = agency._vanban_shift_days(agency._vanban_today(), -WORKING_DAYS)
    rows, today = [], 0
    while len(rows) < WORKING_DAYS + AHEAD:
        if agency._vanban_is_working_day(day):
            rows.append(_prepare_day(env, agency, len(rows), day))
            if day < agency._vanban_today():
                today = len(rows) - 1
        day += timedelta(days=1)
    env.cr.execute(
        "CREATE TEMP TABLE bench_day (place int PRIMARY KEY, day date,"
        " morning timestamp, ended timestamp, review_due timestamp, reminder date)"
    )
    env.cr.executemany("INSERT INTO bench_day VALUES (%s, %s, %s, %s, %s, %s)", rows)
    env.cr.execute("ANALYZE bench_day")
    return today


def _prepare_day(env, agency, place, day):
    ended = agency._vanban_end_of_day(day)
    morning = ended.replace(hour=1, minute=0, second=0)  # 8:00 where the agency is
    row = env["vanban.task.assignment"].new({"agency_id": agency.id, "deadline": ended})
    review_due = agency._vanban_due_same_day(morning)
    return place, day, morning, ended, review_due, row._get_next_reminder()


def find_officer(env, agency):
    """Return the login of the officer there who has most in hand, in few tasks too."""
    env.cr.execute(_BUSIEST, (agency,))
    return env.cr.fetchone()[0]


# ---- are they true? ----


def check_tasks(env, count=300):
    """Compare a sample with what the ORM computes.

    :raise AssertionError: the data differ from what the product would have stored
    """
    for row in _check_computes(env, "vanban.task.assignment", count):
        results = row.report_ids.filtered(lambda r: r.kind == "result").sorted()
        refused = results.filtered(lambda r: r.decision == "refused")
        assert row.last_report_id == results[:1]
        assert row.refusal_count == len(refused)
        assert not row.lead_id or row.lead_id.task_id == row.task_id
        for one in row.report_ids:
            assert one.is_late == (one.sent_date > one.deadline)
            assert one.review_due == row.company_id._vanban_due_same_day(one.sent_date)
    _check_computes(env, "vanban.task", count)
    _check_computes(env, "vanban.task.request", count)


def _check_computes(env, model, count):
    Model = env[model].with_context(tracking_disable=True)
    env.cr.execute(
        f"SELECT id FROM {Model._table} ORDER BY random() LIMIT %s", (count,)
    )
    rows = Model.browse(id_ for [id_] in env.cr.fetchall())
    names = [
        name
        for name, field in Model._fields.items()
        if field.store and field.compute and field._module.startswith("vanban_")
    ]
    told = rows.read(names, load=None)
    for name in names:
        env.add_to_compute(Model._fields[name], rows)
    env.flush_all()
    env.invalidate_all()
    for one, other in zip(told, rows.read(names, load=None), strict=True):
        assert one == other, (one, other)
    env.cr.rollback()
    return rows


# ---- statements ----

_PEOPLE = """
    CREATE TEMP TABLE bench_company AS
    SELECT company.id, company.partner_id, company.name, leader.id AS leader_id,
           principal.id AS leader_key,
           row_number() OVER (ORDER BY company.id = %(office)s, company.id) - 1
           AS place
      FROM res_company company
      JOIN res_users leader ON leader.login = 'leader of ' || company.name
      JOIN vanban_principal principal ON principal.user_id = leader.id;
    CREATE TEMP TABLE bench_unit AS
    SELECT unit.id, unit.name ->> 'en_US' AS name, principal.id AS key,
           unit.company_id,
           row_number() OVER (PARTITION BY unit.company_id ORDER BY unit.id) - 1
           AS place, count(*) OVER (PARTITION BY unit.company_id) AS size
      FROM hr_department unit
      JOIN vanban_principal principal ON principal.department_id = unit.id;
    CREATE TEMP TABLE bench_officer AS
    SELECT users.id, principal.id AS key, version.department_id AS unit_id,
           row_number() OVER (PARTITION BY version.department_id ORDER BY users.id) - 1
           AS place
      FROM res_users users
      JOIN vanban_principal principal ON principal.user_id = users.id
      JOIN hr_employee employee ON employee.user_id = users.id
      JOIN hr_version version ON version.id = employee.current_version_id
      JOIN bench_unit unit ON unit.id = version.department_id;
    ANALYZE bench_company; ANALYZE bench_unit; ANALYZE bench_officer
"""

# the office gives three of four: most of it to agencies, the first ones have the most
_TASKS = """
    CREATE TEMP TABLE bench_task AS
    WITH drawn AS (
        SELECT nextval('vanban_task_id_seq')::int AS id, number,
               (number::float * %(today)s / %(count)s)::int AS given,
               random() AS luck, random() AS luck2, random() AS luck3,
               random() AS luck4
          FROM generate_series(1, %(count)s) number
    ), shared AS (
        SELECT *, luck < 0.70 AS is_outside, floor(150 * luck2 ^ 2)::int AS first,
               CASE WHEN luck < 0.75 THEN 150 ELSE floor(150 * luck2 ^ 2) END AS giver
          FROM drawn
    )
    SELECT shared.*, company.id AS company_id, unit.id AS follow_id,
           unit.key AS follow_key,
           coalesce(officer.id, company.leader_id) AS entered_id,
           coalesce(officer.key, company.leader_key) AS entered_key,
           day.day, day.ended, day.morning + number %% 300 * interval '1 minute'
           AS assigned
      FROM shared
      JOIN bench_company company ON company.place = giver
      JOIN bench_day day ON day.place = given
      LEFT JOIN bench_unit unit
        ON unit.company_id = company.id AND giver = 150
       AND unit.place = floor(luck3 * unit.size)
      LEFT JOIN bench_officer officer
        ON officer.unit_id = unit.id AND officer.place = shared.number %% 3;
    ANALYZE bench_task
"""

# places are working days: five to sixty of them until the deadline, which eight of ten
# keep, one of two hundred never answers
_ROWS = """
    CREATE TEMP TABLE bench_row AS
    WITH step AS (
        SELECT task.*, step
          FROM bench_task task CROSS JOIN generate_series(1, 3) step
         WHERE step <= CASE WHEN luck4 < 0.1 THEN 3 WHEN luck4 < 0.4 THEN 2 ELSE 1 END
         ORDER BY task.id, step
    ), drawn AS (
        SELECT nextval('vanban_task_assignment_id_seq')::int AS id, id AS task_id, step,
               number, given, is_outside, first, luck3, company_id, entered_id,
               follow_id, assigned, random() AS r1, random() AS r2, random() AS r3,
               random() AS r4, random() AS r5, random() AS r6, random() AS r7
          FROM step
    ), planned AS (
        SELECT *, given + 5 + (55 * r1 ^ 2)::int AS first_due,
               r6 < 0.012 AND given + 3 <= %(today)s AS is_withdrawn,
               given + floor(r5 * 3)::int AS accepted
          FROM drawn
    ), extended AS (
        SELECT *, CASE
               WHEN step > 1 OR r4 >= 0.08 OR is_withdrawn
                    OR first_due - 3 > %(today)s THEN NULL
               WHEN first_due - 1 > %(today)s THEN 'requested'
               WHEN r5 < 0.8 THEN 'accepted' ELSE 'refused' END AS extension
          FROM planned
    ), due AS (
        SELECT *, first_due + CASE WHEN extension = 'accepted' THEN 15 ELSE 0 END
               AS due
          FROM extended
    ), sent AS (
        SELECT *, CASE
               WHEN is_withdrawn OR r2 > 0.995 THEN 9999
               WHEN extension IS NOT NULL AND r2 < 0.8 THEN greatest(first_due, due)
               WHEN r2 < 0.8 THEN given + 1 + ((due - given - 1) * sqrt(r3))::int
               ELSE due + 1 + (40 * r3 ^ 2)::int END AS sent
          FROM due
    )
    SELECT sent.*, first_value(sent.id) OVER (PARTITION BY task_id ORDER BY step)
           AS lead_id, agency.partner_id, unit.id AS unit_id,
           coalesce(agency.id, sent.company_id) AS agency_id,
           coalesce(agency.name, unit.name) AS name,
           coalesce(agency.leader_id, officer.id, entered_id) AS accepted_by_id,
           unit.key AS unit_key, handler.key AS handler_key, officer.key AS officer_key,
           viewer.key AS viewer_key
      FROM sent
      LEFT JOIN bench_company agency
        ON is_outside AND agency.place = (first + step * 37 - 37) %% 150
      LEFT JOIN bench_unit unit
        ON NOT is_outside AND unit.company_id = sent.company_id
       AND unit.place = (floor(luck3 * unit.size)::int + step) %% unit.size
      LEFT JOIN bench_unit handler
        ON handler.company_id = agency.id
       AND handler.place = floor(r7 * handler.size)
      LEFT JOIN bench_unit viewer
        ON viewer.company_id = agency.id AND r4 > 0.8
       AND viewer.place = floor(r4 * viewer.size)
      LEFT JOIN bench_officer officer
        ON officer.unit_id = coalesce(unit.id, handler.id)
       AND officer.place = sent.number %% 3
     ORDER BY sent.id;
    CREATE INDEX ON bench_row (id); CREATE INDEX ON bench_row (task_id);
    ANALYZE bench_row
"""

# one of eight results is refused at first; feedback comes up to five times on the way
_REPORTS = """
    CREATE TEMP TABLE bench_report AS
    WITH planned AS (
        SELECT id AS assignment_id, 'result' AS kind, try.number,
               sent + try.number * 8 - 8 AS place, floor(r3 * 4)::int AS wait,
               try.number < CASE WHEN r7 < 0.02 THEN 3 WHEN r7 < 0.12 THEN 2 ELSE 1 END
               AS is_refused, first_due, due, accepted_by_id, entered_id
          FROM bench_row CROSS JOIN generate_series(1, 3) AS try (number)
         WHERE try.number <= CASE WHEN r7 < 0.02 THEN 3 WHEN r7 < 0.12 THEN 2 ELSE 1 END
         UNION ALL
        SELECT id, 'feedback', try.number, given + 1
               + (least(sent, due + 10) - given - 1) * try.number
               / (floor(r6 * 5.6)::int + 1), (id + try.number) %% 4, false, first_due,
               due, accepted_by_id, entered_id
          FROM bench_row CROSS JOIN generate_series(1, 5) AS try (number)
         WHERE try.number <= floor(r6 * 5.6) AND NOT is_withdrawn
    )
    SELECT nextval('vanban_task_report_id_seq')::int AS id, ordered.*
      FROM (
           SELECT planned.*, day.day, day.ended, day.review_due,
                  day.morning + CASE kind WHEN 'result' THEN interval '4 hours'
                       ELSE number * interval '20 minutes' END AS sent_date,
                  CASE WHEN judged.place IS NULL THEN NULL
                       WHEN is_refused THEN 'refused' ELSE 'approved' END AS decision,
                  judged.morning + interval '7 hours' AS decision_date,
                  CASE WHEN planned.place < first_due - 1 THEN first_due ELSE due END
                  AS due_then
             FROM planned
             JOIN bench_day day ON day.place = planned.place
             LEFT JOIN bench_day judged
               ON judged.place = planned.place + wait AND judged.place <= %(today)s
            WHERE planned.place <= %(today)s
            ORDER BY sent_date
           ) ordered;
    ANALYZE bench_report;
    CREATE TEMP TABLE bench_last AS
    SELECT DISTINCT ON (assignment_id) assignment_id, id, sent_date, decision,
           count(*) FILTER (WHERE decision = 'refused')
           OVER (PARTITION BY assignment_id) AS refused,
           first_value(id) OVER earliest AS first_id,
           first_value(sent_date) OVER earliest AS first_date
      FROM bench_report
     WHERE kind = 'result'
    WINDOW earliest AS (PARTITION BY assignment_id ORDER BY sent_date)
     ORDER BY assignment_id, sent_date DESC;
    ANALYZE bench_last
"""

# who entered it and the unit that follows; then in the agency a unit and an officer of
# it, and one unit of five for information
_OPEN_TO = """
    CREATE TEMP TABLE bench_given_by AS
    SELECT id AS task_id, entered_key AS key FROM bench_task
     UNION
    SELECT id, follow_key FROM bench_task WHERE follow_key IS NOT NULL;
    CREATE TEMP TABLE bench_open_to AS
    SELECT DISTINCT bench.id, task_id, key, is_handler
      FROM bench_row bench
      CROSS JOIN LATERAL (
           VALUES (unit_key, true, 0), (handler_key, true, accepted),
                  (officer_key, true, accepted), (viewer_key, false, accepted)
           ) named (key, is_handler, since)
     WHERE key IS NOT NULL AND since <= %(today)s;
    CREATE TEMP TABLE bench_row_keys AS
    SELECT id, array_agg(DISTINCT key ORDER BY key) AS keys
      FROM (
           SELECT id, key FROM bench_open_to
            UNION ALL
           SELECT bench.id, key FROM bench_row bench JOIN bench_given_by USING (task_id)
            UNION ALL
           SELECT bench.id, key FROM bench_row bench
             JOIN bench_open_to lead ON lead.id = bench.lead_id AND is_handler
           ) named
     GROUP BY id;
    CREATE TEMP TABLE bench_task_keys AS
    SELECT task_id AS id, array_agg(DISTINCT key ORDER BY key) AS keys
      FROM (SELECT task_id, key FROM bench_given_by
             UNION ALL
            SELECT task_id, key FROM bench_open_to) named
     GROUP BY task_id;
    ANALYZE bench_row_keys; ANALYZE bench_task_keys
"""

_INSERT_TASKS = """
    INSERT INTO vanban_task
           (id, company_id, content, source, source_symbol, source_date, source_subject,
            signer_name, director_name, drafter_name, priority, programme_id, unit_id,
            assigned_date, assigned_by_id, entry_due, is_late_entry, search_text,
            principal_keys, create_date, write_date, create_uid, write_uid)
    SELECT bench.id, company_id, content,
           CASE WHEN NOT is_outside THEN 'direct' WHEN number %% 4 < 2 THEN 'letter'
                WHEN number %% 4 = 2 THEN 'conclusion' ELSE 'directive' END,
           symbol, CASE WHEN is_outside THEN day END, subject, signer, director,
           CASE WHEN is_outside THEN 'Người soạn' END, priority,
           CASE WHEN giver = 150 AND number %% 3 = 0
                THEN (SELECT min(id) FROM vanban_task_programme) + number %% 5 END,
           follow_id, assigned, entered_id, CASE WHEN is_outside THEN ended END, false,
           concat_ws(' ', symbol, content, subject, director, signer), keys,
           assigned, assigned, entered_id, entered_id
      FROM bench_task bench
      JOIN bench_task_keys USING (id)
      CROSS JOIN LATERAL (
           SELECT 'Chủ trì rà soát, tổng hợp và báo cáo kết quả thực hiện nhiệm vụ số '
                  || number || ' theo chỉ đạo của Ủy ban nhân dân, tháng '
                  || number %% 12 + 1 AS content,
                  CASE WHEN is_outside THEN number || '/UBĐO-TH' END AS symbol,
                  CASE WHEN is_outside THEN 'Về việc giao nhiệm vụ số ' || number END
                  AS subject,
                  CASE WHEN is_outside THEN 'Nguyễn Văn Ký' END AS signer,
                  CASE WHEN is_outside THEN 'Trần Thị Chỉ Đạo ' || number %% 5 END
                  AS director,
                  CASE WHEN number %% 20 = 0 THEN '2' WHEN number %% 20 < 4 THEN '1'
                       ELSE '0' END AS priority) made
     ORDER BY bench.id
"""

_INSERT_ROWS = """
    INSERT INTO vanban_task_assignment
           (id, task_id, company_id, role, partner_id, unit_id, agency_id,
            assignee_name, lead_id, lead_agency_id, priority, programme_id,
            follow_unit_id, deadline_day, deadline, next_reminder, assigned_date,
            accepted_date, accepted_by_id, withdrawn_date, withdrawn_by_id,
            withdraw_reason, last_report_id, report_date, decision, phase, review_due,
            extension_count, refusal_count, principal_keys, create_date, write_date,
            create_uid, write_uid)
    SELECT bench.id, bench.task_id, bench.company_id,
           CASE bench.step WHEN 1 THEN 'lead' ELSE 'coordinate' END, bench.partner_id,
           bench.unit_id, bench.agency_id, bench.name,
           CASE WHEN bench.step > 1 THEN bench.lead_id END,
           CASE WHEN bench.step > 1 THEN lead.agency_id END, task.priority,
           task.programme_id, bench.follow_id, due.day, due.ended,
           CASE WHEN phase = 'open' THEN due.reminder END, bench.assigned,
           accepted.morning + interval '6 hours',
           CASE WHEN accepted.place IS NOT NULL THEN bench.accepted_by_id END,
           withdrawn.morning, CASE WHEN bench.is_withdrawn THEN bench.entered_id END,
           CASE WHEN bench.is_withdrawn THEN 'Giao lại' END, last.id, last.sent_date,
           last.decision, phase, waiting.review_due,
           (coalesce(bench.extension, '') = 'accepted')::int, coalesce(last.refused, 0),
           keys, bench.assigned, bench.assigned, bench.entered_id, bench.entered_id
      FROM bench_row bench
      JOIN bench_row_keys USING (id)
      JOIN bench_row lead ON lead.id = bench.lead_id
      JOIN vanban_task task ON task.id = bench.task_id
      JOIN bench_day due ON due.place = bench.due
      LEFT JOIN bench_day accepted
        ON accepted.place = bench.accepted AND accepted.place <= %(today)s
      LEFT JOIN bench_day withdrawn
        ON withdrawn.place = bench.given + 3 AND bench.is_withdrawn
      LEFT JOIN bench_last last ON last.assignment_id = bench.id
      LEFT JOIN (
           SELECT assignment_id, min(review_due) AS review_due
             FROM bench_report WHERE decision IS NULL GROUP BY assignment_id
           ) waiting ON waiting.assignment_id = bench.id
      CROSS JOIN LATERAL (
           SELECT CASE WHEN bench.is_withdrawn THEN 'withdrawn'
                       WHEN coalesce(last.decision, '') = 'refused' OR last.id IS NULL
                       THEN 'open'
                       WHEN last.decision IS NULL THEN 'waiting'
                       WHEN last.sent_date <= due.ended THEN 'done'
                       ELSE 'done_late' END AS phase) stated
     ORDER BY bench.id
"""

_INSERT_REPORTS = """
    INSERT INTO vanban_task_report
           (id, assignment_id, kind, content, symbol, date, subject, signer_name,
            sent_date, sent_by_id, sent_label, deadline, is_late, is_late_entry,
            entry_due, review_due, decision, decision_date, decision_by_id,
            decision_label, reason, create_date, write_date, create_uid, write_uid)
    SELECT bench.id, assignment_id, kind,
           'Đã thực hiện nội dung được giao, lần ' || number,
           CASE kind WHEN 'result' THEN bench.id || '/BC-SĐ' END,
           CASE kind WHEN 'result' THEN bench.day END,
           CASE kind WHEN 'result' THEN 'Báo cáo kết quả thực hiện nhiệm vụ' END,
           CASE kind WHEN 'result' THEN 'Lê Văn Báo' END, sent_date, accepted_by_id,
           'Lê Văn Báo, Giám đốc', due.ended, sent_date > due.ended, false, bench.ended,
           bench.review_due, decision, decision_date,
           CASE WHEN decision IS NOT NULL THEN entered_id END,
           CASE WHEN decision IS NOT NULL THEN 'Chuyên viên theo dõi' END,
           CASE decision WHEN 'refused' THEN 'Bổ sung số liệu' END,
           sent_date, coalesce(decision_date, sent_date), accepted_by_id, accepted_by_id
      FROM bench_report bench
      JOIN bench_day due ON due.place = due_then
     ORDER BY bench.id
"""

_INSERT_PARTS = """
    INSERT INTO vanban_task_extension
           (assignment_id, state, old_deadline, deadline_day, new_deadline, reason,
            request_symbol, request_date, requested_on, requested_by_id,
            approval_symbol, approval_date, decided_on, decided_by_id, answer)
    SELECT bench.id, extension, first.ended, later.day,
           CASE extension WHEN 'accepted' THEN later.ended END, 'Chờ số liệu',
           bench.id || '/SĐ-GH', asked.day, asked.morning, accepted_by_id,
           CASE extension WHEN 'accepted' THEN bench.id || '/UBĐO' END,
           CASE extension WHEN 'accepted' THEN decided.day END, decided.morning,
           CASE WHEN extension <> 'requested' THEN entered_id END,
           CASE extension WHEN 'refused' THEN 'Thực hiện đúng hạn' END
      FROM bench_row bench
      JOIN bench_day first ON first.place = first_due
      JOIN bench_day later ON later.place = first_due + 15
      JOIN bench_day asked ON asked.place = first_due - 3
      LEFT JOIN bench_day decided
        ON decided.place = first_due - 1 AND extension <> 'requested'
     WHERE extension IS NOT NULL
     ORDER BY bench.id;
    INSERT INTO vanban_task_request
           (assignment_id, text, requested_on, requested_by_id, due, report_id,
            answered_on)
    SELECT bench.id, 'Cung cấp số liệu', asked.morning, lead.accepted_by_id, due.ended,
           last.first_id, last.first_date
      FROM bench_row bench
      JOIN bench_row lead ON lead.id = bench.lead_id
      JOIN bench_day asked ON asked.place = bench.given + 1
      JOIN bench_day due ON due.place = bench.due
      LEFT JOIN bench_last last ON last.assignment_id = bench.id
     WHERE bench.step > 1 AND bench.r5 < 0.5 AND NOT bench.is_withdrawn
       AND asked.place <= %(today)s
     ORDER BY bench.id;
    INSERT INTO vanban_task_principal_rel (task_id, principal_id)
    SELECT task_id, key FROM bench_given_by;
    INSERT INTO vanban_task_handler_rel (assignment_id, principal_id)
    SELECT id, key FROM bench_open_to WHERE is_handler;
    INSERT INTO vanban_task_viewer_rel (assignment_id, principal_id)
    SELECT id, key FROM bench_open_to WHERE NOT is_handler
"""
_INSERTS = (_INSERT_TASKS, _INSERT_ROWS, _INSERT_REPORTS, _INSERT_PARTS)

_BUSIEST = """
    SELECT users.login
      FROM vanban_task_assignment task
      JOIN vanban_principal principal ON principal.id = ANY(task.principal_keys)
      JOIN res_users users ON users.id = principal.user_id
      JOIN res_company company
        ON company.id = users.company_id AND company.name = %s
     WHERE task.phase = 'open' AND users.login LIKE '%%Phòng%%'
     GROUP BY users.login
     ORDER BY count(*) DESC, users.login
     LIMIT 1
"""

_DROP = """
    DROP TABLE bench_company, bench_unit, bench_officer, bench_day, bench_task,
               bench_row, bench_report, bench_last, bench_given_by, bench_open_to,
               bench_row_keys, bench_task_keys
"""
