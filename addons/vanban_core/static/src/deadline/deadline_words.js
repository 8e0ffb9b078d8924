import { _t } from "@web/core/l10n/translation";

const MINUTE = 60 * 1000;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A day of work, said as one day (BLLĐ 2019 Điều 105). */
export const WORK_DAY = 8 * HOUR;

/** States in which no clock runs: the document is ended, or waits for somebody outside. */
export const STILL_STATES = ["waiting", "done", "issued", "returned", "cancelled", "recalled"];

function words(count, one, many) {
    return count === 1 ? one() : many(count);
}

const days = (n) => words(n, () => _t("1 day"), (count) => _t("%(count)s days", { count }));
const hours = (n) => words(n, () => _t("1 hour"), (count) => _t("%(count)s hours", { count }));
const minutes = (n) =>
    words(n, () => _t("1 minute"), (count) => _t("%(count)s minutes", { count }));

/**
 * Says a length of time in at most two units: "2 days 3 hours", "40 minutes".
 *
 * @param {number} duration in milliseconds, not negative
 * @param {number} [day] how long a day is
 * @returns {string}
 */
export function durationWords(duration, day = DAY) {
    const d = Math.floor(duration / day);
    const h = Math.floor((duration % day) / HOUR);
    const m = Math.floor((duration % HOUR) / MINUTE);
    let parts;
    if (d >= 10) {
        parts = [days(d)];
    } else if (d) {
        parts = h ? [days(d), hours(h)] : [days(d)];
    } else if (h) {
        parts = [hours(h)];
    } else {
        parts = [minutes(Math.max(m, 1))];
    }
    return parts.map(String).join(" ");
}

/**
 * Says how much time is left, or by how much it is late.
 *
 * @param {{ toMillis: () => number } | false} deadline
 * @param {{ toMillis: () => number }} now
 * @param {string} [state] state of the document: nothing is said where no clock runs
 * @param {number} [work] working minutes left, negative where late; none where unknown
 * @returns {{ text: string, late: boolean, soon: boolean } | null}
 */
export function deadlineWords(deadline, now, state, work) {
    if (!deadline || STILL_STATES.includes(state)) {
        return null;
    }
    const left = deadline.toMillis() - now.toMillis();
    if (work) {
        const duration = durationWords(Math.abs(work) * MINUTE, WORK_DAY);
        return left < 0
            ? { text: _t("%(duration)s of work overdue", { duration }), late: true, soon: false }
            : {
                  text: _t("%(duration)s of work left", { duration }),
                  late: false,
                  soon: work * MINUTE <= WORK_DAY,
              };
    }
    const duration = durationWords(Math.abs(left));
    if (left < 0) {
        return { text: _t("%(duration)s overdue", { duration }), late: true, soon: false };
    }
    return { text: _t("%(duration)s left", { duration }), late: false, soon: left < DAY };
}
