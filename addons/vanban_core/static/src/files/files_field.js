import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { FileModel } from "@web/core/file_viewer/file_model";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/core/utils/numbers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { sendFiles } from "./read_file";

const ROLES = {
    incoming: ["scan", "appendix", "other"],
    draft: ["draft", "submission", "appendix", "other"],
    approved: ["signed", "appendix"],
};

/** The files of a document: each version with a link, and a place to drop more. */
export class VanbanFilesField extends Component {
    static template = "vanban_core.FilesField";
    static props = { ...standardFieldProps, context: { type: Object, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.fileViewer = useFileViewer();
        this.state = useState({ role: null, busy: false });
        const fieldService = useService("field");
        onWillStart(async () => {
            const fields = await fieldService.loadFields("vanban.document.file", {
                fieldNames: ["role"],
            });
            this.roleLabels = fields.role.selection;
            this.isClerk = await user.hasGroup("vanban_core.group_clerk");
        });
        this.root = useRef("root");
        this.input = useRef("input");
        const root = this.root;
        const sheet = {
            get el() {
                return root.el?.closest(".o_form_sheet") || root.el;
            },
        };
        useDropzone(sheet, (ev) => this.upload(ev.dataTransfer.files), "", () => this.canAdd);
    }

    get record() {
        return this.props.record;
    }

    /** Shows the place to drop only to those whose files the server takes. */
    get isOpen() {
        const { data, isNew } = this.record;
        if (this.props.readonly) {
            return false;
        }
        if (data.direction === "incoming") {
            const ended = ["done", "returned"].includes(data.state);
            return !ended && (this.isClerk || data.can_route);
        }
        return data.state === "draft" ? isNew || data.can_submit : this.isClerk;
    }

    get canAdd() {
        return this.isOpen && !this.state.busy;
    }

    /** Only what did not go on its way yet can be taken off. */
    get canRemove() {
        const { state } = this.record.data;
        return this.isOpen && ["received", "draft"].includes(state);
    }

    get files() {
        const roles = Object.fromEntries(this.roleLabels);
        return this.record.data[this.props.name].records.map(({ resId, data }) => ({
            id: resId,
            name: data.name,
            role: roles[data.role],
            version: data.version,
            details: this.details(data),
            attachmentId: data.attachment_id?.id,
            url: data.attachment_id && `/web/content/${data.attachment_id.id}?download=true`,
        }));
    }

    get role() {
        return this.state.role || this.props.context?.default_role || "other";
    }

    get roles() {
        const { direction, state } = this.record.data;
        const keys = direction === "incoming" ? ROLES.incoming : ROLES[state] || [];
        return this.roleLabels.filter(([key]) => keys.includes(key));
    }

    details(data) {
        const parts = [];
        if (data.page_count) {
            parts.push(
                data.page_count === 1
                    ? _t("1 page")
                    : _t("%(count)s pages", { count: data.page_count })
            );
        }
        if (data.size) {
            const large = data.size >= 1e6;
            const size = large ? data.size / 1e6 : Math.ceil(data.size / 1e3);
            parts.push(`${formatFloat(size, { digits: [16, large ? 1 : 0] })} ${large ? "MB" : "KB"}`);
        }
        return parts.join(", ");
    }

    onChooseClick() {
        this.input.el.click();
    }

    async onChosen() {
        const files = [...this.input.el.files];
        this.input.el.value = "";
        await this.upload(files);
    }

    async upload(fileList) {
        const files = [...fileList];
        if (!files.length || !this.canAdd) {
            return;
        }
        this.state.busy = true;
        try {
            if (!(await this.record.save())) {
                return; // the form says which field is missing
            }
            const refusals = await sendFiles(this.orm, this.record.resId, files, this.role);
            for (const refusal of refusals) {
                this.notification.add(refusal, { type: "danger", sticky: true });
            }
            await this.record.model.load();
        } finally {
            this.state.busy = false;
        }
    }

    open(file) {
        const models = this.files
            .filter(({ attachmentId }) => attachmentId)
            .map(({ attachmentId, name }) => makeViewable(attachmentId, name));
        const model = models.find(({ id }) => id === file.attachmentId);
        if (model?.isViewable) {
            this.fileViewer.open(model, models);
        } else if (file.url) {
            window.location.assign(file.url);
        }
    }

    remove(file) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Take the file off"),
            body: _t("“%(name)s” is taken off the document.", { name: file.name }),
            confirmLabel: _t("Take off"),
            confirm: async () => {
                if (await this.record.save()) {
                    await this.orm.unlink("vanban.document.file", [file.id]);
                    await this.record.model.load();
                }
            },
            cancel: () => {},
        });
    }
}

const MIMETYPES = {
    pdf: "application/pdf",
    png: "image/png",
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
};

function makeViewable(id, name) {
    const extension = (name.split(".").pop() || "").toLowerCase();
    const mimetype = MIMETYPES[extension] || "application/octet-stream";
    return Object.assign(new FileModel(), { id, name, extension, mimetype, type: "binary" });
}

registry.category("fields").add("vanban_files", {
    component: VanbanFilesField,
    displayName: _t("Files of the document"),
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "name", type: "char", readonly: true },
        { name: "role", type: "selection", readonly: true },
        { name: "version", type: "integer", readonly: true },
        { name: "page_count", type: "integer", readonly: true },
        { name: "size", type: "integer", readonly: true },
        { name: "attachment_id", type: "many2one", relation: "ir.attachment", readonly: true },
    ],
    fieldDependencies: [
        { name: "state", type: "selection", readonly: true },
        { name: "direction", type: "selection", readonly: true },
        { name: "can_route", type: "boolean", readonly: true },
        { name: "can_submit", type: "boolean", readonly: true },
    ],
    extractProps: (_info, dynamicInfo) => ({ context: dynamicInfo.context }),
});
