import { Component } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { clashLines, leaderSentence } from "./clash_words";

const SUBSTITUTE = "vanban_calendar.vanban_event_decide_action_substitute";

/** Who and what is taken at the time of an entry, and when all is free again. */
export class VanbanClashField extends Component {
    static template = "vanban_calendar.ClashField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get found() {
        return this.props.record.data[this.props.name];
    }

    get lines() {
        return clashLines(this.found);
    }

    get leaderSentence() {
        return leaderSentence(this.found);
    }

    /** The leaders for whom the user may name somebody right here. */
    get answerable() {
        return this.found.leaders.filter((leader) => leader.attendee_id);
    }

    substituteLabel({ name }) {
        return _t("Name who goes instead of %(name)s", { name });
    }

    get canMove() {
        return this.props.record.data.user_can_edit && this.props.record.isInEdition;
    }

    useFree() {
        const { start, stop } = this.found.free;
        return this.props.record.update({
            start: deserializeDateTime(start),
            stop: deserializeDateTime(stop),
        });
    }

    async nameSubstitute(leader) {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        return this.action.doAction(SUBSTITUTE, {
            additionalContext: {
                active_model: "calendar.attendee",
                active_id: leader.attendee_id,
                active_ids: [leader.attendee_id],
            },
            onClose: () => record.load(),
        });
    }
}

registry.category("fields").add("vanban_clash", {
    component: VanbanClashField,
    supportedTypes: ["json"],
    isEmpty: (record, name) => !record.data[name],
    fieldDependencies: [
        { name: "start", type: "datetime" },
        { name: "stop", type: "datetime" },
        { name: "allday", type: "boolean" },
        { name: "user_can_edit", type: "boolean", readonly: true },
    ],
});
