import { registry } from "@web/core/registry";
import { DateTimeField, dateTimeField } from "@web/views/fields/datetime/datetime_field";

/** A day and a time in figures, without seconds. */
export class MomentField extends DateTimeField {
    getFormattedValue(valueIndex) {
        const value = this.values[valueIndex];
        return value ? value.toFormat("dd/MM/yyyy HH:mm") : "";
    }
}

/** The day of a moment, in figures. */
export class DayField extends MomentField {
    getFormattedValue(valueIndex) {
        return this.values[valueIndex]?.toFormat("dd/MM/yyyy") || "";
    }
}

registry.category("fields").add("vanban_moment", {
    ...dateTimeField,
    component: MomentField,
});

registry.category("fields").add("vanban_day", {
    ...dateTimeField,
    component: DayField,
});
