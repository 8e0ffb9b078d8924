import { Component, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { ReasonDialog } from "./reason_dialog";
import { scheduleSteps, weekTitle } from "./week_rows";

const MODEL = "vanban.schedule";
const HISTORY = "vanban_calendar.vanban_schedule_action";

/** How far a week is, and what it waits for: the next step is the first button. */
export class WeekBar extends Component {
    static template = "vanban_calendar.WeekBar";
    static props = { data: Object, reload: Function };

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.state = useState({ busy: false });
    }

    get schedule() {
        return this.props.data.schedule;
    }

    get steps() {
        return scheduleSteps(this.schedule, this.props.data.unit_id);
    }

    get stateWords() {
        const { state, published_date, approved_date, approved_label } = this.schedule;
        const words = [];
        if (published_date) {
            words.push(_t("Published %(when)s", { when: this.moment(published_date) }));
        }
        if (approved_date && state !== "draft") {
            words.push(
                _t("Approved by %(who)s %(when)s", {
                    who: approved_label,
                    when: this.moment(approved_date),
                })
            );
        }
        return words.join(" · ");
    }

    get changesTitle() {
        const [last, ...others] = this.props.data.changes;
        return _t("%(count)s changes after publication, the last one %(when)s", {
            count: others.length + 1,
            when: this.moment(last.date),
        });
    }

    moment(text) {
        return deserializeDateTime(text).toFormat("HH:mm dd/MM/yyyy");
    }

    /** Calls an action of the week as it was read, and reads it anew whatever comes of it. */
    async act(method, args, done) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await this.orm.call(MODEL, method, [[this.schedule.id], ...args]);
            this.notification.add(done, { type: "success" });
        } finally {
            this.state.busy = false;
            await this.props.reload();
        }
    }

    /** What may be done with the week now; the first is what it waits for. */
    get actions() {
        const { schedule } = this;
        const { revision } = schedule;
        const actions = [
            schedule.can_approve && {
                name: "action_approve",
                label: _t("Approve"),
                icon: "fa-check",
                run: () => this.act("action_approve", [revision], _t("The week is approved.")),
            },
            schedule.can_approve && {
                name: "action_send_back",
                label: _t("Send back"),
                icon: "fa-reply",
                run: () => this.sendBack(),
            },
            schedule.can_submit && {
                name: "action_submit",
                label: _t("Submit to the leader"),
                icon: "fa-paper-plane-o",
                run: () =>
                    this.act("action_submit", [revision], _t("The week is before the leader.")),
            },
            schedule.can_publish && {
                name: "action_publish",
                label: _t("Publish the week"),
                icon: "fa-bullhorn",
                run: () => this.publish(revision),
            },
            // who may approve a week sends it back
            schedule.can_reopen &&
                !schedule.can_approve && {
                name: "action_reopen",
                label: _t("Arrange anew"),
                icon: "fa-undo",
                run: () => this.act("action_reopen", [], _t("The week is being arranged again.")),
            },
        ];
        // a week without entries is nothing to submit
        return schedule.id ? actions.filter(Boolean) : [];
    }

    sendBack() {
        this.dialog.add(ReasonDialog, {
            title: _t("Send back"),
            label: _t("Why the week goes back to who arranges it"),
            confirmLabel: _t("Send back"),
            confirm: (reason) => this.act("action_send_back", [reason], _t("The week is sent back.")),
        });
    }

    publish(revision) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Publish the week"),
            body: _t("%(week)s: everyone sees it from now on, and who takes part is told.", {
                week: weekTitle(this.props.data),
            }),
            confirmLabel: _t("Publish the week"),
            confirm: () => this.act("action_publish", [revision], _t("The week is published.")),
            cancel: () => {},
        });
    }

    openHistory() {
        return this.action.doAction(HISTORY, {
            viewType: "form",
            props: { resId: this.schedule.id },
        });
    }
}
