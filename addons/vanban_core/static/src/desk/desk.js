import { Component, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { deadlineWords, durationWords } from "../deadline/deadline_words";

const { DateTime } = luxon;

const OUTGOING_QUEUES = [
    "to_issue",
    "my_drafts",
    "in_review",
    "sent_back",
    "to_approve",
    "to_sign",
];
/** The desk is not asked again within this time when the window gets the focus. */
const FRESH = 10 * 1000;

/** The first screen of everyone (Bàn làm việc): what to do now, and what waits. */
export class VanbanDesk extends Component {
    static template = "vanban_core.Desk";
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.desk = useService("vanban_desk");
        this.state = useState(this.desk.state);
        this.search = useState({ words: "" });
        if (!this.env.isSmall) {
            useAutofocus({ refName: "search" });
        }
        onWillStart(() => this.desk.load());
        useExternalListener(window, "focus", () => {
            if (Date.now() - this.desk.state.loadedAt > FRESH) {
                this.desk.refresh();
            }
        });
    }

    get data() {
        return this.state.data;
    }

    get today() {
        const text = DateTime.now().toFormat("cccc, dd/MM/yyyy");
        return text.charAt(0).toUpperCase() + text.slice(1);
    }

    get actingFor() {
        return _t("Acting for %(names)s", { names: this.data.acting_for.join(", ") });
    }

    get filledQueues() {
        return this.data.queues.filter((queue) => queue.count);
    }

    get emptyQueues() {
        return this.data.queues.filter((queue) => !queue.count);
    }

    get isClerk() {
        return this.data.queues.some((queue) => queue.key === "to_register");
    }

    get mostLate() {
        return Math.max(...this.state.late.map((bar) => bar.count));
    }

    urgencyBadge(item) {
        return {
            express: { text: _t("EXPRESS"), class: "text-bg-danger" },
            very_urgent: { text: _t("VERY URGENT"), class: "text-bg-danger" },
            urgent: { text: _t("URGENT"), class: "text-bg-warning" },
        }[item.urgency];
    }

    deadline(item) {
        const deadline = item.deadline && deserializeDateTime(item.deadline);
        const words = deadlineWords(deadline, DateTime.now(), item.state);
        return words && { ...words, exact: deadline.toFormat("dd/MM/yyyy HH:mm") };
    }

    subject(item) {
        return item.secrecy === "normal" ? item.subject : _t("State secret: see the paper");
    }

    lateText(queue) {
        return _t("%(count)s overdue", { count: queue.late });
    }

    oldest(queue) {
        const since = DateTime.now() - deserializeDateTime(queue.since);
        return _t("Oldest: %(duration)s", { duration: durationWords(Math.max(since, 0)) });
    }

    documentUrl(item) {
        const path = item.direction === "outgoing" ? "van-ban-di" : "van-ban-den";
        return `/odoo/ban-lam-viec/${path}/${item.id}`;
    }

    loadDocumentAction(direction) {
        return this.action.loadAction(
            direction === "outgoing"
                ? "vanban_core.vanban_document_action_out"
                : "vanban_core.vanban_document_action_in"
        );
    }

    async openDocument(ev, item) {
        if (ev.ctrlKey || ev.metaKey || ev.shiftKey) {
            return; // the browser opens the link beside
        }
        ev.preventDefault();
        const action = await this.loadDocumentAction(item.direction);
        const resIds = this.data.urgent
            .filter((other) => other.direction === item.direction)
            .map((other) => other.id);
        return this.action.doAction(
            {
                ...action,
                context: { default_direction: item.direction, vanban_from_desk: true },
                res_id: item.id,
                view_mode: "form",
                views: action.views.filter(([, type]) => type === "form"),
            },
            { props: { resIds } }
        );
    }

    async openQueue(queue) {
        const direction = OUTGOING_QUEUES.includes(queue.key) ? "outgoing" : "incoming";
        return this.openList(direction, queue.label, [["queue", "=", queue.key]]);
    }

    async openBar(bar) {
        return this.openList("incoming", bar.name, bar.domain);
    }

    async openList(direction, name, domain) {
        const action = await this.loadDocumentAction(direction);
        return this.action.doAction({ ...action, name, display_name: name, domain });
    }

    async openNew() {
        const action = await this.loadDocumentAction("incoming");
        return this.action.doAction(action, { viewType: "form" });
    }

    openIncoming() {
        return this.action.doAction("vanban_core.vanban_document_action_in");
    }

    onSearch() {
        const words = this.search.words.trim();
        return this.action.doAction("vanban_core.vanban_document_action_search", {
            additionalContext: words ? { search_default_search_words: words } : {},
        });
    }
}

registry.category("actions").add("vanban_desk", VanbanDesk);
