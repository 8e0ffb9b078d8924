import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";
import { durationWords, HOUR, WORK_DAY } from "@vanban_core/deadline/deadline_words";

/** Working hours in words, with days of work: "8 days 3 hours". */
export class WorkTimeField extends FloatField {
    get formattedValue() {
        return durationWords(this.value * HOUR, WORK_DAY);
    }
}

registry.category("fields").add("vanban_work_time", {
    ...floatField,
    component: WorkTimeField,
});
