import { onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { radioField, RadioField } from "@web/views/fields/radio/radio_field";

/** In whose schedule an entry is to stand, in the words of who enters it. */
export class VanbanLevelField extends RadioField {
    static template = "web.RadioField";

    setup() {
        super.setup();
        onWillStart(async () => {
            this.arranges = await user.hasGroup("vanban_core.group_office_head");
        });
    }

    get items() {
        return [
            ["person", _t("Mine")],
            ["unit", _t("My unit's")],
            ["agency", this.arranges ? _t("The agency's") : _t("Propose for the agency's")],
        ];
    }
}

registry.category("fields").add("vanban_level", {
    ...radioField,
    component: VanbanLevelField,
    supportedTypes: ["selection"],
});
