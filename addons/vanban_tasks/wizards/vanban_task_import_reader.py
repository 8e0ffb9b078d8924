from odoo import api, models
from odoo.fields import Domain

from odoo.addons.vanban_core.tools.text import fold

from ..tools import task_sheet
from ..tools.agency_names import AgencyNames, normalise

_CHOICES = ("source", "priority")


class VanbanTaskImportReader(models.AbstractModel):
    """What the lines of a workbook mean here, and what is wrong with them."""

    _name = "vanban.task.import.reader"
    _description = "Reader of tasks"

    # ---- what can be named ----

    @api.model
    def _get_lists(self):
        """Return ``{column: words}`` for the empty form."""
        return {
            "lead": [name for _key, name, _code in self._get_assignees()],
            "programme": list(self._get_programmes()),
            **{name: list(self._get_choices(name)) for name in _CHOICES},
        }

    @api.model
    def _get_assignees(self):
        """Return ``(field and id, name, code)`` of who can carry out a task.

        The names of agencies are no secret; only those who give tasks to others need
        them.
        """
        company = self.env.company.sudo()
        others = self.env["res.company"].sudo()
        if company.vanban_gives_tasks:
            others = others.search([("id", "!=", company.id)], order="name, id")
        units = self.env["hr.department"].search(
            [("company_id", "=", company.id)], order="name, id"
        )
        return [
            (("partner_id", other.partner_id.id), other.name, other.vanban_code)
            for other in others
        ] + [(("unit_id", unit.id), unit.name, unit.vanban_code) for unit in units]

    @api.model
    def _get_programmes(self):
        """Return ``{name: id}``."""
        programmes = self.env["vanban.task.programme"].search(
            [("company_id", "=", self.env.company.id)]
        )
        return {programme.name: programme.id for programme in programmes}

    @api.model
    def _get_choices(self, name):
        """Return ``{label: key}`` of a selection."""
        options = self.env["vanban.task"]._fields[name]._description_selection(self.env)
        return {label: key for key, label in options}

    # ---- lines ----

    @api.model
    def _judge(self, sheet, common, assign=False, has_paper=False):
        """Return a dict for each line: what the preview shows, and ``vals``.

        :param list sheet: of :func:`task_sheet.read_lines`
        :param dict common: values of all tasks
        :param bool assign: they are given at once, so their document is needed
        :param bool has_paper: its signed file comes along
        """
        known = self._get_known(common)
        lines = [self._read_line(line, known) for line in sheet]
        for line in lines:
            vals = line["vals"]
            if assign and not line["problems"]:
                line["problems"] += self._get_paper_gaps(vals, has_paper)
        self._find_repeated(lines)
        return [self._finish(line) for line in lines]

    @api.model
    def _get_known(self, common):
        company = self.env.company
        document = self.env["vanban.document"].browse(
            common["source_document_id"] or None
        )
        first = company._vanban_shift_days(company._vanban_today(), 1)
        return {
            # without a unit as well: the default would be looked up for each line
            "common": common,
            "document": document,
            "names": AgencyNames(self._get_assignees()),
            "programme": self._get_programmes(),
            "first": first,
            "first_end": company._vanban_end_of_day(first),
            **{name: self._get_choices(name) for name in _CHOICES},
        }

    @api.model
    def _read_line(self, line, known):
        values, problems = line.values, []
        for error in line.errors.values():
            problems.append(self._get_cell_sentence(error))
        for name, (title, _width, required) in task_sheet.COLUMNS.items():
            if required and not values.get(name) and name not in line.errors:
                problems.append(self.env._("“%(field)s” is missing.", field=title))
        leads = self._read_names(values.get("lead"), known, problems)
        if len(leads) > 1:
            problems.append(self.env._("One agency is in the lead."))
        others = self._read_names(values.get("coordinators"), known, problems)
        if len({*leads, *others}) < len(leads + others):
            problems.append(self.env._("An agency or unit is named twice."))
        day = values.get("deadline_day")
        problems += self._get_deadline_gaps(day, known)
        rows = [("lead", key) for key in leads[:1]]
        rows += [("coordinate", key) for key in others]
        vals = {
            **self._read_source(values, known, problems),
            "content": values.get("content"),
            "assignment_ids": [
                (0, 0, {field: id_, "role": role, "deadline_day": day})
                for role, (field, id_) in rows
            ],
        }
        return {"row": line.row, "values": values, "vals": vals, "problems": problems}

    @api.model
    def _read_names(self, text, known, problems):
        """Return the keys of agencies and units that a cell names."""
        keys = []
        for name in filter(None, (part.strip() for part in (text or "").split(";"))):
            found = known["names"].get_keys(name)
            if len(found) == 1:
                keys += found
            elif found:
                problems.append(
                    self.env._("“%(name)s” is the name of several.", name=name)
                )
            else:
                problems.append(self._get_stranger_sentence(name, known["names"]))
        if any(key == ("unit_id", known["common"].get("unit_id")) for key in keys):
            problems.append(
                self.env._("The unit that follows a task does not carry it out.")
            )
        return keys

    @api.model
    def _get_stranger_sentence(self, name, names):
        if normalise(name) == normalise(self.env.company.name):
            return self.env._("An agency gives no task to itself.")
        nearest = names.get_nearest(name)
        if nearest:
            return self.env._(
                "“%(name)s” is not known here: is it “%(nearest)s”?",
                name=name,
                nearest=nearest,
            )
        return self.env._("“%(name)s” is not known here.", name=name)

    @api.model
    def _get_deadline_gaps(self, day, known):
        if day and self.env.company._vanban_end_of_day(day) < known["first_end"]:
            return [
                self.env._(
                    "The deadline is at least one working day ahead, %(day)s at the "
                    "earliest.",
                    day=known["first"].strftime("%d/%m/%Y"),
                )
            ]
        return []

    @api.model
    def _read_source(self, values, known, problems):
        """Return the values of the task that tell where it comes from."""
        vals = {**known["common"]}
        for name in _CHOICES:
            key = self._choose(values.get(name), known[name], problems)
            if key:
                vals[name] = key
        programme_id = self._choose(
            values.get("programme"), known["programme"], problems
        )
        if programme_id:
            vals["programme_id"] = programme_id
        document = known["document"]
        if document:
            vals.setdefault("source", document._get_task_source())
        for name in (
            *("source_symbol", "source_date", "source_subject"),
            *("signer_name", "director_name", "drafter_name"),
        ):
            if values.get(name):
                vals[name] = values[name]
        symbol = vals.get("source_symbol")
        if document and symbol and fold(symbol) != fold(document.symbol or ""):
            problems.append(
                self.env._(
                    "The line says %(symbol)s, the assigning document is %(document)s.",
                    symbol=symbol,
                    document=document.symbol,
                )
            )
        return vals

    @api.model
    def _choose(self, word, choices, problems):
        """Return the key of a word, whatever its case and diacritics."""
        if not word:
            return None
        for label, key in choices.items():
            if fold(label) == fold(word):
                return key
        nearest = AgencyNames((label, label, None) for label in choices)
        problems.append(self._get_stranger_sentence(word, nearest))
        return None

    # ---- what a line alone does not tell ----

    @api.model
    def _get_paper_gaps(self, vals, has_paper):
        """Return what is missing before the task can be given."""
        files = [(0, 0, {"role": "signed"})] if has_paper else []
        task = self.env["vanban.task"].new({**vals, "file_ids": files})
        return task._get_paper_gaps(task.assignment_ids)

    @api.model
    def _find_repeated(self, lines):
        """Tell of what stands in the file twice, or is entered already."""
        known = self._get_entered(lines)
        first = {}
        for line in lines:
            line["warnings"] = []
            for key in self._get_keys(line):
                if key in known:
                    line["warnings"].append(
                        self.env._(
                            "This task is entered already: see before you go on."
                        )
                    )
                elif key in first:
                    line["warnings"].append(
                        self.env._("The same stands in line %(row)s.", row=first[key])
                    )
                first.setdefault(key, line["row"])

    @api.model
    def _get_keys(self, line):
        vals = line["vals"]
        content = normalise(vals.get("content") or "")
        return [
            (
                fold(self._get_symbol(vals)),
                content,
                row.get("partner_id"),
                row.get("unit_id"),
            )
            for _command, _id, row in vals["assignment_ids"][:1]
            if content
        ]

    @api.model
    def _get_symbol(self, vals):
        document_id = vals.get("source_document_id")
        document = self.env["vanban.document"].browse(document_id or None)
        return document.symbol or vals.get("source_symbol") or ""

    @api.model
    def _get_entered(self, lines):
        """Return the keys of what the agency gave by the same documents."""
        symbols = {self._get_symbol(line["vals"]) or False for line in lines}
        rows = (
            self.env["vanban.task.assignment"]
            .sudo()  # also what colleagues entered; only that it is there is told
            .search_fetch(
                Domain("company_id", "=", self.env.company.id)
                & Domain("phase", "!=", "withdrawn")
                & Domain("task_id.source_symbol", "in", symbols),
                ["task_id", "partner_id", "unit_id"],
            )
        )
        return {
            (
                fold(row.task_id.source_symbol or ""),
                normalise(row.task_id.content),
                row.partner_id.id or None,
                row.unit_id.id or None,
            )
            for row in rows
        }

    @api.model
    def _finish(self, line):
        values, vals = line["values"], line["vals"]
        return {
            "row": line["row"],
            "content": values.get("content"),
            "lead": values.get("lead"),
            "coordinators": values.get("coordinators"),
            "deadline_day": values.get("deadline_day"),
            "source_symbol": vals.get("source_symbol"),
            "priority": vals.get("priority") or "0",
            "error": "\n".join(line["problems"]),
            "warning": "\n".join(line["warnings"]),
            "vals": vals,
        }

    @api.model
    def _get_cell_sentence(self, error):
        """Return why a cell is refused."""
        return {
            "formula": self.env._(
                "Cell %(cell)s holds a formula: put in its value.", cell=error.ref
            ),
            "error": self.env._("Cell %(cell)s holds no text.", cell=error.ref),
            "merged": self.env._(
                "Cells %(cell)s are merged: unmerge them and fill in each line.",
                cell=error.ref,
            ),
            "date": self.env._(
                "Cell %(cell)s is not a date such as 15/12/2026.", cell=error.ref
            ),
            "day": self.env._("Cell %(cell)s: there is no such day.", cell=error.ref),
            "year": self.env._(
                "Cell %(cell)s: the year is not between 2000 and 2099.", cell=error.ref
            ),
            "text": self.env._(
                "Cell %(cell)s was turned into a date: make it text and fill it in "
                "anew.",
                cell=error.ref,
            ),
        }[error.code]
