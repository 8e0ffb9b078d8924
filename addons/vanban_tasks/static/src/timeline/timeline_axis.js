/**
 * The line of time: which days it has, and where a moment stands on it, in pixels.
 * Pure functions of luxon moments.
 */

/** How wide a day is, and what the two lines of the head count. */
export const SCALES = {
    week: { day: 20, tick: "week", tickFormat: "dd/MM", head: "month", headFormat: "MM/yyyy" },
    month: { day: 8, tick: "month", tickFormat: "MM/yyyy", head: "year", headFormat: "yyyy" },
};
/** No line is longer: one wrong date shall not squeeze all others. */
const MOST_DAYS = 1000;
const DAYS_AHEAD = 700;
/** Room for what is written behind the last bar. */
const DAYS_AFTER = 10;

const days = (from, to) => to.diff(from, "days").days;

/**
 * Returns the line from the first to the last of the moments.
 *
 * @param {DateTime[]} moments
 * @param {DateTime} now
 * @param {"week" | "month"} scale
 */
export function buildAxis(moments, now, scale) {
    const { DateTime } = luxon;
    const { day, tick, tickFormat, head, headFormat } = SCALES[scale];
    const first = DateTime.min(...moments, ...(moments.length ? [] : [now]));
    const last = DateTime.min(
        DateTime.max(...moments, first),
        DateTime.max(now, first).plus({ days: DAYS_AHEAD })
    );
    const start = DateTime.max(first, last.minus({ days: MOST_DAYS })).startOf(tick);
    const end = last.plus({ days: DAYS_AFTER }).endOf(tick).startOf("day").plus({ days: 1 });
    const axis = { start, end, day, width: Math.round(days(start, end)) * day };
    axis.ticks = cut(axis, tick, tickFormat);
    axis.heads = cut(axis, head, headFormat);
    axis.today = now >= start && now <= end ? place(axis, now) : null;
    return axis;
}

/** Returns where a moment stands, at most at the ends of the line. */
export function place(axis, moment) {
    const left = days(axis.start, moment) * axis.day;
    return Math.round(Math.min(Math.max(left, 0), axis.width));
}

/** Returns the part of the line between two moments; nothing where it is turned round. */
export function span(axis, from, to) {
    const left = place(axis, from);
    return { left, width: Math.max(place(axis, to) - left, 0) };
}

/** Cuts the line at the beginning of each unit. */
function cut(axis, unit, format) {
    const parts = [];
    let from = axis.start;
    while (from < axis.end) {
        const to = from.startOf(unit).plus({ [unit]: 1 });
        const key = from.toISODate();
        parts.push({ key, label: from.toFormat(format), ...span(axis, from, to) });
        from = to;
    }
    return parts;
}

/**
 * Joins days in a row to stretches of the line.
 *
 * @param {Object} axis
 * @param {DateTime[]} off days in order
 */
export function joinDays(axis, off) {
    const stretches = [];
    for (const date of off) {
        const { left, width } = span(axis, date, date.plus({ days: 1 }));
        const last = stretches.at(-1);
        if (last && last.left + last.width === left) {
            last.width += width;
        } else {
            stretches.push({ left, width });
        }
    }
    return stretches;
}
