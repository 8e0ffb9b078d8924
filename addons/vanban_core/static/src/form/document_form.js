import { onError, useEffect } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SIZES } from "@web/core/ui/ui_service";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { FormController } from "@web/views/form/form_controller";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";

export class VanbanDocumentFormController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
        onError((error) => {
            // Odoo would enter the agency of a refused document and load the page again,
            // without end where the user is in that agency already
            const context = error.cause?.data?.context;
            const active = user.activeCompanies.map((company) => company.id);
            if (active.includes(context?.suggested_company?.id)) {
                delete context.suggested_company;
            }
            throw error;
        });
        const opened = new Set();
        useEffect(
            (resId) => {
                if (resId && !opened.has(resId)) {
                    opened.add(resId);
                    this.recordOpened(resId);
                }
            },
            () => [this.model.root.resId]
        );
        if (this.props.context.vanban_from_desk) {
            let before = {};
            useEffect(
                (resId, canAct, number) => {
                    const same = before.resId === resId;
                    // a number just given is to be read and written on the paper
                    if (same && before.canAct && !canAct && before.number === number) {
                        this.openNext();
                    }
                    before = { resId, canAct, number };
                },
                () => [this.model.root.resId, this.canAct, this.model.root.data.register_number]
            );
        }
    }

    /** Leaves no empty document behind when the window of an untouched form is closed. */
    async beforeUnload(ev) {
        const { root } = this.model;
        if (root.isNew && !(await root.isDirty())) {
            return;
        }
        return super.beforeUnload(ev);
    }

    /** Whether an action on the document is left to the user. */
    get canAct() {
        const { data } = this.model.root;
        return Object.keys(data).some((name) => name.startsWith("can_") && data[name]);
    }

    /** Records that the user saw the document; the user has nothing to do with it. */
    async recordOpened(resId) {
        try {
            await this.orm.silent.call(this.props.resModel, "action_open", [[resId]]);
        } catch {
            // who may not see it is told so by the form itself
        }
    }

    /** Opened from the desk: when the document is dealt with, the next one follows. */
    async openNext() {
        const { resId, resIds, data } = this.model.root;
        this.notification.add(_t("Dealt with: %(name)s", { name: data.display_name }), {
            type: "success",
        });
        const next = resIds[resIds.indexOf(resId) + 1];
        if (next) {
            await this.model.load({ resId: next });
        } else {
            this.env.config.historyBack();
        }
    }

    /** The file is read beside the form also on an ordinary office screen. */
    get className() {
        const result = super.className;
        if (!this.env.inDialog && this.ui.size === SIZES.XL) {
            result["o_xxl_form_view h-100 o_vanban_form_beside"] = true;
        }
        return result;
    }
}

export class VanbanDocumentFormRenderer extends FormRenderer {
    setup() {
        super.setup();
        const { env, uiService } = this;
        this.uiService = Object.create(uiService, {
            size: {
                get: () =>
                    uiService.size === SIZES.XL && !env.inDialog ? SIZES.XXL : uiService.size,
            },
        });
    }
}

registry.category("views").add("vanban_document_form", {
    ...formView,
    Controller: VanbanDocumentFormController,
    Renderer: VanbanDocumentFormRenderer,
});
