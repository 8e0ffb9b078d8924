import { Component, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { deadlineWords, durationWords } from "../deadline/deadline_words";
import { buildWay, foldedKeys } from "./way_tree";

const { DateTime } = luxon;

const STATE_CLASSES = {
    waiting: "text-bg-warning",
    done: "text-bg-success",
    agreed: "text-bg-success",
    sent_back: "text-bg-danger",
};

/** One step of the way and those below it. */
export class VanbanWayNode extends Component {
    static template = "vanban_core.WayNode";
    static components = {};
    static props = {
        node: Object,
        folded: Object, // Set of keys, reactive
        toggle: Function,
    };

    get row() {
        return this.props.node.row;
    }

    get isFolded() {
        return this.props.folded.has(this.props.node.key);
    }

    get stateClass() {
        return STATE_CLASSES[this.row.state] || "text-bg-secondary";
    }

    get roundTitle() {
        return _t("Submission %(round)s", { round: this.props.node.round });
    }

    get roundFile() {
        const file = this.props.node.children.find((child) => child.row.version)?.row;
        return file && _t("version %(version)s: %(file)s", file);
    }

    get late() {
        const { lateMs } = this.props.node;
        if (lateMs < 60 * 1000) {
            return "";
        }
        const duration = durationWords(lateMs);
        return this.row.done
            ? _t("%(duration)s late", { duration })
            : _t("%(duration)s overdue", { duration });
    }

    get enteredFor() {
        const { entered_by: who, key, from, who: asked } = this.row;
        const whom = key.startsWith("v") ? asked : from;
        return who && _t("%(who)s entered it for %(whom)s", { who, whom });
    }

    /** What happened when, as short texts with the exact moment. */
    get moments() {
        const { row } = this;
        const { heldMs } = this.props.node;
        const moments = [];
        const add = (text, value) =>
            moments.push({ text, exact: deserializeDateTime(value).toFormat("cccc, dd/MM/yyyy HH:mm") });
        if (row.sent) {
            add(
                row.from
                    ? _t("From %(who)s, %(when)s", { who: row.from, when: this.short(row.sent) })
                    : this.short(row.sent),
                row.sent
            );
        }
        if (row.seen) {
            add(_t("seen %(when)s", { when: this.short(row.seen) }), row.seen);
        } else if (row.key.startsWith("r") && row.state === "waiting") {
            moments.push({ text: _t("not seen yet"), exact: "" });
        }
        if (row.done) {
            add(this.ended(this.short(row.done)), row.done);
        }
        if (heldMs !== null && row.state !== "withdrawn" && row.state !== "dropped") {
            moments.push({
                text: _t("held for %(duration)s", { duration: durationWords(heldMs) }),
                exact: "",
            });
        }
        if (row.deadline && !row.done && !this.late) {
            const deadline = deserializeDateTime(row.deadline);
            add(deadlineWords(deadline, DateTime.now()).text, row.deadline);
        }
        return moments;
    }

    ended(when) {
        if (this.row.state === "passed") {
            return _t("passed on %(when)s", { when });
        }
        if (this.row.key.startsWith("v")) {
            return _t("decided %(when)s", { when });
        }
        return _t("done %(when)s", { when });
    }

    short(value) {
        return deserializeDateTime(value).toFormat("HH:mm dd/MM");
    }
}
VanbanWayNode.components = { VanbanWayNode };

/** The way of a document (luồng xử lý), read at a glance. */
export class VanbanWayField extends Component {
    static template = "vanban_core.WayField";
    static components = { VanbanWayNode };
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ roots: [], folded: new Set() });
        this.toggle = this.toggle.bind(this);
        useRecordObserver((record, props) => {
            // read here, so that a reload of the document reloads its way
            record.data[props.name].count;
            this.load(record.data.state && record.resId, record.resModel);
        });
    }

    async load(resId, resModel) {
        let rows = [];
        if (resId) {
            try {
                rows = await this.keepLast.add(
                    this.orm.silent.call(resModel, "get_way", [[resId]])
                );
            } catch {
                // the form itself says so when the document is not open to the reader
            }
        }
        this.state.roots = buildWay(rows, DateTime.now(), deserializeDateTime);
        this.state.folded = new Set(foldedKeys(this.state.roots));
    }

    get hasBranches() {
        return this.state.roots.some((node) => node.children.length);
    }

    toggle(key) {
        const { folded } = this.state;
        if (!folded.delete(key)) {
            folded.add(key);
        }
    }

    toggleAll() {
        this.state.folded = new Set(
            this.state.folded.size ? [] : foldedKeys(this.state.roots.map(closed))
        );
    }
}

/** Returns the node as if its branch had ended, so that all of it can be folded. */
function closed(node) {
    return { ...node, open: false, round: 0, children: node.children.map(closed) };
}

registry.category("fields").add("vanban_way", {
    component: VanbanWayField,
    displayName: _t("Way of the document"),
    supportedTypes: ["one2many"],
    relatedFields: [],
    fieldDependencies: [{ name: "state", type: "selection", readonly: true }],
});
