import { _t } from "@web/core/l10n/translation";

/** More clashes than these are only counted. */
export const MOST = 5;

/**
 * Says what is taken at the time of an entry, line by line.
 *
 * @param {{ clashes: { who: string, what: string, when: string }[] } | false} found
 * @returns {string[]}
 */
export function clashLines(found) {
    const clashes = found ? found.clashes : [];
    const lines = clashes
        .slice(0, MOST)
        .map(({ who, what, when }) => _t("%(who)s: %(what)s, %(when)s", { who, what, when }));
    const left = clashes.length - MOST;
    return left > 0 ? [...lines, _t("… and %(count)s more", { count: left })] : lines;
}

/**
 * Says which leaders would be in two places at once.
 *
 * @param {{ leaders: { name: string }[] } | false} found
 * @returns {string}
 */
export function leaderSentence(found) {
    const names = (found ? found.leaders : []).map((leader) => leader.name);
    return names.length
        ? _t("%(names)s would be in two places: somebody has to go instead.", {
              names: names.join(", "),
          })
        : "";
}
