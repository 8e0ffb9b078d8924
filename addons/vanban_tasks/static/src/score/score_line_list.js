import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/** A list whose buttons act on what is chosen: each shows where all of it allows it. */
export class ScoreLineListController extends ListController {
    evalViewModifier(modifier) {
        const { selection } = this.model.root;
        return (
            !selection.length ||
            selection.some(({ evalContextWithVirtualIds: context }) =>
                evaluateBooleanExpr(modifier, context)
            )
        );
    }
}

registry.category("views").add("vanban_score_line_list", {
    ...listView,
    Controller: ScoreLineListController,
});
