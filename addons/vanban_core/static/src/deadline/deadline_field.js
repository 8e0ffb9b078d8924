import { registry } from "@web/core/registry";
import { dateTimeField, DateTimeField } from "@web/views/fields/datetime/datetime_field";
import { deadlineWords } from "./deadline_words";

const { DateTime } = luxon;

/**
 * A deadline in words; the exact moment shows on hover and while it is edited.
 * Working time is told where the view has the field `work_left`.
 */
export class VanbanDeadlineField extends DateTimeField {
    static template = "vanban_core.DeadlineField";

    get words() {
        const { name, record } = this.props;
        const { state, work_left: work } = record.data;
        return deadlineWords(record.data[name], DateTime.now(), state, work);
    }

    get exact() {
        const value = this.props.record.data[this.props.name];
        return value ? value.toFormat("dd/MM/yyyy HH:mm") : "";
    }
}

export const vanbanDeadlineField = {
    ...dateTimeField,
    component: VanbanDeadlineField,
    fieldDependencies: [{ name: "state", type: "selection", readonly: true }],
};

registry.category("fields").add("vanban_deadline", vanbanDeadlineField);
