/**
 * The way of a document as a tree, built from the rows of `vanban.document.get_way`.
 *
 * A node is `{ key, row, children, open, heldMs, lateMs, round }`. `open` says whether
 * the document still stands somewhere in the branch.
 */

const WAITING = ["waiting", "planned"];

/**
 * Says how long a step was held, and by how much it is late.
 *
 * @param {Object} row
 * @param {{ toMillis: () => number }} now
 * @param {(text: string) => { toMillis: () => number }} parse
 */
export function measure(row, now, parse) {
    const end = row.done ? parse(row.done).toMillis() : now.toMillis();
    const heldMs = row.sent ? Math.max(end - parse(row.sent).toMillis(), 0) : null;
    const lateMs = row.deadline ? Math.max(end - parse(row.deadline).toMillis(), 0) : 0;
    return { heldMs, lateMs };
}

/**
 * Builds the tree: hand-overs below the hand-over they came from, then the submissions.
 *
 * @param {Object[]} rows oldest first
 * @param {{ toMillis: () => number }} now
 * @param {(text: string) => { toMillis: () => number }} parse
 * @returns {Object[]} the roots
 */
export function buildWay(rows, now, parse) {
    const nodes = new Map();
    for (const row of rows) {
        nodes.set(row.key, { key: row.key, row, children: [], ...measure(row, now, parse) });
    }
    const roots = [];
    const rounds = new Map();
    for (const node of nodes.values()) {
        const { round, parent } = node.row;
        if (round) {
            if (!rounds.has(round)) {
                const group = { key: `round${round}`, row: null, round, children: [] };
                rounds.set(round, group);
                roots.push(group);
            }
            rounds.get(round).children.push(node);
        } else {
            (nodes.get(parent)?.children || roots).push(node);
        }
    }
    roots.forEach(markOpen);
    return roots;
}

function markOpen(node) {
    node.children.forEach(markOpen);
    node.open =
        WAITING.includes(node.row?.state) || node.children.some((child) => child.open);
}

/**
 * Returns the keys of the branches to show folded: those that ended. The last submission
 * stays unfolded, since the drafter reads there what was said.
 *
 * @param {Object[]} roots
 * @returns {string[]}
 */
export function foldedKeys(roots) {
    const last = roots.at(-1);
    const folded = [];
    const visit = (node) => {
        if (node.children.length && !node.open && !(node === last && node.round)) {
            folded.push(node.key);
        }
        node.children.forEach(visit);
    };
    roots.forEach(visit);
    return folded;
}
