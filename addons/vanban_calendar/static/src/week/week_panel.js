import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { ReasonDialog } from "./reason_dialog";
import { dayLabel } from "./week_rows";

/** What units propose, beside the week of who arranges it: taken or not in one click. */
export class WeekPanel extends Component {
    static template = "vanban_calendar.WeekPanel";
    static components = { Dropdown, DropdownItem };
    static props = {
        data: Object,
        decide: Function, // (entry, method, args) => Promise
        open: Function,
    };

    setup() {
        this.dialog = useService("dialog");
        this.state = useState({ busy: false });
    }

    get proposals() {
        return this.props.data.entries.filter((entry) => entry.state === "proposed");
    }

    get title() {
        return _t("Proposals (%(count)s)", { count: this.proposals.length });
    }

    get reasons() {
        return [
            _t("A leader has something else at that time"),
            _t("Moved to another week"),
            _t("Need not stand in this schedule"),
        ].map((reason) => reason.toString());
    }

    when({ slots: [first] }) {
        const day = this.props.data.days.find((one) => one.date === first.date);
        return `${first.time}, ${day.weekday} ${dayLabel(first.date)}`;
    }

    async decide(entry, method, args) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await this.props.decide(entry, method, args);
        } finally {
            this.state.busy = false;
        }
    }

    accept(entry) {
        return this.decide(entry, "action_vanban_accept", []);
    }

    refuse(entry, reason) {
        return this.decide(entry, "action_vanban_refuse", [reason]);
    }

    refuseOtherwise(entry) {
        this.dialog.add(ReasonDialog, {
            title: _t("Do not take into the schedule"),
            label: _t("Why “%(name)s” is not taken", { name: entry.name }),
            confirmLabel: _t("Leave out"),
            confirm: (reason) => this.refuse(entry, reason),
        });
    }
}
