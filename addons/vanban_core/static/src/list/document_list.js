import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/** A list of both directions, in which each document opens in the form of its own. */
export class VanbanDocumentListController extends ListController {
    async openRecord(record, options) {
        if (record.data.direction !== "outgoing") {
            return super.openRecord(record, options);
        }
        const action = await this.actionService.loadAction(
            "vanban_core.vanban_document_action_out"
        );
        return this.actionService.doAction(
            {
                ...action,
                res_id: record.resId,
                view_mode: "form",
                views: action.views.filter(([, type]) => type === "form"),
            },
            { newWindow: options?.newWindow }
        );
    }
}

registry.category("views").add("vanban_document_list", {
    ...listView,
    Controller: VanbanDocumentListController,
});
