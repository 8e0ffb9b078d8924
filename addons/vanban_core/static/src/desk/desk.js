import { Component, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { makeContext } from "@web/core/context";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { deadlineWords, durationWords } from "../deadline/deadline_words";

const { DateTime } = luxon;

const INCOMING = "vanban_core.vanban_document_action_in";
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

    /** The queues under their headings, in the order of the server. */
    get sections() {
        const sections = new Map();
        for (const queue of this.data.queues) {
            const title = queue.section || _t("What waits").toString();
            const section = sections.get(title) || { title, filled: [], empty: [] };
            section[queue.count ? "filled" : "empty"].push(queue);
            sections.set(title, section);
        }
        return [...sections.values()];
    }

    get isClerk() {
        return this.data.queues.some((queue) => queue.key === "to_register");
    }

    bars(plot) {
        return this.state.bars[plot.method];
    }

    width(plot, bar) {
        return (100 * bar.count) / Math.max(...this.bars(plot).map((one) => one.count));
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
        const words = deadlineWords(deadline, DateTime.now(), item.state, item.work_left);
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

    openItem(ev, item) {
        const alike = this.data.urgent.filter((other) => other.action === item.action);
        return this.openForm(ev, item, alike);
    }

    openAgenda(ev, entry, day) {
        return this.openForm(ev, { ...entry, action: this.data.agenda.action }, day.entries);
    }

    /** Opens a form in which the others of its list are one click away. */
    async openForm(ev, item, list) {
        if (ev.ctrlKey || ev.metaKey || ev.shiftKey) {
            return; // the browser opens the link beside
        }
        ev.preventDefault();
        const action = await this.action.loadAction(item.action);
        const resIds = list.map((other) => other.id);
        return this.action.doAction(
            {
                ...action,
                context: { ...this.plainContext(action), vanban_from_desk: true },
                res_id: item.id,
                view_mode: "form",
                views: action.views.filter(([, type]) => type === "form"),
            },
            { props: { resIds } }
        );
    }

    openQueue(queue) {
        return this.openList(queue.action, queue.label, queue.domain);
    }

    openBar(plot, bar) {
        return this.openList(plot.action, bar.name, bar.domain);
    }

    /** Opens a window with exactly these in it. */
    async openList(xmlId, name, domain) {
        const action = await this.action.loadAction(xmlId);
        const context = this.plainContext(action);
        return this.action.doAction({ ...action, name, display_name: name, domain, context });
    }

    /** The context of an action without the filters that it proposes. */
    plainContext(action) {
        const context = makeContext([action.context], user.context);
        const names = Object.keys(context).filter((name) => !name.startsWith("search_default_"));
        return Object.fromEntries(names.map((name) => [name, context[name]]));
    }

    async openNew() {
        const action = await this.action.loadAction(INCOMING);
        return this.action.doAction(action, { viewType: "form" });
    }

    openIncoming() {
        return this.action.doAction(INCOMING);
    }

    onSearch() {
        const words = this.search.words.trim();
        return this.action.doAction("vanban_core.vanban_document_action_search", {
            additionalContext: words ? { search_default_search_words: words } : {},
        });
    }
}

registry.category("actions").add("vanban_desk", VanbanDesk);
