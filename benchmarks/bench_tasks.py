"""Lists, desks and the monthly summary of tasks: 2,000 and 200,000 of them.

Each call is a whole request, as the browser waits for it. Two databases stand side by
side; in both an office and 150 agencies give tasks, and all is in proportion, the tasks
in hand too. Where the smaller one has no whole page, both are asked for as many rows as
it has.
"""

import logging
from typing import NamedTuple

from common import (
    Browser,
    compare,
    medians,
    note,
    open_registry,
    read_list,
    report,
    second_database,
    transaction,
)
from tasks_dataset import (
    AGENCY,
    OFFICE,
    check_tasks,
    find_officer,
    make_task_people,
    make_tasks,
)

SMALL, LARGE = 2_000, 200_000
ROUNDS = 25
SUPERUSER = 1
PAGE = 80
# the window opens with the first; the others are the states of 128/QĐ-UBND Điều 5
FILTERS = {"not ended": [("phase", "in", ("open", "waiting"))]} | {
    state: [("state", "=", state)]
    for state in ("doing", "doing_late", "waiting", "done", "done_late")
}
VIEWS = {
    "given": "vanban_tasks.vanban_task_assignment_view_list_given",
    "had": "vanban_tasks.vanban_task_assignment_view_list",
}


class Person(NamedTuple):
    words: str
    login: str
    agency: str
    side: str


def find_people(env):
    """Return who is measured: leaders and officers of both sides."""
    return [
        Person("office head", f"office_head of {OFFICE}", OFFICE, "given"),
        Person("officer who follows", find_officer(env, OFFICE), OFFICE, "given"),
        Person("leader of an agency", f"leader of {AGENCY}", AGENCY, "had"),
        Person("officer of its unit", find_officer(env, AGENCY), AGENCY, "had"),
    ]


class Tasks:
    """One database with its people, and what is asked of it."""

    def __init__(self, registry, people):
        self.people = people
        self.head = people[0]
        with transaction(registry) as env:
            users = {user.login: user.id for user in env["res.users"].search([])}
            companies = env["res.company"].search([])
            self.contexts = {
                one.name: {"allowed_company_ids": one.ids} for one in companies
            }
            self.lists = {
                side: read_list(env, env.ref(name)) for side, name in VIEWS.items()
            }
        self.browsers = {one: Browser(registry, users[one.login]) for one in people}
        self.superuser = Browser(registry, SUPERUSER)

    def call(self, person, model, method, *args, browser=None, **kwargs):
        browser = browser or self.browsers[person]
        kwargs["context"] = self.contexts[person.agency]
        return browser.call(model, method, *args, **kwargs)

    def page(self, person, name, limit=PAGE, browser=None):
        """Open the first page of a filter."""
        spec, count_limit = self.lists[person.side]
        return self.call(
            person,
            "vanban.task.assignment",
            "web_search_read",
            [("side", "=", person.side), *FILTERS[name]],
            spec,
            limit=limit,
            count_limit=count_limit,
            browser=browser,
        )["records"]

    def super_page(self, person, name):
        """Open the same list of the same agency as superuser."""
        return self.page(person, name, browser=self.superuser)

    def desk(self, person):
        """Open the desk and the plots that it asks for."""
        desk = self.call(person, "vanban.desk", "get_desk")
        for plot in desk["plots"]:
            self.call(person, "vanban.desk", plot["method"])

    def summarize(self, period):
        """Count a month of all agencies; return the id of the summary."""
        values = {"period": period, "with_coordinating": True}
        ids = self.call(self.head, "vanban.task.summary", "create", [values])
        self.call(self.head, "vanban.task.summary", "action_count", ids)
        return ids

    def export(self, ids):
        """Write the workbook of a summary, with the list of what is late."""
        self.call(self.head, "vanban.task.summary", "action_export", ids)

    def print(self, ids):
        """Lay out the paper of a summary, with the first 500 of what is late."""
        path = f"/report/pdf/vanban_tasks.report_task_summary/{ids[0]}"
        return self.browsers[self.head].get(path)


def compare_pages(small, large, person, name):
    rows = len(small.page(person, name))
    if not rows:
        note(f"{person.words}, {name}: no page to compare")
        return
    low, high, ratio = compare(
        ROUNDS,
        lambda: small.page(person, name, rows),
        lambda: large.page(person, name, rows),
    )
    note(f"{rows} rows: {low * 1000:.1f} and {high * 1000:.1f} ms")
    report(f"page “{name}”, {person.words}, 200,000 : 2,000 tasks", ratio, 1.5)


def compare_desks(small, large, person):
    low, high, ratio = compare(
        ROUNDS, lambda: small.desk(person), lambda: large.desk(person)
    )
    note(f"{low * 1000:.1f} and {high * 1000:.1f} ms")
    report(f"desk, {person.words}, 200,000 : 2,000 tasks", ratio, 1.5)


def compare_with_superuser(tasks, person, name):
    seconds, _own, ratio = compare(
        ROUNDS,
        lambda: tasks.super_page(person, name),
        lambda: tasks.page(person, name),
    )
    rows = len(tasks.page(person, name)), len(tasks.super_page(person, name))
    note(f"{rows[0]} and {rows[1]} rows, superuser {seconds * 1000:.1f} ms")
    report(f"page “{name}”, {person.words} : superuser", ratio, 1.3)


def measure_summary(tasks):
    for period in ("month", "last_month"):
        times = medians(5, count=lambda period=period: tasks.summarize(period))
        report(f"{period} of all agencies, counted, seconds", times["count"], 2)
    ids = tasks.summarize("month")
    times = medians(3, workbook=lambda: tasks.export(ids), pdf=lambda: tasks.print(ids))
    for name, seconds in times.items():
        report(f"month of all agencies, as {name}, seconds", seconds, 2)


def fill(registry, count):
    """Make tasks and prove a sample of them."""
    with transaction(registry) as env:
        make_tasks(env, count)
        check_tasks(env)
        sizes = [
            f"{env[name].search_count([]):,} {name}"
            for name in ("vanban.task", "vanban.task.assignment", "vanban.task.report")
        ]
    note(", ".join(sizes))


def main():
    registry = open_registry()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    logging.getLogger("odoo.addons.partner_autocomplete").setLevel(logging.ERROR)
    with transaction(registry) as env:
        make_task_people(env)
    with second_database(registry.db_name) as second:
        large_registry = open_registry(second)
        fill(registry, SMALL)
        fill(large_registry, LARGE)
        with transaction(registry) as env:
            people = find_people(env)
        small, large = Tasks(registry, people), Tasks(large_registry, people)
        for person in people:
            for name in FILTERS:
                compare_pages(small, large, person, name)
            compare_desks(small, large, person)
            for name in FILTERS:
                compare_with_superuser(large, person, name)
        measure_summary(large)


if __name__ == "__main__":
    main()
