"""The first list page and the desk: an ordinary user, and a growing archive.

Each call is a whole request, as the browser waits for it. Two databases stand side by
side, with 10,000 and with 200,000 documents of the agency (half as many of others).
"""

import logging

from common import (
    Browser,
    medians,
    note,
    open_registry,
    read_list,
    report,
    second_database,
    transaction,
)
from dataset import FEW, HALF, make_documents, make_people

SMALL, LARGE = 10_000, 200_000
ROUNDS = 25
SUPERUSER = 1
# who, and how much of the agency's documents the person sees under the policy “unit”
PEOPLE = {
    f"{HALF} 1": "officer seeing 50 %",
    "Phòng 5 1": "officer seeing 3 %",
    f"{FEW} 1": "officer seeing 0.05 %",
    "Phòng 5 0": "unit head",
    "clerk": "clerk",
    "office_head": "office head",
    "leader": "leader",
}


class Archive:
    """One database with its people, and what is asked of it."""

    def __init__(self, registry, count):
        self.registry = registry
        with transaction(registry) as env:
            self.agency = env["res.company"].search([("name", "=", "Cơ quan 0")])
            make_documents(env, self.agency, count)
            users = env["res.users"].search([("company_id", "=", self.agency.id)])
            self.users = {user.login: user.id for user in users}
            view = env.ref("vanban_core.vanban_document_view_list_in")
            self.spec, self.limit = read_list(env, view)
            self.agency_id = self.agency.id
        self.browsers = {
            login: Browser(registry, self.users.get(login, SUPERUSER))
            for login in (*PEOPLE, "superuser")
        }

    def set_policy(self, policy):
        with transaction(self.registry) as env:
            company = env["res.company"].browse(self.agency_id)
            company.vanban_access_policy = policy

    def page(self, login):
        domain = [("direction", "=", "incoming")]
        if login == "superuser":
            domain.append(("company_id", "=", self.agency_id))
        return self.browsers[login].call(
            "vanban.document",
            "web_search_read",
            domain,
            self.spec,
            limit=80,
            count_limit=self.limit,
        )

    def desk(self, login):
        return self.browsers[login].call("vanban.desk", "get_desk")

    def bare_desk(self, login):
        """Build the same person's desk with all rules off, outside of a request."""
        context = {"allowed_company_ids": [self.agency_id]}
        with transaction(self.registry, self.users[login], context) as env:
            env["vanban.desk"].sudo().get_desk()

    def own_desk(self, login):
        context = {"allowed_company_ids": [self.agency_id]}
        with transaction(self.registry, self.users[login], context) as env:
            env["vanban.desk"].get_desk()


def compare_with_superuser(archive):
    for policy in ("unit", "agency"):
        archive.set_policy(policy)
        for login, words in PEOPLE.items():
            # side by side: the load of the machine changes within seconds
            times = medians(
                ROUNDS,
                own=lambda login=login: archive.page(login),
                superuser=lambda: archive.page("superuser"),
            )
            note(f"superuser: {times['superuser'] * 1000:.1f} ms")
            ratio = times["own"] / times["superuser"]
            report(f"list page, policy “{policy}”, {words} : superuser", ratio, 1.3)
    archive.set_policy("unit")
    for login, words in PEOPLE.items():
        times = medians(
            ROUNDS,
            own=lambda login=login: archive.own_desk(login),
            bare=lambda login=login: archive.bare_desk(login),
        )
        report(f"desk, {words} : rules off", times["own"] / times["bare"], 1.3)


def compare_sizes(small, large):
    for login, words in PEOPLE.items():
        times = medians(
            ROUNDS,
            small_page=lambda login=login: small.page(login),
            large_page=lambda login=login: large.page(login),
            small_desk=lambda login=login: small.desk(login),
            large_desk=lambda login=login: large.desk(login),
        )
        rows = [len(archive.page(login)["records"]) for archive in (small, large)]
        for what in ("page", "desk"):
            if what == "page" and rows[0] != rows[1]:
                note(f"{words}: no page to compare, {rows[0]} and {rows[1]} rows")
                continue
            low, high = times[f"small_{what}"], times[f"large_{what}"]
            note(f"{words}, {what}: {low * 1000:.1f} and {high * 1000:.1f} ms")
            report(f"{what}, {words}, 200,000 : 10,000 documents", high / low, 1.5)


def main():
    registry = open_registry()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with transaction(registry) as env:
        make_people(env)
    with second_database(registry.db_name) as name:
        small = Archive(registry, SMALL)
        large = Archive(open_registry(name), LARGE)
        compare_with_superuser(large)
        compare_sizes(small, large)


if __name__ == "__main__":
    main()
