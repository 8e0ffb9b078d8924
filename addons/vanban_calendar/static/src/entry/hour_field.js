import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { formatFloatTime } from "@web/views/fields/formatters";
import { useInputField } from "@web/views/fields/input_field_hook";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { parseHour } from "./hour_words";

/** An hour of the day, typed in whatever way people write it. */
export class VanbanHourField extends Component {
    static template = "web.FloatTimeField";
    static props = { ...standardFieldProps };

    setup() {
        useInputField({
            getValue: () => this.formattedValue,
            refName: "numpadDecimal",
            parse: parseHour,
        });
    }

    get formattedValue() {
        return formatFloatTime(this.props.record.data[this.props.name]);
    }
}

registry.category("fields").add("vanban_hour", {
    component: VanbanHourField,
    supportedTypes: ["float"],
    isEmpty: () => false,
});
