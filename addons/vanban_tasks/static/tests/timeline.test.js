import { describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { buildAxis, joinDays, place, span } from "@vanban_tasks/timeline/timeline_axis";
import { drawRow, groupRows, readRow } from "@vanban_tasks/timeline/timeline_rows";

const { DateTime } = luxon;

describe.current.tags("headless");

function at(text) {
    return DateTime.fromISO(text);
}

const NOW = at("2026-06-10T10:00");

function prepareRow(values) {
    const record = {
        id: 1,
        state: "doing",
        assigned_date: "2026-06-01 01:00:00",
        deadline: "2026-06-08 01:00:00",
        first_deadline: false,
        report_date: false,
        withdrawn_date: false,
        report_ids: [],
        ...values,
    };
    return readRow(record, NOW);
}

test("the line begins with the week of the first moment and holds the last one", () => {
    const axis = buildAxis([at("2026-06-03T08:00"), at("2026-06-24T16:59")], NOW, "week");
    expect(axis.start.toISODate()).toBe("2026-06-01");
    expect(axis.end > at("2026-06-24T16:59")).toBe(true);
    expect(axis.width % (7 * axis.day)).toBe(0);
    expect(axis.ticks.map((tick) => tick.label).slice(0, 2)).toEqual(["01/06", "08/06"]);
    expect(axis.ticks.at(-1).left + axis.ticks.at(-1).width).toBe(axis.width);
    expect(axis.heads.map((head) => head.label)).toEqual(["06/2026", "07/2026"]);
    expect(axis.today).toBe(place(axis, NOW));
});

test("by months the line begins with a month, also over the turn of a year", () => {
    const axis = buildAxis([at("2025-11-20T08:00"), at("2026-01-10T08:00")], NOW, "month");
    expect(axis.ticks.map((tick) => tick.label)).toEqual(["11/2025", "12/2025", "01/2026"]);
    expect(axis.heads.map((head) => head.label)).toEqual(["2025", "2026"]);
    expect(axis.today).toBe(null);
});

test("a wrong date does not make the line endless", () => {
    for (const wrong of [at("9998-12-31T08:00"), at("1900-01-01T08:00")]) {
        const axis = buildAxis([wrong, NOW], NOW, "week");
        expect(axis.width / axis.day).toBeLessThan(1100);
        expect(place(axis, wrong)).toBeWithin(0, axis.width);
    }
    expect(buildAxis([], NOW, "week").width).toBeGreaterThan(0);
});

test("what is turned round has no width", () => {
    const axis = buildAxis([at("2026-06-01T00:00"), NOW], NOW, "week");
    expect(span(axis, at("2026-06-03T00:00"), at("2026-06-02T00:00"))).toEqual({
        left: 2 * axis.day,
        width: 0,
    });
});

test("days off in a row are one stretch", () => {
    const axis = buildAxis([at("2026-06-01T00:00"), NOW], NOW, "week");
    const off = ["2026-06-06", "2026-06-07", "2026-06-13"].map(at);
    expect(joinDays(axis, off)).toEqual([
        { left: 5 * axis.day, width: 2 * axis.day },
        { left: 12 * axis.day, width: axis.day },
    ]);
    expect(joinDays(axis, [])).toEqual([]);
});

test("what runs in time is used until now, what is late is said", () => {
    allowTranslations();
    const axis = buildAxis([at("2026-06-01T00:00"), NOW], NOW, "week");
    const running = drawRow(prepareRow({ deadline: "2026-06-20 01:00:00" }), axis);
    expect(running.late).toBe(false);
    expect(running.used.left + running.used.width).toBe(place(axis, NOW));
    const late = drawRow(prepareRow({ state: "doing_late" }), axis);
    expect(late.late.left + late.late.width).toBe(place(axis, NOW));
    expect(late.used).toEqual(late.plan);
    const done = drawRow(
        prepareRow({ state: "done_late", report_date: "2026-06-09 01:00:00" }),
        axis
    );
    expect(done.late.text.toString()).toBe("1 day late");
});

test("an extension and the reports are drawn where they stand", () => {
    allowTranslations();
    const axis = buildAxis([at("2026-06-01T00:00"), at("2026-06-30T00:00")], NOW, "week");
    const row = prepareRow({
        state: "waiting",
        first_deadline: "2026-06-08 01:00:00",
        deadline: "2026-06-15 01:00:00",
        report_date: "2026-06-09 01:00:00",
        report_ids: [
            { id: 1, sent_date: "2026-06-05 01:00:00", decision: "refused" },
            { id: 2, sent_date: "2026-06-09 01:00:00", decision: false },
        ],
    });
    const { plan, extension, late, marks } = drawRow(row, axis);
    expect(extension).toEqual({ left: plan.left + plan.width, width: 7 * axis.day });
    expect(late).toBe(false);
    expect(marks.map((mark) => mark.icon)).toEqual([
        "fa-times text-bg-danger",
        "fa-hourglass-half text-bg-warning",
    ]);
    expect(marks[1].left - marks[0].left).toBe(4 * axis.day);
});

test("what was withdrawn or never given is not late", () => {
    const axis = buildAxis([at("2026-06-01T00:00"), NOW], NOW, "week");
    const gone = prepareRow({ state: "withdrawn", withdrawn_date: "2026-06-09 01:00:00" });
    expect(drawRow(gone, axis).late).toBe(false);
    const draft = prepareRow({ state: "draft", assigned_date: false });
    expect(drawRow(draft, axis).late).toBe(false);
    expect(drawRow(draft, axis).used.width).toBe(0);
});

test("rows are gathered below what they are grouped by", () => {
    allowTranslations();
    const fields = {
        task_id: { type: "many2one" },
        state: { type: "selection", selection: [["doing", "Đang làm"]] },
        deadline: { type: "datetime" },
    };
    const rows = [
        { id: 1, task_id: { id: 4, display_name: "A" }, state: "doing", deadline: "2026-06-08 01:00:00" },
        { id: 2, task_id: false, state: "doing", deadline: "2026-07-08 01:00:00" },
        { id: 3, task_id: { id: 4, display_name: "A" }, state: "doing", deadline: "2026-06-09 01:00:00" },
    ];
    const labels = (...specs) =>
        groupRows(rows, specs, fields).map((g) => [g.label, g.records.map(({ id }) => id)]);
    expect(labels()).toEqual([["", [1, 2, 3]]]);
    expect(labels("task_id")).toEqual([["A", [1, 3]], ["None", [2]]]);
    expect(labels("state", "deadline:month")).toEqual([
        ["Đang làm · 06/2026", [1, 3]],
        ["Đang làm · 07/2026", [2]],
    ]);
});
