import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KeepLast } from "@web/core/utils/concurrency";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { charField, CharField } from "@web/views/fields/char/char_field";

/** Number and symbol: what it says about the kind and the issuer is filled in. */
export class VanbanSymbolField extends CharField {
    static template = "vanban_core.SymbolField";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.proposal = useState({ issuers: [] });
        let known = this.props.record.data[this.props.name];
        useRecordObserver((record, props) => {
            const symbol = record.data[props.name];
            if (symbol !== known) {
                known = symbol;
                this.read(record, symbol); // not awaited: nobody waits for a proposal
            }
        });
    }

    get issuers() {
        return this.props.readonly || this.props.record.data.issuer_id
            ? []
            : this.proposal.issuers;
    }

    async read(record, symbol) {
        if (record.data.state !== "received" || !symbol) {
            this.proposal.issuers = [];
            return;
        }
        const { type, issuers } = await this.keepLast.add(
            this.orm.silent.call("vanban.document.type", "parse_symbol", [symbol])
        );
        this.proposal.issuers = issuers;
        if (type && !record.data.document_type_id) {
            await record.update({
                document_type_id: { id: type[0], display_name: type[1] },
            });
        }
    }

    async take([id, display_name]) {
        await this.props.record.update({ issuer_id: { id, display_name } });
    }
}

registry.category("fields").add("vanban_symbol", {
    ...charField,
    component: VanbanSymbolField,
    displayName: _t("Number and symbol"),
    fieldDependencies: [
        { name: "state", type: "selection", readonly: true },
        { name: "document_type_id", type: "many2one", relation: "vanban.document.type" },
        { name: "issuer_id", type: "many2one", relation: "res.partner" },
    ],
});
