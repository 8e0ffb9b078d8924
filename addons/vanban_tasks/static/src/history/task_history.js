import { Component, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const TONES = {
    good: "fa-check text-success",
    bad: "fa-times text-danger",
    wait: "fa-hourglass-half text-warning",
};

/** What happened to an assignment, in order (Diễn biến). */
export class TaskHistory extends Component {
    static template = "vanban_tasks.TaskHistory";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ events: [] });
        useRecordObserver((record, props) => {
            // read here, so that a reload of the task reloads its history
            record.data[props.name].count;
            this.load(record.data.state && record.resId, record.resModel);
        });
    }

    async load(resId, resModel) {
        let events = [];
        if (resId) {
            try {
                events = await this.keepLast.add(
                    this.orm.silent.call(resModel, "get_history", [[resId]])
                );
            } catch {
                // the form itself says so when the task is not open to the reader
            }
        }
        this.state.events = events.map((event) => {
            const when = deserializeDateTime(event.when);
            return {
                ...event,
                short: when.toFormat("dd/MM/yyyy HH:mm"),
                exact: when.toFormat("cccc, dd/MM/yyyy HH:mm:ss"),
            };
        });
    }

    icon(event) {
        return TONES[event.tone] || "fa-circle-o text-muted";
    }
}

registry.category("fields").add("vanban_task_history", {
    component: TaskHistory,
    displayName: _t("What happened"),
    supportedTypes: ["one2many"],
    relatedFields: [],
    fieldDependencies: [{ name: "state", type: "selection", readonly: true }],
});
