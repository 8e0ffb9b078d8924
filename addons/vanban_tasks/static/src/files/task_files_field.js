import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { useFileViewer } from "@web/core/file_viewer/file_viewer_hook";
import { _t } from "@web/core/l10n/translation";
import { x2ManyCommands } from "@web/core/orm_service";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { readFile } from "@vanban_core/files/read_file";
import { makeFile } from "../form/task_papers";

/** The files of a task, a report or an extension: to read, and to add while it is written. */
export class TaskFilesField extends Component {
    static template = "vanban_tasks.TaskFilesField";
    static props = { ...standardFieldProps };

    setup() {
        this.notification = useService("notification");
        this.fileViewer = useFileViewer();
        this.state = useState({ role: "signed", busy: false });
        const fieldService = useService("field");
        onWillStart(async () => {
            const { role } = await fieldService.loadFields("vanban.task.file", {
                fieldNames: ["role"],
            });
            this.roles = role.selection;
        });
        this.root = useRef("root");
        this.input = useRef("input");
        const root = this.root;
        const sheet = {
            get el() {
                return root.el?.closest(".o_form_sheet") || root.el;
            },
        };
        useDropzone(sheet, (ev) => this.add(ev.dataTransfer.files), "", () => !this.props.readonly);
    }

    get list() {
        return this.props.record.data[this.props.name];
    }

    get files() {
        const labels = Object.fromEntries(this.roles);
        return this.list.records.map((record) => {
            const { name, role, attachment_id: attachment } = record.data;
            return {
                key: record.id,
                record,
                name,
                role: labels[role],
                model: attachment && makeFile(attachment.id, name),
            };
        });
    }

    onChosen() {
        const files = [...this.input.el.files];
        this.input.el.value = "";
        return this.add(files);
    }

    /** Adds files to what is being written; they are sent when it is saved. */
    async add(fileList) {
        this.state.busy = true;
        try {
            for (const file of fileList) {
                const content = await readFile(file);
                const values = { name: file.name, content, role: this.state.role };
                await this.list.applyCommands([[x2ManyCommands.CREATE, false, values]]);
            }
        } catch (error) {
            this.notification.add(error.message, { type: "danger" });
        } finally {
            this.state.busy = false;
        }
    }

    remove(file) {
        return this.list.delete(file.record);
    }

    open(file) {
        if (file.model?.isViewable) {
            const models = this.files.map(({ model }) => model).filter((model) => model?.isViewable);
            this.fileViewer.open(
                models.find(({ id }) => id === file.model.id),
                models
            );
        } else if (file.model) {
            window.location.assign(file.model.downloadUrl);
        }
    }
}

registry.category("fields").add("vanban_task_files", {
    component: TaskFilesField,
    displayName: _t("Files of a task"),
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "name", type: "char", readonly: false },
        { name: "role", type: "selection", readonly: false },
        { name: "content", type: "binary", readonly: false },
        { name: "attachment_id", type: "many2one", relation: "ir.attachment", readonly: true },
    ],
});
