import { describe, expect, test } from "@odoo/hoot";
import { buildWay, foldedKeys } from "@vanban_core/way/way_tree";

const { DateTime } = luxon;
const HOUR = 60 * 60 * 1000;

describe.current.tags("headless");

const parse = (text) => DateTime.fromSQL(text, { zone: "utc" });
const now = parse("2026-03-03 12:00:00");

function routing(id, parent, state, values = {}) {
    return {
        key: `r${id}`,
        parent: parent ? `r${parent}` : false,
        state,
        sent: "2026-03-03 08:00:00",
        done: false,
        deadline: false,
        ...values,
    };
}

function review(id, round, state) {
    return { ...routing(id, 0, state), key: `v${id}`, round };
}

const shape = (nodes) =>
    nodes.map((node) => (node.children.length ? [node.key, shape(node.children)] : node.key));

test("hand-overs stand below the one they came from", () => {
    const roots = buildWay(
        [routing(1, 0, "passed"), routing(2, 1, "passed"), routing(3, 1, "done"), routing(4, 2, "waiting")],
        now,
        parse
    );
    expect(shape(roots)).toEqual([["r1", [["r2", ["r4"]], "r3"]]]);
});

test("a row whose parent is not open to the reader is a root", () => {
    expect(shape(buildWay([routing(5, 4, "waiting")], now, parse))).toEqual(["r5"]);
});

test("the branch where the document stands is open, an ended one is folded", () => {
    const roots = buildWay(
        [
            routing(1, 0, "passed"),
            routing(2, 1, "passed"),
            routing(3, 2, "waiting"),
            routing(4, 1, "passed"),
            routing(5, 4, "done"),
        ],
        now,
        parse
    );
    expect(roots[0].open).toBe(true);
    expect(foldedKeys(roots)).toEqual(["r4"]);
});

test("reviews are grouped by submission, and the last one stays unfolded", () => {
    const roots = buildWay(
        [review(1, 1, "sent_back"), review(2, 1, "dropped"), review(3, 2, "sent_back")],
        now,
        parse
    );
    expect(shape(roots)).toEqual([
        ["round1", ["v1", "v2"]],
        ["round2", ["v3"]],
    ]);
    expect(foldedKeys(roots)).toEqual(["round1"]);
});

test("how long it was held and how late it is", () => {
    const [open, done, planned] = buildWay(
        [
            routing(1, 0, "waiting", { deadline: "2026-03-03 11:00:00" }),
            routing(2, 0, "done", { done: "2026-03-03 10:00:00", deadline: "2026-03-03 11:00:00" }),
            routing(3, 0, "planned", { sent: false }),
        ],
        now,
        parse
    );
    expect([open.heldMs, open.lateMs]).toEqual([4 * HOUR, HOUR]);
    expect([done.heldMs, done.lateMs]).toEqual([2 * HOUR, 0]);
    expect([planned.heldMs, planned.lateMs]).toEqual([null, 0]);
});
