"""Registering a document against creating a bare record with a chatter.

The bare model is made here: a ``mail.thread`` with a column of the same type for each
column that a registered document fills. Both run as a clerk and commit each record. The
file is attached between entering and registering, and is not part of the time. Whoever
receives the document has a window open in every second round: only then is a message
sent, on a connection of its own.
"""

import base64
import io
import sys
import time
from statistics import median

from common import note, open_registry, report, transaction
from pypdf import PdfWriter

from odoo import Command, fields

ROUNDS = 60


def make_pdf():
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    buffer = io.BytesIO()
    writer.write(buffer)
    return base64.b64encode(buffer.getvalue())


class Register:
    def __init__(self, registry):
        self.registry = registry
        self.pdf = make_pdf()
        with transaction(registry, context={"tracking_disable": True}) as env:
            agency = env["res.company"].create({"name": "Cơ quan đo"})
            clerk, head = (
                env["res.users"].create(
                    {
                        "name": login,
                        "login": login,
                        "company_id": agency.id,
                        "company_ids": [Command.set(agency.ids)],
                        "group_ids": [Command.link(env.ref(group).id)],
                    }
                )
                for login, group in (
                    ("bench_clerk", "vanban_core.group_clerk"),
                    ("bench_head", "vanban_core.group_office_head"),
                )
            )
            agency.vanban_first_receiver_id = head
            issuer = env["res.partner"].create({"name": "Bộ", "is_company": True})
            kind = env.ref("vanban_core.vanban_document_type_decision")
            env["mail.presence"].create({"user_id": head.id})
            self.agency, self.clerk = agency.id, clerk.id
            self.issuer, self.kind = issuer.id, kind.id
        self.register(0)
        self.make_bare_model()

    def environment(self):
        return transaction(
            self.registry, self.clerk, {"allowed_company_ids": [self.agency]}
        )

    def set_window(self, status):
        with transaction(self.registry) as env:
            env.cr.execute("UPDATE mail_presence SET status = %s", (status,))

    def register(self, number):
        """Enter and register a document; return the seconds that each took."""
        start = time.perf_counter()
        with self.environment() as env:
            document = env["vanban.document"].create(
                {
                    "direction": "incoming",
                    "issuer_id": self.issuer,
                    "symbol": f"{number}/QĐ-B",
                    "date": fields.Date.today(),
                    "document_type_id": self.kind,
                    "subject": f"Về việc triển khai nhiệm vụ số {number}",
                    "urgency": "urgent",
                    "page_count": 3,
                }
            )
        entered = time.perf_counter() - start
        with self.environment() as env:
            env["vanban.document.file"].create(
                {
                    "document_id": document.id,
                    "name": "van-ban.pdf",
                    "role": "scan",
                    "content": self.pdf,
                }
            )
        start = time.perf_counter()
        with self.environment() as env:
            env["vanban.document"].browse(document.id).action_register()
        self.last = document.id
        return entered, time.perf_counter() - start

    def make_bare_model(self):
        with transaction(self.registry) as env:
            document = env["vanban.document"].browse(self.last)
            filled = document.read(load=None)[0]
            given = {
                name: filled[name]
                for name, field in document._fields.items()
                if field.column_type
                and field.store
                and filled.get(name)
                and field.type in ("char", "text", "integer", "date", "datetime",
                                   "boolean", "many2one", "selection")
                and name not in ("id", "create_uid", "create_date", "write_uid",
                                 "write_date", "message_main_attachment_id")
            }  # fmt: skip
            types = {name: document._fields[name] for name in given}
            env["ir.model"].create(
                {
                    "name": "Bare record",
                    "model": "x_bench",
                    "is_mail_thread": True,
                    "field_id": [
                        Command.create(
                            {
                                "name": f"x_{name}",
                                "field_description": name,
                                "ttype": "char"
                                if field.type == "selection"
                                else field.type,
                                "relation": field.comodel_name,
                            }
                        )
                        for name, field in types.items()
                    ],
                    "access_ids": [
                        Command.create(
                            {
                                "name": "x_bench",
                                "perm_create": True,
                                "perm_read": True,
                                "perm_write": True,
                                "group_id": env.ref("base.group_user").id,
                            }
                        )
                    ],
                }
            )
            self.values = {f"x_{name}": value for name, value in given.items()}
        note(f"{len(self.values)} columns are filled")

    def create_bare(self):
        start = time.perf_counter()
        with self.environment() as env:
            env["x_bench"].create(self.values)
        return time.perf_counter() - start


def main():
    bench = Register(open_registry())
    if "--profile" in sys.argv:
        return bench
    times = {name: [] for name in ("entering", "registering", "closed", "open", "bare")}
    for number in range(1, 2 * ROUNDS + 1):
        window = ("closed", "open")[number % 2]
        bench.set_window("online" if window == "open" else "offline")
        entering, registering = bench.register(number)
        times[window].append(entering + registering)
        times["bare"].append(bench.create_bare())
        if window == "closed":
            times["entering"].append(entering)
            times["registering"].append(registering)
    seen = {name: median(values) for name, values in times.items()}
    note(", ".join(f"{name} {value * 1000:.1f} ms" for name, value in seen.items()))
    for name, words in (
        ("closed", "entering and registering : a bare record"),
        ("open", "the same, the receiver has a window open : a bare record"),
        ("entering", "entering alone : a bare record"),
        ("registering", "registering alone : a bare record"),
    ):
        report(words, seen[name] / seen["bare"], 1.5)
    return None


if __name__ == "__main__":
    main()
