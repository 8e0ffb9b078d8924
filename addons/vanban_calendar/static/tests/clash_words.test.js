import { describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { clashLines, leaderSentence, MOST } from "@vanban_calendar/clash/clash_words";

describe.current.tags("headless");

function clash(who) {
    return { who, what: "Họp giao ban", when: "08:00–09:00 thứ Hai, 02/03/2026", id: 7 };
}

function words(lines) {
    return lines.map(String);
}

test("each clash says who, by what and when", () => {
    allowTranslations();
    expect(words(clashLines({ clashes: [clash("Phòng họp số 1")] }))).toEqual([
        "Phòng họp số 1: Họp giao ban, 08:00–09:00 thứ Hai, 02/03/2026",
    ]);
});

test("many clashes are counted", () => {
    allowTranslations();
    const clashes = Array.from({ length: MOST + 3 }, (_, n) => clash(`Xe ${n}`));
    const lines = words(clashLines({ clashes }));
    expect(lines.length).toBe(MOST + 1);
    expect(lines.at(-1)).toBe("… and 3 more");
});

test("a leader in two places is named", () => {
    allowTranslations();
    const leaders = [{ name: "Ông A", attendee_id: 1 }, { name: "Bà B", attendee_id: false }];
    expect(leaderSentence({ leaders }).toString()).toBe(
        "Ông A, Bà B would be in two places: somebody has to go instead."
    );
});

test("nothing is said where nothing clashes", () => {
    allowTranslations();
    expect(clashLines(false)).toEqual([]);
    expect(leaderSentence(false)).toBe("");
    expect(leaderSentence({ leaders: [] })).toBe("");
});
