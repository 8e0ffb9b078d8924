import { registry } from "@web/core/registry";
import { utils } from "@web/core/ui/ui_service";
import { SearchModel } from "@web/search/search_model";
import { kanbanView } from "@web/views/kanban/kanban_view";

/** Columns by state on a wide screen; on a phone one list, the most urgent first. */
class TaskSearchModel extends SearchModel {
    load(config) {
        return super.load(utils.isSmall() ? { ...config, defaultGroupBy: undefined } : config);
    }
}

registry.category("views").add("vanban_task_kanban", {
    ...kanbanView,
    SearchModel: TaskSearchModel,
});
