import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { changeWords, entryBadges } from "./week_rows";

/** One entry of a week: its hours, what it is about, and what is unlike others about it. */
export class WeekEntry extends Component {
    static template = "vanban_calendar.WeekEntry";
    static props = {
        slot: Object, // of `buildWeek`
        data: Object,
        open: Function,
        isFresh: { type: Boolean, optional: true },
        // the person in whose column it stands
        head: { type: Object, optional: true },
        // whose columns it stands in, where there are none
        people: { type: String, optional: true },
        // in a table of its own columns the entry tells no more than its content
        isBare: { type: Boolean, optional: true },
    };

    get entry() {
        return this.props.slot.entry;
    }

    get badges() {
        const badges = entryBadges(this.entry, this.props.data);
        if (this.isChairedHere) {
            badges.push({ key: "chair", label: _t("Chaired by"), class: "border text-body" });
        }
        if (this.props.isFresh) {
            badges.unshift({ key: "fresh", label: _t("Just changed"), class: "text-bg-warning" });
        }
        return badges;
    }

    /** The column says who chairs it. */
    get isChairedHere() {
        return Boolean(this.props.head?.id) && this.entry.chair_id === this.props.head.id;
    }

    get changes() {
        return changeWords(this.entry);
    }

    get url() {
        return `/odoo/lich-lam-viec/lich-cong-tac/${this.entry.id}`;
    }

    /** What stands below the content, with its label. */
    get lines() {
        const { entry } = this;
        const lines = this.props.isBare
            ? []
            : [
                  [_t("For"), this.props.people],
                  [_t("Chaired by"), this.isChairedHere ? "" : entry.chair],
                  [
                      _t("Participants"),
                      entry.participants === this.props.head?.name ? "" : entry.participants,
                  ],
                  [_t("Place"), entry.place],
                  [_t("Prepared by"), entry.preparing_unit],
                  [_t("Vehicles"), entry.vehicles],
              ];
        lines.push([_t("Dress"), entry.dress], [_t("Note"), entry.note]);
        return lines
            .filter(([, text]) => text)
            .map(([label, text]) => ({ key: label.toString(), label, text }));
    }

    get papersText() {
        return _t("%(count)s papers", { count: this.entry.papers });
    }

    onClick(ev) {
        if (ev.ctrlKey || ev.metaKey || ev.shiftKey) {
            return; // the browser opens the link beside
        }
        ev.preventDefault();
        this.props.open(this.entry);
    }
}
