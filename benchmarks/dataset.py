"""An agency with as many documents as wanted, beside others, made in SQL.

The people come from the ORM. The archive grows with the number of documents; the work
in hand does not: the newest 3,000 documents hold what is open.
"""

from odoo import Command

UNITS = 40
PEOPLE_PER_UNIT = 4
OTHER_AGENCIES = 10
# whose unit is named by how much of the agency's documents
HALF, FEW = "Văn phòng", "Tổ công tác"


def make_people(env):
    """Make the agencies with their units and people; return the agency to measure."""
    env = env(context={"tracking_disable": True, "no_reset_password": True})
    agency, *others = env["res.company"].create(
        [{"name": f"Cơ quan {i}", "vanban_code": f"CQ{i}"} for i in range(11)]
    )
    names = [HALF, FEW, *(f"Phòng {i}" for i in range(2, UNITS))]
    Unit = env["hr.department"]
    units = Unit.create([{"name": n, "company_id": agency.id} for n in names])
    Unit.create([{"name": "Phòng", "company_id": other.id} for other in others])
    people = [
        (f"{unit.name} {place}", unit.id, agency.id)
        for unit in units
        for place in range(PEOPLE_PER_UNIT)
    ]
    people += [(role, units[2].id, agency.id) for role in ("clerk", "leader")]
    people += [("office_head", units[0].id, agency.id)]
    roles = {
        name: env.ref(f"vanban_core.group_{name}").id
        for name in ("officer", "clerk", "leader", "office_head", "unit_head")
    }
    users = env["res.users"].create(
        [
            {
                "name": name,
                "login": name,
                "company_id": company,
                "company_ids": [Command.set([company])],
                "group_ids": [
                    Command.set(
                        [
                            env.ref("base.group_user").id,
                            roles.get(name, roles["officer"]),
                        ]
                    )
                ],
            }
            for name, _unit, company in people
        ]
    )
    employees = env["hr.employee"].create(
        [
            {
                "name": user.name,
                "user_id": user.id,
                "department_id": unit,
                "company_id": company,
            }
            for user, (_name, unit, company) in zip(users, people, strict=True)
        ]
    )
    for unit, head in zip(units, employees[::PEOPLE_PER_UNIT], strict=False):
        unit.manager_id = head
    heads = employees[::PEOPLE_PER_UNIT][:UNITS].user_id
    heads[2:].group_ids = [Command.link(roles["unit_head"])]
    agency.vanban_first_receiver_id = users.filtered(lambda u: u.login == "office_head")
    env["res.partner"].create(
        [{"name": f"Cơ quan ban hành {i}", "is_company": True} for i in range(200)]
    )
    env.flush_all()
    return agency


def make_documents(env, agency, count):
    """Add so many documents to the agency, and half as many to the others."""
    env.flush_all()
    cr = env.cr
    cr.execute("SELECT setseed(0.5)")
    indexes = drop_indexes(cr, ["vanban_document"])
    # what refers to what is right by the way it is made: half of the time is checks
    cr.execute("SET LOCAL session_replication_role = replica")
    cr.execute(_PEOPLE, {"agency": agency.id})
    others = env["res.company"].search([("name", "like", "Cơ quan %")]) - agency
    _insert(cr, agency.id, count)
    for other in others:
        _insert(cr, other.id, count // 2 // len(others))
    for definition in indexes:
        cr.execute(definition)
    cr.execute("DROP TABLE bench_unit, bench_user, bench_issuer")
    vacuum(env)


def vacuum(env):
    """Commit, and do what autovacuum would have done long since."""
    cr = env.cr
    cr.commit()
    # not possible inside a transaction
    cr._cnx.autocommit = True
    cr._cnx.cursor().execute("VACUUM ANALYZE")
    cr._cnx.autocommit = False
    env.invalidate_all()


def drop_indexes(cr, tables):
    """Take off what would be kept up row by row; return how to make it again."""
    cr.execute(
        "SELECT indexname, indexdef FROM pg_indexes"
        " WHERE tablename = ANY(%s) AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
        (list(tables),),
    )
    rows = cr.fetchall()
    for name, _definition in rows:
        cr.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in rows]


def _insert(cr, agency, count):
    values = {"agency": agency, "count": count}
    for statement in (_NEW, _ROUTINGS, _OPEN_TO, _DOCUMENTS, _PARTS):
        cr.execute(statement, values)
    cr.execute("DROP TABLE bench_new, bench_routing, bench_open_to")


_PEOPLE = """
    CREATE TEMP TABLE bench_unit AS
    SELECT unit.id, principal.id AS principal_id, unit.company_id,
           row_number() OVER (PARTITION BY unit.company_id ORDER BY unit.id) - 1
           AS place
      FROM hr_department unit
      JOIN vanban_principal principal ON principal.department_id = unit.id;
    CREATE TEMP TABLE bench_user AS
    SELECT users.id, principal.id AS principal_id, users.login,
           row_number() OVER (ORDER BY users.id) - 1 AS place
      FROM res_users users
      JOIN vanban_principal principal ON principal.user_id = users.id
     WHERE users.company_id = %(agency)s;
    CREATE TEMP TABLE bench_issuer AS
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
      FROM res_partner WHERE name LIKE 'Cơ quan ban hành%%';
    ANALYZE bench_unit; ANALYZE bench_user; ANALYZE bench_issuer
"""

# number 1 is the newest; six of ten are incoming
_NEW = """
    CREATE TEMP TABLE bench_new AS
    WITH drawn AS (
        SELECT nextval('vanban_document_id_seq')::int AS id, number,
               %(count)s - number AS age, number %% 10 < 6 AS incoming,
               random() AS luck, random() AS luck2
          FROM generate_series(1, %(count)s) number
    )
    SELECT drawn.*,
           (date '2026-01-01' - (age / 250.0)::int) AS day,
           CASE
           WHEN incoming AND age < 3000 AND luck < 0.45 THEN 'processing'
           WHEN incoming AND age < 3000 AND luck < 0.50 THEN 'waiting'
           WHEN incoming AND age < 3000 AND luck < 0.60 THEN 'registered'
           WHEN incoming AND age < 3000 AND luck < 0.61 THEN 'received'
           WHEN incoming THEN 'done'
           WHEN age < 3000 AND luck < 0.3 THEN 'draft'
           WHEN age < 3000 AND luck < 0.4 THEN 'review'
           WHEN age < 3000 AND luck < 0.42 THEN 'approved'
           WHEN luck < 0.01 THEN 'cancelled'
           ELSE 'issued' END AS state,
           CASE WHEN luck2 < 0.01 THEN 'confidential' ELSE 'normal' END AS secrecy,
           CASE WHEN incoming THEN 'incoming' ELSE 'outgoing' END AS direction,
           nextval('vanban_register_entry_id_seq')::int AS entry_id
      FROM drawn;
    ANALYZE bench_new
"""

# the office head gives directions, a unit gets the lead, an officer of it works
_ROUTINGS = """
    CREATE TEMP TABLE bench_routing AS
    SELECT bench.id AS document_id, day,
           CASE step WHEN 1 THEN head.id WHEN 3 THEN officer.id END AS user_id,
           CASE WHEN step IN (2, 4) THEN unit.id END AS unit_id,
           CASE step WHEN 1 THEN 'direct' WHEN 4 THEN 'inform' ELSE 'lead' END AS role,
           CASE WHEN bench.state NOT IN ('registered', 'processing', 'waiting')
                     AND step < 4 THEN 'done'
                WHEN bench.state = 'registered' THEN 'waiting'
                WHEN step = 3 OR step = 2 AND luck2 < 0.1 THEN 'waiting'
                WHEN step = 4 AND age < 3000 THEN 'waiting' ELSE 'passed' END AS state
      FROM bench_new bench
      JOIN bench_user head ON head.login = 'office_head'
      CROSS JOIN generate_series(1, 4) step
      JOIN bench_unit unit ON unit.company_id = %(agency)s
       AND unit.place = (bench.luck2 * 1e6)::int %% 38 + 2
      JOIN bench_user officer
        ON officer.place = unit.place * 4 + (luck * 1e6)::int %% 4
     WHERE incoming AND bench.state <> 'received'
       AND (step = 1 OR bench.state <> 'registered')
"""

# the unit in the lead and one beside it, the officer, the office (half), a small team
_OPEN_TO = """
    CREATE TEMP TABLE bench_open_to AS
    SELECT bench.id AS document_id, unit.principal_id
      FROM bench_new bench
      JOIN bench_unit unit ON unit.company_id = %(agency)s
       AND (unit.place = (bench.luck2 * 1e6)::int %% 38 + 2
            OR unit.place = (bench.luck * 1e6)::int %% 38 + 2 AND luck2 < 0.15
            OR unit.place = 0
               AND (luck < 0.5 OR (SELECT count(*) = 1 FROM bench_unit u
                                    WHERE u.company_id = %(agency)s))
            OR unit.place = 1 AND luck2 > 0.9995)
     UNION
    SELECT bench.id, people.principal_id
      FROM bench_new bench
      JOIN bench_user people
        ON people.place = ((bench.luck2 * 1e6)::int %% 38 + 2) * 4
                          + (luck * 1e6)::int %% 4
        OR people.login = CASE WHEN incoming THEN 'office_head' ELSE 'leader' END
      JOIN bench_unit unit ON unit.company_id = %(agency)s AND unit.place = 2
     UNION
    SELECT document_id, principal.id
      FROM bench_routing
      JOIN vanban_principal principal USING (user_id)
"""

# document and line name each other: one statement for both
_DOCUMENTS = """
    WITH booked AS (
        SELECT bench.id, entry_id, number, day, register.id AS register_id
          FROM bench_new bench
          JOIN vanban_register register
            ON register.company_id = %(agency)s
           AND register.direction = bench.direction
           AND coalesce(register.secret, false) = (bench.secrecy <> 'normal')
         WHERE state NOT IN ('received', 'draft', 'review', 'approved', 'cancelled')
    ), entered AS (
        INSERT INTO vanban_register_entry
               (id, register_id, company_id, year, number, document_id, state, date)
        SELECT entry_id, register_id, %(agency)s, 0, number, id, 'used', day
          FROM booked
    )
    INSERT INTO vanban_document
           (id, company_id, direction, state, symbol, symbol_key, document_type_id,
            subject, date, issuer_id, issuer_name, urgency, urgency_rank, secrecy,
            register_id, register_entry_id, register_number, register_date, deadline,
            is_open, is_secret, principal_keys, drafter_id, unit_id, search_text,
            received_date, review_round, create_date, write_date, create_uid,
            write_uid, channel)
    SELECT bench.id, %(agency)s, direction, state, bench.id || '/QĐ-BM',
           bench.id || '/qđ-bm', (SELECT min(id) FROM vanban_document_type),
           CASE WHEN secrecy = 'normal' THEN subject END, bench.day,
           CASE WHEN incoming THEN issuer.id END,
           CASE WHEN incoming THEN 'Cơ quan ban hành' END,
           urgency, CASE urgency WHEN 'express' THEN 3 WHEN 'urgent' THEN 1 ELSE 0 END,
           secrecy, register_id, booked.entry_id, booked.number, booked.day,
           CASE WHEN incoming THEN now() + (luck * 40 - 10) * interval '1 day' END,
           booked.id IS NOT NULL AND secrecy = 'normal', secrecy <> 'normal',
           open_to.keys, drafter.id, unit.id,
           'Quyết định ' || bench.id || '/QĐ-BM ' || bench.number || ' '
           || CASE WHEN secrecy = 'normal' THEN subject ELSE '' END
           || ' Cơ quan ban hành', bench.day, 1, bench.day, bench.day, 2, 2, 'paper'
      FROM bench_new bench
      CROSS JOIN LATERAL (
           SELECT 'Về việc triển khai nhiệm vụ số ' || bench.number
                  || ' của Ủy ban nhân dân, tổng hợp báo cáo tháng '
                  || bench.number %% 12 + 1 AS subject,
                  CASE WHEN luck2 < 0.02 THEN 'express' WHEN luck2 < 0.12 THEN 'urgent'
                       ELSE 'normal' END AS urgency) made
      LEFT JOIN booked ON booked.id = bench.id
      LEFT JOIN (SELECT document_id, array_agg(principal_id) AS keys
                   FROM bench_open_to GROUP BY document_id) open_to
        ON open_to.document_id = bench.id
      LEFT JOIN bench_issuer issuer ON issuer.place = bench.number %% 200
      LEFT JOIN bench_unit unit
        ON NOT incoming AND unit.company_id = %(agency)s
       AND unit.place = bench.id %% 160 / 4
      LEFT JOIN bench_user drafter
        ON unit.id IS NOT NULL AND drafter.place = bench.id %% 160
       AND EXISTS (SELECT 1 FROM bench_unit
                    WHERE company_id = %(agency)s AND place = 1)
"""

_PARTS = """
    INSERT INTO vanban_document_principal_rel (document_id, principal_id)
    SELECT document_id, principal_id FROM bench_open_to;
    INSERT INTO vanban_routing
           (document_id, from_user_id, acted_by_id, to_user_id, to_unit_id, to_label,
            role, state, sent_date)
    SELECT document_id, 2, 2, user_id, unit_id, 'Người nhận', role, state, day
      FROM bench_routing;
    INSERT INTO vanban_review
           (document_id, round, sequence, kind, state, user_id, sent_date)
    SELECT bench.id, 1, step, CASE step WHEN 1 THEN 'approve' ELSE 'sign' END,
           CASE WHEN bench.state <> 'review' THEN 'agreed'
                WHEN step = 1 THEN 'waiting' ELSE 'planned' END,
           people.id, day
      FROM bench_new bench
      CROSS JOIN generate_series(1, 2) step
      JOIN bench_user people
        ON people.login = CASE step WHEN 1 THEN 'office_head' ELSE 'leader' END
      JOIN bench_unit unit ON unit.company_id = %(agency)s AND unit.place = 2
     WHERE NOT incoming AND bench.state <> 'draft'
"""
