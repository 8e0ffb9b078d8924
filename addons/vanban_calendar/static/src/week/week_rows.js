/**
 * The week as a table: days with their sessions, columns beside. Pure functions of what
 * `vanban.schedule.get_week` tells.
 */
import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

/** The sessions of a day in their order; whether an empty one has a row all the same. */
const SESSIONS = [
    { key: "day", label: _t("All day"), always: false },
    { key: "morning", label: _t("Morning"), always: true },
    { key: "afternoon", label: _t("Afternoon"), always: true },
    { key: "evening", label: _t("Evening"), always: false },
];
const SEARCHED = ["name", "chair", "participants", "place", "preparing_unit", "vehicles", "note"];
/** What nobody in particular takes part in stands in a column of its own. */
const COMMON = 0;

/** Returns a day as people write it in a schedule. */
export function dayLabel(date, format = "dd/MM") {
    return DateTime.fromISO(date).toFormat(format);
}

/** Returns the title of a week: its number and its days. */
export function weekTitle({ week, date_from, date_to }) {
    const sameYear = date_from.slice(0, 4) === date_to.slice(0, 4);
    return _t("Week %(week)s, from %(first)s to %(last)s", {
        week,
        first: dayLabel(date_from, sameYear ? "dd/MM" : "dd/MM/yyyy"),
        last: dayLabel(date_to, "dd/MM/yyyy"),
    });
}

/** Returns a text without case and diacritics; đ is a letter of its own in Unicode. */
function fold(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
}

/** Says whether an entry has these words in it, whatever the diacritics. */
export function hasWords(entry, words) {
    const text = fold(SEARCHED.map((name) => entry[name] || "").join(" "));
    return fold(words)
        .split(/\s+/)
        .every((word) => text.includes(word));
}

/**
 * Returns the columns of a week, and the names of those that nothing stands in.
 *
 * A leader without an entry is free, so the column stays; a unit's would be in the way.
 */
export function buildColumns({ columns, heads }, entries) {
    if (columns === "none") {
        return { shown: [], empty: [] };
    }
    const used = new Set(entries.flatMap((entry) => entry.columns));
    const shown = heads.filter((head) => columns === "leaders" || used.has(head.id));
    if (!shown.length || entries.some((entry) => !isIn(entry, shown))) {
        shown.push({ id: COMMON, name: _t("General"), title: "", leaves: [] });
    }
    const empty = heads.filter((head) => !shown.includes(head)).map((head) => head.name);
    return { shown, empty };
}

function isIn(entry, heads) {
    return heads.some((head) => entry.columns.includes(head.id));
}

/**
 * Returns the days of a week with a row for each session that has something, or may have.
 *
 * @param {Object} data of `get_week`
 * @param {string} words only entries with them
 */
export function buildWeek(data, words = "") {
    const entries = words.trim()
        ? data.entries.filter((entry) => hasWords(entry, words.trim()))
        : data.entries;
    const { shown, empty } = buildColumns(data, entries);
    const heads = shown.filter((head) => head.id !== COMMON);
    const days = data.days.map((day) => {
        const slots = entries.flatMap((entry) =>
            entry.slots
                .filter((slot) => slot.date === day.date)
                .map((slot) => ({ entry, ...slot, key: `${entry.id}/${slot.session}` }))
        );
        slots.forEach((slot, index) => (slot.key = `${slot.key}/${index}`));
        const rows = buildRows(day, slots, shown, heads);
        return {
            ...day,
            label: dayLabel(day.date),
            isToday: day.date === data.today,
            note: dayNote(day),
            absent: shown.length ? [] : sayLeaves(data.heads, day.date),
            rows,
            span: rows.reduce((sum, row) => sum + row.span, 0),
        };
    });
    return { days, columns: shown, emptyColumns: empty, count: entries.length };
}

function buildRows(day, slots, columns, heads) {
    const sessions = SESSIONS.filter(
        ({ key, always }) =>
            (always && (day.is_working || slots.length)) ||
            slots.some((slot) => slot.session === key)
    );
    // a day off with nothing in it takes one line
    const rows = sessions.length ? sessions : [{ key: "off", label: "" }];
    return rows.map(({ key, label }) => {
        const own = slots.filter((slot) => slot.session === key);
        return {
            session: key,
            label,
            slots: own,
            span: columns.length ? 1 : Math.max(own.length, 1),
            cells: columns.map((column) => ({
                id: column.id,
                head: column,
                slots: own.filter(({ entry }) =>
                    column.id === COMMON
                        ? !isIn(entry, heads)
                        : entry.columns.includes(column.id)
                ),
                leaves: column.leaves.filter(
                    (leave) =>
                        leave.date === day.date && [key, "day"].includes(leave.session)
                ),
            })),
        };
    });
}

function dayNote({ is_working, kind, name }) {
    if (is_working) {
        return name || (kind ? _t("Worked for another day").toString() : "");
    }
    return name ? _t("Off: %(name)s", { name }) : _t("Off").toString();
}

function sayLeaves(heads, date) {
    return heads.flatMap(({ name, leaves }) =>
        leaves
            .filter((leave) => leave.date === date)
            .map(({ time }) => _t("%(name)s (%(time)s)", { name, time }))
    );
}

// ---- what changed meanwhile ----

export function isSameWeek(before, after) {
    const names = ["date_from", "unit_id", "user_id", "topic_id", "columns"];
    return names.every((name) => before[name] === after[name]);
}

/** Returns the ids of entries that are new, or others than they were. */
export function changedIds(before, after) {
    if (!isSameWeek(before, after)) {
        return new Set();
    }
    const known = new Map(before.entries.map((entry) => [entry.id, JSON.stringify(entry)]));
    const changed = after.entries.filter(
        (entry) => entry.id && known.get(entry.id) !== JSON.stringify(entry)
    );
    return new Set(changed.map((entry) => entry.id));
}

// ---- what is said of an entry ----

const MARKS = {
    added: { label: _t("Added"), class: "text-bg-info" },
    changed: { label: _t("Adjusted"), class: "text-bg-warning" },
    cancelled: { label: _t("Put off or cancelled"), class: "text-bg-danger" },
};
const MOST_LINES = 3;

/** Returns the badges of an entry: what is unlike the others about it. */
export function entryBadges(entry, data) {
    const badges = [];
    if (entry.mark) {
        badges.push({ key: "mark", ...MARKS[entry.mark] });
    }
    if (entry.state === "proposed") {
        badges.push({ key: "state", label: _t("Proposed"), class: "text-bg-primary" });
    }
    if (entry.is_closed) {
        badges.push({ key: "closed", label: _t("Closed meeting"), class: "text-bg-secondary" });
    }
    if (entry.is_private) {
        badges.push({ key: "private", label: _t("Private"), class: "text-bg-secondary" });
    }
    const whose = whoseEntry(entry, data);
    if (whose) {
        badges.push({ key: "whose", label: whose, class: "border text-body" });
    }
    return badges;
}

/** Returns whose schedule an entry is in, where it is not the one that is looked at. */
function whoseEntry({ level, unit, unit_id, agency, agency_id, is_hidden }, data) {
    if (is_hidden || (level === data.level && unit_id === data.unit_id && level === "unit")) {
        return "";
    }
    if (level === "unit") {
        return unit;
    }
    if (level === "person" && data.level !== "person") {
        return _t("Personal");
    }
    if (level === "agency" && agency_id !== data.agency_id) {
        return agency;
    }
    return level === "agency" && data.level !== "agency" ? _t("Agency") : "";
}

/** Returns what changed after publication: the last lines, and all of them. */
export function changeWords(entry) {
    const lines = [entry.mark_words, entry.mark === "cancelled" && entry.reason]
        .filter(Boolean)
        .join("\n")
        .split("\n")
        .filter(Boolean);
    const unique = [...new Set(lines)];
    return { last: unique.slice(-MOST_LINES), all: unique.join("\n") };
}

// ---- what can be done ----

/**
 * Returns the steps of a schedule: a unit's is published by its head, and once it is
 * published nobody asks how it came there.
 */
export function scheduleSteps({ state }, isUnit) {
    const steps = [
        { key: "draft", label: _t("Being arranged") },
        { key: "submitted", label: _t("Awaiting approval") },
        { key: "approved", label: _t("Approved") },
        { key: "published", label: _t("Published") },
    ].filter(({ key }) =>
        state === "published" ? key === state : !isUnit || ["draft", "published"].includes(key)
    );
    const current = steps.findIndex((step) => step.key === state);
    return steps.map((step, index) => ({
        ...step,
        isCurrent: index === current,
        isDone: index < current,
    }));
}

/** Returns what a new entry begins with: the session, and whose schedule it is for. */
export function newEntryContext(data, { date, session, column } = {}) {
    const context = { default_vanban_level: data.level };
    if (data.unit_id) {
        context.default_vanban_unit_id = data.unit_id;
    }
    const day = data.days.find((one) => one.date === date);
    const hours = day?.hours[session === "off" || session === "day" ? "morning" : session];
    if (hours) {
        [context.default_start, context.default_stop] = hours;
    }
    if (column && data.columns === "leaders") {
        context.default_vanban_chair_id = column;
    }
    if (column && data.columns === "units") {
        context.default_vanban_preparing_unit_id = column;
    }
    return context;
}
