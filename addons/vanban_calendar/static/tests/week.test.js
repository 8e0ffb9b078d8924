import { describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { printUrl, readPlace, shiftPlace, writePlace } from "@vanban_calendar/week/week_place";
import {
    buildWeek,
    changedIds,
    changeWords,
    entryBadges,
    newEntryContext,
    scheduleSteps,
    weekTitle,
} from "@vanban_calendar/week/week_rows";

describe.current.tags("headless");

const HOURS = {
    morning: ["2026-11-30 00:30:00", "2026-11-30 04:30:00"],
    afternoon: ["2026-11-30 06:30:00", "2026-11-30 10:30:00"],
    evening: ["2026-11-30 12:00:00", "2026-11-30 14:00:00"],
};

function makeDay(date, weekday, values = {}) {
    return { date, weekday, is_working: true, kind: false, name: false, hours: HOURS, ...values };
}

function makeEntry(id, slots, values = {}) {
    return {
        id,
        name: `Việc ${id}`,
        is_hidden: false,
        level: "agency",
        agency_id: 1,
        unit_id: false,
        columns: [],
        mark: false,
        mark_words: "",
        reason: "",
        slots: slots.map(([date, session, time = "08:00–09:00"]) => ({ date, session, time })),
        ...values,
    };
}

function makeWeek(values = {}) {
    return {
        level: "agency",
        agency_id: 1,
        unit_id: false,
        user_id: false,
        topic_id: false,
        columns: "none",
        week: 49,
        date_from: "2026-11-30",
        date_to: "2026-12-06",
        today: "2026-12-01",
        days: [
            makeDay("2026-11-30", "Thứ Hai"),
            makeDay("2026-12-01", "Thứ Ba"),
            makeDay("2026-12-05", "Thứ Bảy", { is_working: false }),
        ],
        heads: [],
        entries: [],
        schedule: { id: 7, state: "draft", revision: 3 },
        ...values,
    };
}

const sessions = (day) => day.rows.map((row) => row.session);
const names = (slots) => slots.map((slot) => slot.entry.name);

test("the title has the number and the days, with the year where it turns", () => {
    allowTranslations();
    expect(weekTitle(makeWeek()).toString()).toBe("Week 49, from 30/11 to 06/12/2026");
    const turn = { week: 53, date_from: "2026-12-28", date_to: "2027-01-03" };
    expect(weekTitle(turn).toString()).toBe("Week 53, from 28/12/2026 to 03/01/2027");
});

test("every working day has a morning and an afternoon, other sessions where used", () => {
    allowTranslations();
    const entries = [
        makeEntry(1, [["2026-11-30", "evening"]]),
        makeEntry(2, [
            ["2026-11-30", "day"],
            ["2026-12-05", "morning"],
        ]),
    ];
    const { days, count } = buildWeek(makeWeek({ entries }));
    expect(sessions(days[0])).toEqual(["day", "morning", "afternoon", "evening"]);
    expect(sessions(days[1])).toEqual(["morning", "afternoon"]);
    expect(sessions(days[2])).toEqual(["morning", "afternoon"]);
    expect(days[0].span).toBe(4);
    expect(days.map((day) => day.isToday)).toEqual([false, true, false]);
    expect(count).toBe(2);
});

test("a day off without an entry takes one line and says why", () => {
    allowTranslations();
    const days = [
        makeDay("2026-11-24", "Thứ Ba", { is_working: false, kind: "holiday", name: "Lễ" }),
        makeDay("2026-11-28", "Thứ Bảy", { is_working: false }),
        makeDay("2026-11-29", "Chủ nhật", { kind: "swapped_work", name: "Làm bù" }),
        makeDay("2026-11-30", "Thứ Hai"),
    ];
    const week = buildWeek(makeWeek({ days }));
    expect(week.days.map((day) => day.rows.length)).toEqual([1, 1, 2, 2]);
    expect(week.days.map((day) => day.note.toString())).toEqual(["Off: Lễ", "Off", "Làm bù", ""]);
});

test("two entries of a session are two lines of the table", () => {
    allowTranslations();
    const entries = [
        makeEntry(1, [["2026-11-30", "morning"]]),
        makeEntry(2, [["2026-11-30", "morning"]]),
        makeEntry(false, [["2026-11-30", "morning"]], { is_hidden: true, name: "Bận" }),
        makeEntry(false, [["2026-11-30", "morning"]], { is_hidden: true, name: "Bận" }),
    ];
    const [day] = buildWeek(makeWeek({ entries })).days;
    expect(day.rows.map((row) => row.span)).toEqual([4, 1]);
    expect(day.span).toBe(5);
    expect(new Set(day.rows[0].slots.map((slot) => slot.key)).size).toBe(4);
});

test("leaders have columns, and what is nobody's stands in the last one", () => {
    allowTranslations();
    const heads = [
        { id: 4, name: "A", title: "Chủ tịch", leaves: [] },
        {
            id: 5,
            name: "B",
            title: "",
            leaves: [{ date: "2026-11-30", session: "day", time: "cả ngày" }],
        },
    ];
    const entries = [
        makeEntry(1, [["2026-11-30", "morning"]], { columns: [4, 5] }),
        makeEntry(2, [["2026-11-30", "morning"]], { columns: [99] }),
    ];
    const data = makeWeek({ columns: "leaders", heads, entries });
    const { columns, days } = buildWeek(data);
    expect(columns.map((column) => column.id)).toEqual([4, 5, 0]);
    const { cells } = days[0].rows[0];
    expect(cells.map((cell) => names(cell.slots))).toEqual([["Việc 1"], ["Việc 1"], ["Việc 2"]]);
    expect(cells.map((cell) => cell.leaves.length)).toEqual([0, 1, 0]);
    // nobody needs the last column where everything has its own
    const own = buildWeek({ ...data, entries: entries.slice(0, 1) });
    expect(own.columns.map((column) => column.id)).toEqual([4, 5]);
    // in one wide table the day says who is absent
    const table = buildWeek({ ...data, columns: "none" });
    expect(table.days[0].absent.map(String)).toEqual(["B (cả ngày)"]);
});

test("units without an entry are named below the table", () => {
    allowTranslations();
    const heads = ["Phòng A", "Phòng B"].map((name, id) => ({ id: id + 1, name, leaves: [] }));
    const entries = [makeEntry(1, [["2026-11-30", "morning"]], { columns: [2] })];
    const week = buildWeek(makeWeek({ columns: "units", heads, entries }));
    expect(week.columns.map((column) => column.name)).toEqual(["Phòng B"]);
    expect(week.emptyColumns).toEqual(["Phòng A"]);
    const none = buildWeek(makeWeek({ columns: "units", heads }));
    expect(none.columns.map((column) => column.id)).toEqual([0]);
});

test("words are found without their diacritics, in all that is shown", () => {
    allowTranslations();
    const entries = [
        makeEntry(1, [["2026-11-30", "morning"]], { name: "Khảo sát đê điều" }),
        makeEntry(2, [["2026-11-30", "morning"]], { place: "Hội trường Đống Đa" }),
        makeEntry(false, [["2026-11-30", "morning"]], { is_hidden: true, name: "Bận" }),
    ];
    const found = (words) =>
        names(buildWeek(makeWeek({ entries }), words).days[0].rows[0].slots);
    expect(found("de dieu")).toEqual(["Khảo sát đê điều"]);
    expect(found("  DONG truong ")).toEqual(["Việc 2"]);
    expect(found("không có")).toEqual([]);
    expect(found(" ").length).toBe(3);
});

test("badges say what is unlike the others about an entry", () => {
    allowTranslations();
    const labels = (values, data = {}) =>
        entryBadges(makeEntry(1, [], values), makeWeek(data)).map((one) => one.label.toString());
    expect(labels({})).toEqual([]);
    expect(labels({ mark: "cancelled", is_closed: true })).toEqual([
        "Put off or cancelled",
        "Closed meeting",
    ]);
    expect(labels({ state: "proposed" })).toEqual(["Proposed"]);
    expect(labels({ level: "unit", unit: "Phòng A", unit_id: 3 })).toEqual(["Phòng A"]);
    expect(labels({ level: "unit", unit: "Phòng A", unit_id: 3 }, { level: "unit", unit_id: 3 }))
        .toEqual([]);
    expect(labels({ agency: "Sở Mẫu", agency_id: 2 })).toEqual(["Sở Mẫu"]);
    expect(labels({}, { level: "person" })).toEqual(["Agency"]);
    expect(labels({ level: "person", is_private: true })).toEqual(["Private", "Personal"]);
    expect(labels({ is_hidden: true, agency_id: undefined, level: undefined })).toEqual([]);
});

test("of many changes the last are shown, and why it was cancelled", () => {
    const entry = makeEntry(1, [], {
        mark: "cancelled",
        mark_words: "một\nhai\nba\nbốn\nHoãn",
        reason: "Hoãn",
    });
    expect(changeWords(entry).last).toEqual(["ba", "bốn", "Hoãn"]);
    expect(changeWords(entry).all).toBe("một\nhai\nba\nbốn\nHoãn");
    expect(changeWords(makeEntry(1, [])).last).toEqual([]);
});

test("what changed meanwhile is known, in the same week only", () => {
    const before = makeWeek({ entries: [makeEntry(1, []), makeEntry(2, [])] });
    const after = makeWeek({
        entries: [makeEntry(1, []), makeEntry(2, [], { place: "Mới" }), makeEntry(3, [])],
    });
    expect([...changedIds(before, after)]).toEqual([2, 3]);
    expect(changedIds(before, { ...after, date_from: "2026-12-07" }).size).toBe(0);
});

test("a schedule has four steps, that of a unit two, a published one none to come", () => {
    allowTranslations();
    const keys = (state, isUnit) =>
        scheduleSteps({ state }, isUnit).map((step) => step.key + (step.isDone ? "+" : ""));
    expect(keys("submitted")).toEqual(["draft+", "submitted", "approved", "published"]);
    expect(keys("draft", true)).toEqual(["draft", "published"]);
    expect(keys("published")).toEqual(["published"]);
});

test("a new entry begins with the hours of its session and whose schedule it is for", () => {
    const data = makeWeek({ columns: "leaders" });
    const monday = { date: "2026-11-30", session: "afternoon", column: 4 };
    expect(newEntryContext(data, monday)).toEqual({
        default_vanban_level: "agency",
        default_start: HOURS.afternoon[0],
        default_stop: HOURS.afternoon[1],
        default_vanban_chair_id: 4,
    });
    expect(newEntryContext(makeWeek({ level: "unit", unit_id: 3 }))).toEqual({
        default_vanban_level: "unit",
        default_vanban_unit_id: 3,
    });
    const off = newEntryContext(data, { date: "2026-12-05", session: "off", column: 0 });
    expect(off.default_start).toBe(HOURS.morning[0]);
    expect("default_vanban_chair_id" in off).toBe(false);
});

test("the address tells week and whose it is, and nothing for the agency now", () => {
    const places = {
        "2026-11-30.u7": { day: "2026-11-30", unit: 7, user: false },
        "now.p5": { day: "", unit: false, user: 5 },
        "2026-11-30": { day: "2026-11-30", unit: false, user: false },
    };
    for (const [text, place] of Object.entries(places)) {
        expect(readPlace(text)).toEqual(place);
        expect(writePlace(place)).toBe(text);
    }
    const here = { day: "", unit: false, user: false };
    expect(writePlace(here)).toBe(false);
    for (const wrong of [undefined, false, "", 7, "2026-13-40", "x.u1", "now.u-1"]) {
        expect(readPlace(wrong)).toEqual(here);
    }
});

test("a week on or back crosses the turn of the year", () => {
    const place = { day: "2026-12-31", unit: 7, user: false };
    expect(shiftPlace(place, 1, "2026-11-25")).toEqual({ ...place, day: "2027-01-04" });
    expect(shiftPlace({ ...place, day: "" }, 1, "2026-11-29").day).toBe("2026-11-30");
    expect(shiftPlace({ ...place, day: "2026-11-30" }, -1, "2026-11-29").day).toBe("");
});

test("a week is printed as it is shown", () => {
    expect(printUrl(makeWeek({ topic_id: 2, columns: "leaders" }), "pdf")).toBe(
        "/vanban/lich/tuan.pdf?columns=leaders&topic_id=2&schedule_id=7"
    );
    expect(printUrl(makeWeek({ user_id: 5, schedule: false }), "docx")).toBe(
        "/vanban/lich/tuan.docx?columns=none&user_id=5&day=2026-11-30"
    );
    expect(printUrl(makeWeek({ schedule: { id: false } }), "pdf")).toBe(false);
});
