"""Numbers of a register under real concurrency: no gap, no duplicate, no reuse."""

import os
import signal
import time
import traceback

import pytest
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ

import odoo.api
import odoo.fields
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.sql_db import close_db

WRITERS = 16
REGISTRATIONS = 50
ROLLED_BACK = 50  # every fiftieth of each writer: 2 %


class RollBackError(Exception):
    """A request that fails after it took its number."""


@pytest.fixture(scope="module")
def agency(odoo_env):
    """Make an agency with a clerk, and the papers that its writers register."""
    with odoo_env.cursor() as cr:
        env = odoo.api.Environment(
            cr, odoo.api.SUPERUSER_ID, {"tracking_disable": True}
        )
        company = env["res.company"].create({"name": "Cơ quan đánh số"})
        clerk = env["res.users"].create(
            {
                "name": "Văn thư",
                "login": "numbers_clerk",
                "company_id": company.id,
                "company_ids": [(6, 0, company.ids)],
                "group_ids": [(4, env.ref("vanban_core.group_clerk").id)],
            }
        )
        issuer = env["res.partner"].create({"name": "Bộ Mẫu", "is_company": True})
        return {"company": company.id, "clerk": clerk.id, "issuer": issuer.id}


def _environment(cr, agency):
    return odoo.api.Environment(
        cr, agency["clerk"], {"allowed_company_ids": [agency["company"]]}
    )


def _receive(env, agency, symbols):
    """Enter one secret paper per symbol: of those no file is needed."""
    kind = env.ref("vanban_core.vanban_document_type_decision")
    return env["vanban.document"].create(
        [
            {
                "direction": "incoming",
                "issuer_id": agency["issuer"],
                "symbol": symbol,
                "date": odoo.fields.Date.today(),
                "document_type_id": kind.id,
                "secrecy": "confidential",
            }
            for symbol in symbols
        ]
    )


def _entries(odoo_env, agency):
    with odoo_env.cursor() as cr:
        cr.execute(
            "SELECT entry.number, document.symbol, document.register_number"
            "  FROM vanban_register_entry entry"
            "  LEFT JOIN vanban_document document"
            "    ON document.register_entry_id = entry.id"
            "   AND document.state = 'registered'"
            " WHERE entry.company_id = %s ORDER BY entry.number",
            [agency["company"]],
        )
        return cr.fetchall()


def _fork(database, work):
    """Run ``work`` in a process of its own; return its id and where it reports."""
    reader, writer = os.pipe()
    if child := os.fork():
        os.close(writer)
        return child, reader
    status = 1
    try:
        os.close(reader)
        work(Registry(database), lambda line: os.write(writer, f"{line}\n".encode()))
        status = 0
    except BaseException:  # noqa: BLE001 (the parent shows it)
        os.write(writer, b"failed " + traceback.format_exc().encode())
    finally:
        os._exit(status)  # neither the fixtures nor the reports of the parent


def _end(child, reader):
    """Wait for a process; return its exit status and the lines it reported."""
    with os.fdopen(reader, encoding="utf-8") as lines:
        text = lines.read()
    return os.waitpid(child, 0)[1], text.splitlines()


def _register_all(agency, ids):
    """Return the work of one clerk: each paper is a request of its own."""

    def work(registry, say):
        for place, document_id in enumerate(ids, start=1):
            with registry.cursor() as cr:
                env = _environment(cr, agency)
                document = env["vanban.document"].browse(document_id)
                document.action_register()
                env.flush_all()
                if place % ROLLED_BACK == 0:
                    cr.rollback()
                    say("rolled back")
                    continue
                cr.commit()
                say("done")

    return work


def test_sixteen_writers_leave_no_gap_and_no_duplicate(odoo_env, agency):
    """Design §4.1: also when one of every fifty fails and one writer is killed."""
    with odoo_env.cursor() as cr:
        assert cr._cnx.isolation_level == ISOLATION_LEVEL_REPEATABLE_READ
        shares = [
            _receive(
                _environment(cr, agency),
                agency,
                [f"{writer}-{place}" for place in range(REGISTRATIONS)],
            ).ids
            for writer in range(WRITERS)
        ]
    close_db(odoo_env.db_name)  # a connection must not be shared with a child
    children = [_fork(odoo_env.db_name, _register_all(agency, ids)) for ids in shares]
    victim, reader = children.pop()
    heard = b""
    while heard.count(b"\n") < REGISTRATIONS // 3:
        heard += os.read(reader, 1)
    os.kill(victim, signal.SIGKILL)
    _status, rest = _end(victim, reader)
    committed = heard.count(b"done\n") + rest.count("done")

    for child, pipe in children:
        status, lines = _end(child, pipe)
        assert status == 0, "\n".join(lines)
        assert lines.count("rolled back") == REGISTRATIONS // ROLLED_BACK
        committed += lines.count("done")

    _wait_for_the_killed(odoo_env)
    entries = _entries(odoo_env, agency)
    numbers = [number for number, _symbol, _own in entries]
    assert numbers == list(range(1, len(numbers) + 1))
    # what the killed one had committed but not said yet may be one more
    assert len(numbers) - committed in (0, 1)
    assert all(number == own for number, _symbol, own in entries)
    assert len({symbol for _number, symbol, _own in entries}) == len(entries)
    assert committed >= (WRITERS - 1) * (REGISTRATIONS - 1) + REGISTRATIONS // 3


def _wait_for_the_killed(odoo_env):
    """Wait until PostgreSQL noticed that a client is gone."""
    for _second in range(100):
        with odoo_env.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if not cr.fetchone()[0]:
                return
        time.sleep(0.1)
    pytest.fail("A killed writer still holds its transaction.")


def test_writer_cut_off_by_the_server_leaves_no_gap(odoo_env, agency):
    """Design §4.1: the number of a broken transaction goes to the one who waits."""
    with odoo_env.cursor() as cr:
        ids = _receive(_environment(cr, agency), agency, ["cut-1", "cut-2"]).ids
    before = len(_entries(odoo_env, agency))
    close_db(odoo_env.db_name)

    def cut_off(registry, say):
        cr = registry.cursor()
        env = _environment(cr, agency)
        env["vanban.document"].browse(ids[0]).action_register()
        env.flush_all()
        cr.execute("SELECT pg_backend_pid()")
        say(cr.fetchone()[0])
        time.sleep(60)

    def wait(registry, say):
        with registry.cursor() as cr:
            env = _environment(cr, agency)
            env["vanban.document"].browse(ids[1]).action_register()
        say("done")

    first, reader = _fork(odoo_env.db_name, cut_off)
    backend = b""
    while not backend.endswith(b"\n"):
        backend += os.read(reader, 1)
    second = _fork(odoo_env.db_name, wait)
    time.sleep(0.5)
    with odoo_env.cursor() as cr:
        cr.execute("SELECT pg_terminate_backend(%s)", [int(backend)])
    os.kill(first, signal.SIGKILL)
    _end(first, reader)
    assert _end(*second) == (0, ["done"])
    numbers = [number for number, _symbol, _own in _entries(odoo_env, agency)]
    assert numbers == list(range(1, before + 2))


def test_two_clerks_registering_one_paper_leave_one_number(odoo_env, agency):
    """NĐ 30/2020 Phụ lục VI III.1h: the second gets one sentence, not a failure."""
    with odoo_env.cursor() as cr:
        _receive(_environment(cr, agency), agency, ["twice", "twice"])
        cr.execute("SELECT id FROM vanban_document WHERE symbol = 'twice' ORDER BY id")
        ids = [row[0] for row in cr.fetchall()]
    before = len(_entries(odoo_env, agency))
    close_db(odoo_env.db_name)

    def register(document_id, pause):
        def work(registry, say):
            with registry.cursor() as cr:
                env = _environment(cr, agency)

                def request():
                    env["vanban.document"].browse(document_id).action_register()
                    env.flush_all()
                    say("waiting")
                    time.sleep(pause)

                try:
                    retrying(request, env)
                except Exception as error:  # noqa: BLE001 (what the clerk reads)
                    say(f"{type(error).__name__}: {error}")
                else:
                    say("done")

        return work

    first = _fork(odoo_env.db_name, register(ids[0], 1))
    assert os.read(first[1], 8) == b"waiting\n"
    second = _fork(odoo_env.db_name, register(ids[1], 0))
    assert _end(*first) == (0, ["done"])
    status, [answer] = _end(*second)
    assert status == 0
    kind, _colon, sentence = answer.partition(": ")
    assert kind in ("ValidationError", "UserError", "RedirectWarning")
    assert "registered already" in sentence
    assert "constraint" not in sentence
    numbers = [number for number, _symbol, _own in _entries(odoo_env, agency)]
    assert numbers == list(range(1, before + 2))
