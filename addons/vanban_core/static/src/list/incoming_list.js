import { onWillStart, useRef, useState } from "@odoo/owl";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { sendFiles } from "../files/read_file";

/** The list of incoming documents, on which a clerk drops what was scanned. */
export class VanbanIncomingListController extends ListController {
    setup() {
        super.setup();
        this.notification = useService("notification");
        this.upload = useState({ allowed: false, busy: false });
        this.uploadInput = useRef("uploadInput");
        onWillStart(async () => {
            this.upload.allowed = await user.hasGroup("vanban_core.group_clerk");
        });
        useDropzone(
            this.rootRef,
            (ev) => this.enterFiles(ev.dataTransfer.files),
            "",
            () => this.upload.allowed && !this.upload.busy
        );
    }

    onUploadClick() {
        this.uploadInput.el.click();
    }

    async onUploadChosen() {
        const files = [...this.uploadInput.el.files];
        this.uploadInput.el.value = "";
        await this.enterFiles(files);
    }

    /** Starts a document for each file. */
    async enterFiles(fileList) {
        const files = [...fileList];
        if (!files.length) {
            return;
        }
        this.upload.busy = true;
        const entered = [];
        try {
            for (const file of files) {
                const id = await this.enterFile(file);
                if (id) {
                    entered.push(id);
                }
            }
        } finally {
            this.upload.busy = false;
        }
        if (entered.length === 1) {
            const [id] = entered;
            return this.props.selectRecord(id, { activeIds: entered });
        }
        if (entered.length) {
            this.notification.add(
                _t("%(count)s documents wait to be registered.", { count: entered.length }),
                { type: "success" }
            );
        }
        await this.model.load();
    }

    async enterFile(file) {
        const [id] = await this.orm.create("vanban.document", [{ direction: "incoming" }]);
        const [refusal] = await sendFiles(this.orm, id, [file], "scan");
        if (refusal) {
            this.notification.add(refusal, { type: "danger", sticky: true });
            await this.orm.unlink("vanban.document", [id]);
            return false;
        }
        return id;
    }
}

registry.category("views").add("vanban_incoming_list", {
    ...listView,
    Controller: VanbanIncomingListController,
    buttonTemplate: "vanban_core.IncomingListButtons",
});
