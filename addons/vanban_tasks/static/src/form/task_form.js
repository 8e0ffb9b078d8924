import { registry } from "@web/core/registry";
import { FormCompiler } from "@web/views/form/form_compiler";
import { formView } from "@web/views/form/form_view";
import {
    VanbanDocumentFormController,
    VanbanDocumentFormRenderer,
} from "@vanban_core/form/document_form";
import { TaskPaper } from "./task_paper";
import { findPapers } from "./task_papers";

/** Puts the papers of a task where other forms show the attachments of their talk. */
class TaskFormCompiler extends FormCompiler {
    compile(node, params) {
        const result = super.compile(node, params);
        const place = result.querySelector(".o_attachment_preview");
        if (place) {
            const paper = place.firstElementChild;
            paper.setAttribute("t-component", "__comp__.TaskPaper");
            paper.setAttribute("record", "__comp__.props.record");
            paper.removeAttribute("threadId");
            paper.removeAttribute("threadModel");
            place.setAttribute("t-if", "__comp__.mailLayout(true).includes('COMBO')");
        }
        return result;
    }
}

class TaskFormRenderer extends VanbanDocumentFormRenderer {
    TaskPaper = TaskPaper;

    hasFile() {
        return findPapers(this.props.record.data).length > 0;
    }
}

/** Who enters a task hands nothing on to anybody by looking at it. */
class TaskFormController extends VanbanDocumentFormController {
    recordOpened() {}
}

const view = { ...formView, Compiler: TaskFormCompiler, Renderer: TaskFormRenderer };
const views = registry.category("views");
views.add("vanban_task_form", { ...view, Controller: TaskFormController });
views.add("vanban_task_assignment_form", {
    ...view,
    Controller: VanbanDocumentFormController,
});
