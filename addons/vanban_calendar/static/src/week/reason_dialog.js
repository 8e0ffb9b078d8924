import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useAutofocus } from "@web/core/utils/hooks";

/** Asks why: a week is sent back, a proposal is not taken. */
export class ReasonDialog extends Component {
    static template = "vanban_calendar.ReasonDialog";
    static components = { Dialog };
    static props = {
        close: Function,
        confirm: Function,
        confirmLabel: String,
        label: String,
        title: String,
    };

    setup() {
        this.state = useState({ reason: "", isSent: false });
        useAutofocus({ refName: "reason" });
    }

    get isEmpty() {
        return !this.state.reason.trim();
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            this.confirm();
        }
    }

    async confirm() {
        if (this.isEmpty || this.state.isSent) {
            return;
        }
        this.state.isSent = true;
        try {
            await this.props.confirm(this.state.reason);
        } finally {
            this.props.close();
        }
    }
}
