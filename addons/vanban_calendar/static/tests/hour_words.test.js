import { describe, expect, test } from "@odoo/hoot";
import { parseHour } from "@vanban_calendar/entry/hour_words";

describe.current.tags("headless");

test("an hour is read however it is written", () => {
    for (const text of ["8:30", "08:30", "8h30", "8 h 30", "8G30", "8.30", "8,30", "0830", "830"]) {
        expect(parseHour(text)).toBe(8.5, { message: text });
    }
    for (const text of ["14", "14h", "14:00", " 14 ", "1400"]) {
        expect(parseHour(text)).toBe(14, { message: text });
    }
    expect(parseHour("0")).toBe(0);
});

test("what is no hour of a day is refused", () => {
    for (const text of ["", "25", "8:60", "sáng", "8h3", "-1", "12345"]) {
        expect(() => parseHour(text)).toThrow(/not an hour/, { message: text });
    }
});
