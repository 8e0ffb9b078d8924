/**
 * Reads an hour as people write it: 8, 8:30, 8h30, 8g30, 08.30, 0830.
 *
 * @param {string} text
 * @returns {number} hours, as 8.5
 * @throws {Error} where it is none
 */
export function parseHour(text) {
    const match = /^\s*(\d{1,2})(?:\s*[:hg.,]\s*(\d{2})?|(\d{2}))?\s*$/i.exec(text);
    const hours = match ? Number(match[1]) : NaN;
    const minutes = match ? Number(match[2] || match[3] || 0) : NaN;
    if (!(hours < 24 && minutes < 60)) {
        throw new Error(`not an hour: ${text}`);
    }
    return hours + minutes / 60;
}
