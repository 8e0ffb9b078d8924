import { describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { deadlineWords, durationWords } from "@vanban_core/deadline/deadline_words";

const { DateTime } = luxon;
const HOUR = 60 * 60 * 1000;

describe.current.tags("headless");

function at(text) {
    return DateTime.fromISO(text, { zone: "utc" });
}

test("a duration is said in at most two units", () => {
    allowTranslations();
    expect(durationWords(10 * 1000)).toBe("1 minute");
    expect(durationWords(40 * 60 * 1000)).toBe("40 minutes");
    expect(durationWords(HOUR + 30 * 60 * 1000)).toBe("1 hour");
    expect(durationWords(24 * HOUR)).toBe("1 day");
    expect(durationWords(51 * HOUR)).toBe("2 days 3 hours");
    expect(durationWords(24 * 12 * HOUR + HOUR)).toBe("12 days");
});

test("a deadline to come says what is left", () => {
    allowTranslations();
    const words = deadlineWords(at("2026-03-04T10:00"), at("2026-03-02T07:00"), "processing");
    expect(words.text.toString()).toBe("2 days 3 hours left");
    expect(words.late).toBe(false);
    expect(words.soon).toBe(false);
});

test("within a day it is soon", () => {
    allowTranslations();
    expect(deadlineWords(at("2026-03-02T10:00"), at("2026-03-02T07:00")).soon).toBe(true);
});

test("a deadline in the past says by how much it is late", () => {
    allowTranslations();
    const words = deadlineWords(at("2026-03-02T23:59"), at("2026-03-03T03:59"), "processing");
    expect(words.text.toString()).toBe("4 hours overdue");
    expect(words.late).toBe(true);
});

test("working time is told where it is known, eight hours to the day", () => {
    allowTranslations();
    const [deadline, now] = [at("2026-03-09T10:30"), at("2026-03-05T07:00")];
    const left = deadlineWords(deadline, now, "processing", 19 * 60);
    expect(left.text.toString()).toBe("2 days 3 hours of work left");
    expect(left.soon).toBe(false);
    expect(deadlineWords(deadline, now, "processing", 8 * 60).soon).toBe(true);
    const late = deadlineWords(now, deadline, "processing", -90);
    expect(late.text.toString()).toBe("1 hour of work overdue");
    expect(late.late).toBe(true);
    // late, and nobody has worked since
    const night = deadlineWords(at("2026-03-05T10:30"), at("2026-03-05T12:30"), "processing", 0);
    expect(night.text.toString()).toBe("2 hours overdue");
});

test("nothing is said without a deadline, or where no clock runs", () => {
    allowTranslations();
    const now = at("2026-03-03T03:59");
    expect(deadlineWords(false, now, "processing")).toBe(null);
    for (const state of ["waiting", "done", "issued", "returned", "cancelled", "recalled"]) {
        expect(deadlineWords(at("2026-03-02T23:59"), now, state)).toBe(null);
    }
});
