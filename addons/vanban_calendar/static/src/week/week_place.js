/**
 * Which week is looked at, whose it is, and how the address of the screen says so.
 * A place is `{ day, unit, user }`: a date as text, or "" for the week of today; the id
 * of a unit or of a person, or false. Pure functions.
 */

const { DateTime } = luxon;

const WRITTEN = /^(now|\d{4}-\d{2}-\d{2})(?:\.([up])(\d+))?$/;

/** Returns the place that an address names, that of the agency now where it names none. */
export function readPlace(text) {
    const [, day = "now", kind, id] = WRITTEN.exec(text || "") || [];
    return {
        day: day === "now" || !DateTime.fromISO(day).isValid ? "" : day,
        unit: kind === "u" && Number(id),
        user: kind === "p" && Number(id),
    };
}

/** Returns what stands in the address; nothing for the agency's week of today. */
export function writePlace({ day, unit, user }) {
    const whose = unit ? `.u${unit}` : user ? `.p${user}` : "";
    return day || whose ? `${day || "now"}${whose}` : false;
}

/** Returns a place so many weeks away; the week of today has no date in its address. */
export function shiftPlace(place, weeks, today) {
    const now = DateTime.fromISO(today).startOf("week");
    const monday = (place.day ? DateTime.fromISO(place.day) : now)
        .startOf("week")
        .plus({ weeks });
    return { ...place, day: monday.equals(now) ? "" : monday.toISODate() };
}

/** Returns the addresses of the printed forms of a week, or false where it has none. */
export function printUrl(data, format) {
    const values = { columns: data.columns };
    if (data.topic_id) {
        values.topic_id = data.topic_id;
    }
    if (data.user_id) {
        Object.assign(values, { user_id: data.user_id, day: data.date_from });
    } else if (data.schedule.id) {
        values.schedule_id = data.schedule.id;
    } else {
        return false;
    }
    return `/vanban/lich/tuan.${format}?${new URLSearchParams(values)}`;
}
