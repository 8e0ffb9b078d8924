import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { durationWords } from "@vanban_core/deadline/deadline_words";
import { span, place } from "./timeline_axis";

const { DateTime } = luxon;

const DATES = ["assigned_date", "deadline", "first_deadline", "report_date", "withdrawn_date"];
const PERIODS = {
    day: "dd/MM/yyyy",
    week: "dd/MM/yyyy",
    month: "MM/yyyy",
    quarter: "q/yyyy",
    year: "yyyy",
};

/** Returns a row with its dates as moments, and until when it ran. */
export function readRow(record, now) {
    const row = { ...record };
    for (const name of DATES) {
        row[name] = record[name] ? deserializeDateTime(record[name]) : null;
    }
    row.reports = record.report_ids.map((report) => ({
        ...report,
        sent_date: deserializeDateTime(report.sent_date),
    }));
    row.start = row.assigned_date || DateTime.min(now, row.deadline);
    row.end = getEnd(row, now);
    return row;
}

/** Returns until when the work was measured: the result, the withdrawal or now. */
function getEnd(row, now) {
    if (row.state === "withdrawn") {
        return row.withdrawn_date;
    }
    if (row.state === "draft") {
        return row.start;
    }
    return row.state.startsWith("doing") ? now : row.report_date;
}

/** Returns all moments that the line of time has to hold. */
export function getMoments(row) {
    return [row.start, row.end, row.deadline];
}

/**
 * Returns what is drawn of a row: the time given, how much of it was used, the part that
 * an extension added, what is late, and a mark for each report.
 */
export function drawRow(row, axis) {
    const until = row.first_deadline || row.deadline;
    const lateMs = row.state === "withdrawn" ? 0 : row.end - row.deadline;
    return {
        plan: span(axis, row.start, until),
        extension: row.first_deadline && span(axis, until, row.deadline),
        used: span(axis, row.start, DateTime.min(row.end, row.deadline)),
        late: lateMs > 0 && {
            ...span(axis, row.deadline, row.end),
            text: sayLate(row, lateMs),
        },
        marks: row.reports.map((report) => ({
            key: report.id,
            left: place(axis, report.sent_date),
            ...describeReport(report),
        })),
    };
}

function sayLate(row, lateMs) {
    const duration = durationWords(lateMs);
    return row.state === "doing_late"
        ? _t("%(duration)s overdue", { duration })
        : _t("%(duration)s late", { duration });
}

function describeReport(report) {
    const when = report.sent_date.toFormat("HH:mm dd/MM/yyyy");
    if (report.decision === "approved") {
        return { icon: "fa-check text-bg-success", title: _t("%(when)s: satisfactory", { when }) };
    }
    if (report.decision === "refused") {
        return { icon: "fa-times text-bg-danger", title: _t("%(when)s: not satisfactory", { when }) };
    }
    return {
        icon: "fa-hourglass-half text-bg-warning",
        title: _t("%(when)s: waiting for confirmation", { when }),
    };
}

/**
 * Gathers the rows, which come in order, below what they are grouped by.
 *
 * @param {Object[]} records
 * @param {string[]} groupBy names of fields, of dates with a period
 * @param {Object} fields
 * @returns {{ key: string, label: string, records: Object[] }[]}
 */
export function groupRows(records, groupBy, fields) {
    const groups = new Map();
    for (const record of records) {
        const labels = groupBy.map((spec) => sayGroup(record, spec, fields));
        const key = labels.join(" · ");
        if (!groups.has(key)) {
            groups.set(key, { key, label: key, records: [] });
        }
        groups.get(key).records.push(record);
    }
    return [...groups.values()];
}

function sayGroup(record, spec, fields) {
    const [name, period = "month"] = spec.split(":");
    const { type, selection } = fields[name];
    const value = record[name];
    if (type === "boolean") {
        return value ? _t("Yes") : _t("No");
    }
    if (!value) {
        return _t("None");
    }
    switch (type) {
        case "many2one":
            return value.display_name;
        case "selection":
            return selection.find(([key]) => key === value)?.[1] || value;
        case "date":
        case "datetime": {
            const moment = type === "date" ? deserializeDate(value) : deserializeDateTime(value);
            return moment.startOf(period).toFormat(PERIODS[period]);
        }
        default:
            return String(value);
    }
}
