import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/** An entry is cancelled in its schedule, not put aside. */
export class VanbanEntryFormController extends FormController {
    getStaticActionMenuItems() {
        const { archive, unarchive, ...items } = super.getStaticActionMenuItems();
        return items;
    }
}

registry.category("views").add("vanban_entry_form", {
    ...formView,
    Controller: VanbanEntryFormController,
});
