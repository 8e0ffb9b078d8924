import { Component, onMounted, onPatched, onWillStart, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { Layout } from "@web/search/layout";
import { usePager } from "@web/search/pager_hook";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { useSearchBarToggler } from "@web/search/search_bar/search_bar_toggler";
import { ActionHelper } from "@web/views/action_helper";
import { standardViewProps } from "@web/views/standard_view_props";
import { buildAxis, joinDays } from "./timeline_axis";
import { drawRow, getMoments, groupRows, readRow } from "./timeline_rows";

const { DateTime } = luxon;

const SPECIFICATION = {
    assignee_name: {},
    content: {},
    role: {},
    state: {},
    assigned_date: {},
    deadline: {},
    first_deadline: {},
    report_date: {},
    withdrawn_date: {},
    report_ids: { fields: { sent_date: {}, decision: {} } },
};
const STATE_CLASSES = {
    doing: "text-bg-info",
    doing_late: "text-bg-danger",
    waiting: "text-bg-warning",
    done: "text-bg-success",
};
const LIMIT = 80;

/** Tasks on a line of time: who has how long, what was extended, and who is late. */
export class TimelineController extends Component {
    static template = "vanban_tasks.Timeline";
    static components = { ActionHelper, CogMenu, Layout, SearchBar };
    static props = { ...standardViewProps };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.rootRef = useRef("root");
        this.scrollRef = useRef("scroll");
        this.cornerRef = useRef("corner");
        this.searchBarToggler = useSearchBarToggler();
        const { offset = 0, scale = "week" } = this.props.state || {};
        this.state = useState({ offset, scale, total: 0, groups: [], axis: null, off: [] });
        useSetupAction({
            rootRef: this.rootRef,
            getLocalState: () => ({ offset: this.state.offset, scale: this.state.scale }),
        });
        usePager(() => ({
            offset: this.state.offset,
            limit: this.limit,
            total: this.state.total,
            onUpdate: ({ offset }) => this.load(this.props, offset),
        }));
        onWillStart(() => this.load(this.props, this.state.offset));
        onWillUpdateProps((nextProps) => this.load(nextProps, 0));
        // what is looked for first is today
        this.isPlaced = false;
        onMounted(() => this.showToday());
        onPatched(() => this.showToday());
    }

    get limit() {
        return this.props.limit || LIMIT;
    }

    get scales() {
        return [
            { key: "week", label: _t("Weeks") },
            { key: "month", label: _t("Months") },
        ];
    }

    async load({ context, domain, fields, groupBy, resModel }, offset) {
        const groups = groupBy.filter((spec) => spec.split(":")[0] in fields);
        const names = groups.map((spec) => spec.split(":")[0]);
        const specification = { ...SPECIFICATION };
        for (const name of names) {
            specification[name] ??=
                fields[name].type === "many2one" ? { fields: { display_name: {} } } : {};
        }
        const { length, records } = await this.keepLast.add(
            this.orm.webSearchRead(resModel, domain, {
                specification,
                context,
                limit: this.limit,
                offset,
                order: [...new Set([...names, "deadline", "id"])].join(", "),
            })
        );
        this.rows = records.map((record) => ({
            raw: record,
            ...readRow(record, DateTime.now()),
        }));
        this.groupBy = groups;
        Object.assign(this.state, { offset, total: length });
        await this.draw(resModel);
    }

    /** Draws the rows anew on a line of the chosen scale. */
    async draw(resModel = this.props.resModel) {
        const { scale } = this.state;
        const axis = buildAxis(this.rows.flatMap(getMoments), DateTime.now(), scale);
        const groups = groupRows(
            this.rows.map((row) => row.raw),
            this.groupBy,
            this.props.fields
        );
        const drawn = new Map(
            this.rows.map((row) => [row.id, { ...row, ...drawRow(row, axis) }])
        );
        const off = await this.keepLast.add(
            this.orm.cache().call(resModel, "get_days_off", [
                serializeDate(axis.start),
                serializeDate(axis.end),
            ])
        );
        this.isPlaced = false;
        Object.assign(this.state, {
            axis,
            groups: groups.map(({ key, label, records }) => ({
                key,
                label,
                rows: records.map((record) => drawn.get(record.id)),
            })),
            off: joinDays(axis, off.map((day) => deserializeDate(day))),
        });
    }

    setScale(scale) {
        this.state.scale = scale;
        return this.draw();
    }

    showToday() {
        const scroll = this.scrollRef.el;
        if (!scroll || this.isPlaced) {
            return;
        }
        this.isPlaced = true;
        const { today, width } = this.state.axis;
        const seen = scroll.clientWidth - this.cornerRef.el.offsetWidth;
        scroll.scrollLeft = (today ?? width) - seen / 2;
    }

    goToToday() {
        this.isPlaced = false;
        this.showToday();
    }

    // ---- what is said of a row ----

    /** Says whether the rows have to tell it, because the heading does not. */
    isTold(name) {
        return !this.groupBy.includes(name);
    }

    day(moment) {
        return moment.toFormat("dd/MM/yyyy");
    }

    label(name, value) {
        return this.props.fields[name].selection.find(([key]) => key === value)?.[1] || "";
    }

    stateClass(row) {
        return STATE_CLASSES[row.state] || "text-bg-secondary";
    }

    dates(row) {
        const { assigned_date, deadline, first_deadline } = row;
        const parts = [_t("until %(day)s", { day: this.day(deadline) })];
        if (assigned_date) {
            parts.unshift(_t("given %(day)s", { day: this.day(assigned_date) }));
        }
        if (first_deadline) {
            parts.push(_t("extended from %(day)s", { day: this.day(first_deadline) }));
        }
        return parts.join(", ");
    }

    /** All that the drawing shows, in words. */
    words(row) {
        return [
            row.assignee_name,
            row.content,
            this.label("state", row.state),
            this.dates(row),
            row.late?.text,
            ...row.marks.map((mark) => mark.title),
        ]
            .filter(Boolean)
            .join("; ");
    }

    // ---- what is done with it ----

    open(row, ev) {
        return this.props.selectRecord(row.id, {
            activeIds: this.state.groups.flatMap((group) => group.rows.map(({ id }) => id)),
            newWindow: ev.ctrlKey || ev.metaKey,
        });
    }

    onKeydown(ev) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        const rows = [...this.scrollRef.el.querySelectorAll(".o_vanban_timeline_label")];
        const next = step && rows[rows.indexOf(ev.target) + step];
        if (next) {
            ev.preventDefault();
            next.focus();
        }
    }
}

export const timelineView = { type: "vanban_timeline", Controller: TimelineController };

registry.category("views").add("vanban_timeline", timelineView);
