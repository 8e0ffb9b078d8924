import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/** An entry is cancelled in its schedule, not put aside. */
function withoutArchive({ archive, unarchive, ...items }) {
    return items;
}

export class VanbanEntryFormController extends FormController {
    getStaticActionMenuItems() {
        return withoutArchive(super.getStaticActionMenuItems());
    }
}

export class VanbanEntryListController extends ListController {
    getStaticActionMenuItems() {
        return withoutArchive(super.getStaticActionMenuItems());
    }
}

registry.category("views").add("vanban_entry_form", {
    ...formView,
    Controller: VanbanEntryFormController,
});
registry.category("views").add("vanban_entry_list", {
    ...listView,
    Controller: VanbanEntryListController,
});
