"""Numbers by 16 writers at once, against Odoo's own sequence without gaps.

Each writer is a process and each number a request as Odoo runs it: `retrying` repeats
what fails by concurrency. Measured twice: the number alone, written and committed, and
the whole registering of a paper, once with our numbers and once with Odoo's sequence in
their place. Every writer has the same work to do, and what is compared is how long it
takes until the last of them is done: that is what the people at the desks wait for.
"""

import logging
import os
import random
import time

from common import note, open_registry, report, transaction

import odoo.api
from odoo import Command, fields
from odoo.service.model import retrying
from odoo.sql_db import close_db

WRITERS = 16
ROUNDS = 3


class Writers:
    def __init__(self, registry):
        self.registry = registry
        with transaction(registry) as env:
            agency = env["res.company"].create({"name": "Cơ quan đo"})
            clerk = env["res.users"].create(
                {
                    "name": "clerk",
                    "login": "bench_clerk",
                    "company_id": agency.id,
                    "company_ids": [Command.set(agency.ids)],
                    "group_ids": [Command.link(env.ref("vanban_core.group_clerk").id)],
                }
            )
            issuer = env["res.partner"].create({"name": "Bộ", "is_company": True})
            self.agency, self.clerk, self.issuer = agency.id, clerk.id, issuer.id
            self.kind = env.ref("vanban_core.vanban_document_type_decision").id
            self.register = (
                env["vanban.register"]
                ._find_for(
                    env["vanban.document"].new(
                        {
                            "company_id": agency.id,
                            "direction": "incoming",
                            "secrecy": "confidential",
                        }
                    )
                )
                .id
            )
            self.sequence = (
                env["ir.sequence"]
                .create({"name": "bench", "implementation": "no_gap"})
                .id
            )
        with self.environment() as env:
            self.papers = [self.enter(env, f"paper {i}").id for i in range(WRITERS)]

    def environment(self):
        return transaction(
            self.registry, self.clerk, {"allowed_company_ids": [self.agency]}
        )

    def enter(self, env, symbol):
        """Enter a secret paper: it needs no file."""
        return env["vanban.document"].create(
            {
                "direction": "incoming",
                "issuer_id": self.issuer,
                "symbol": symbol,
                "date": fields.Date.today(),
                "document_type_id": self.kind,
                "secrecy": "confidential",
            }
        )

    # ---- requests ----

    def number(self, env, paper_id, _symbol):
        paper = env["vanban.document"].browse(paper_id)
        register = env["vanban.register"].sudo().browse(self.register)
        register._take_number(paper, fields.Date.today())

    def registering(self, env, _paper_id, symbol):
        self.enter(env, symbol).action_register()

    def take_from_sequence(self, register, document, day):
        """Do what ``_take_number`` does, with Odoo's sequence."""
        register.env.flush_all()
        number = register.env["ir.sequence"].browse(self.sequence).next_by_id()
        entry = register.env["vanban.register.entry"]
        [(entry_id,)] = register.env.execute_query(
            odoo.tools.SQL(
                "INSERT INTO vanban_register_entry"
                " (register_id, year, number, state, date, document_id, company_id)"
                " VALUES (%s, 1, %s, 'used', %s, %s, %s) RETURNING id",
                register.id,
                int(number),
                day,
                document.id,
                self.agency,
            )
        )
        return entry.browse(entry_id), int(number)

    # ---- processes ----

    def rate(self, request, by_sequence, each):
        """Return requests per second until all are done, and attempts in vain."""
        with transaction(self.registry) as env:
            env.cr.execute("ANALYZE")  # as autovacuum would on a table that grows
        close_db(self.registry.db_name)  # no connection is shared with a child
        start, pipes = time.time(), []
        for paper_id in self.papers:
            reader, writer = os.pipe()
            if not os.fork():
                random.seed(paper_id)
                if by_sequence:
                    self.registry["vanban.register"]._take_number = (
                        lambda register, document, day: self.take_from_sequence(
                            register.sudo(), document, day
                        )
                    )
                tries = self.work(request, paper_id, each)
                os.write(writer, str(tries).encode())
                os._exit(0)
            os.close(writer)
            pipes.append(reader)
        tries = 0
        for pipe in pipes:
            with os.fdopen(pipe) as line:
                tries += int(line.read())
            os.wait()
        done = WRITERS * each
        return done / (time.time() - start), tries - done

    def work(self, request, paper_id, each):
        """Make so many requests; one that failed for good is made again."""
        tries = done = 0
        while done < each:
            with self.registry.cursor() as cr:
                env = odoo.api.Environment(
                    cr, self.clerk, {"allowed_company_ids": [self.agency]}
                )

                def attempt(env=env):
                    nonlocal tries
                    tries += 1
                    request(env, paper_id, f"{os.getpid()}-{tries}")

                try:
                    retrying(attempt, env)
                    cr.commit()
                except Exception:  # noqa: BLE001 (a request that failed for good)
                    cr.rollback()
                    continue
            done += 1
        return tries


def main():
    writers = Writers(open_registry())
    logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)  # the attempts in vain
    for name, request, each in (
        ("number alone", writers.number, 50),
        ("whole registering", writers.registering, 10),
    ):
        ratios = []
        for _round in range(ROUNDS):
            own, own_vain = writers.rate(request, False, each)
            theirs, vain = writers.rate(request, True, each)
            note(
                f"{name}: ours {own:.0f}/s, {own_vain} attempts in vain; "
                f"no_gap {theirs:.0f}/s, {vain} in vain"
            )
            ratios.append(own / theirs)
        ratio = sorted(ratios)[ROUNDS // 2]
        report(f"{name}, 16 writers : no_gap", ratio, 3, least=True)


if __name__ == "__main__":
    main()
