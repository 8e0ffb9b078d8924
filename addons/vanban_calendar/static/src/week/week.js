import {
    Component,
    markRaw,
    onMounted,
    onWillStart,
    onWillUnmount,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { makeContext } from "@web/core/context";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { WeekBar } from "./week_bar";
import { WeekEntry } from "./week_entry";
import { WeekPanel } from "./week_panel";
import { printUrl, readPlace, shiftPlace, writePlace } from "./week_place";
import { buildWeek, changedIds, isSameWeek, newEntryContext, weekTitle } from "./week_rows";

const MODEL = "vanban.schedule";
const ENTRIES = "vanban_calendar.calendar_event_action";
const CHANNEL = "vanban_calendar.week";
const COLUMNS_KEY = "vanban_calendar.columns";
/** The week is not asked again within this time when the window gets the focus. */
const FRESH = 10 * 1000;
/** Not everyone who has a published week open reads it in the same moment. */
const SPREAD = 2000;

/** The week of an agency, a unit or a person, as a table (Lịch công tác tuần). */
export class VanbanWeek extends Component {
    static template = "vanban_calendar.Week";
    static components = { Dropdown, DropdownItem, Layout, RecordSelector, WeekBar, WeekEntry, WeekPanel };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.ui = useState(useService("ui"));
        this.keepLast = new KeepLast();
        this.display = { controlPanel: { layoutActions: true } };
        this.state = useState({
            place: this.getFirstPlace(),
            columns: this.getKeptColumns(),
            topic: false,
            words: "",
            isOther: false,
            data: null,
            // entries that changed under the eyes of who reads the week
            fresh: new Set(),
            choices: { units: [], topics: [] },
            ...this.props.state?.filters,
        });
        useSetupAction({
            getLocalState: () => {
                const { place, columns, topic, words, isOther } = this.state;
                return { filters: { place, columns, topic, words, isOther } };
            },
        });
        this.headRef = useRef("head");
        this.scrollRef = useRef("scroll");
        onWillStart(async () => {
            const choices = this.orm.cache().call(MODEL, "get_week_choices", []);
            await this.load();
            this.state.choices = await choices;
        });
        onMounted(() => this.tellAddress());
        // what is looked for first is today
        useEffect(
            () => this.showToday(),
            () => {
                const { date_from, unit_id, user_id, columns } = this.data;
                return [date_from, unit_id, user_id, columns];
            }
        );
        this.listen();
        // the keys of a wide table that one has moved into scroll it
        const isAvailable = (target) => target !== this.scrollRef.el;
        useHotkey("arrowleft", () => this.shift(-1), { isAvailable });
        useHotkey("arrowright", () => this.shift(1), { isAvailable });
        useHotkey("t", () => this.goTo({ ...this.state.place, day: "" }));
    }

    /** Reads the week anew when it changes on the server, and when one comes back to it. */
    listen() {
        const bus = useService("bus_service");
        let timer = null;
        const onChange = ({ date_from }) => {
            if (date_from === this.data.date_from) {
                browser.clearTimeout(timer);
                timer = browser.setTimeout(() => this.refresh(), Math.random() * SPREAD);
            }
        };
        onMounted(() => {
            bus.addChannel(CHANNEL);
            bus.subscribe(CHANNEL, onChange);
        });
        onWillUnmount(() => {
            browser.clearTimeout(timer);
            bus.unsubscribe(CHANNEL, onChange);
            bus.deleteChannel(CHANNEL);
        });
        useExternalListener(window, "focus", () => {
            if (Date.now() - this.loadedAt > FRESH) {
                this.refresh();
            }
        });
    }

    // ---- which week ----

    getFirstPlace() {
        const { context = {}, params = {} } = this.props.action;
        if (params.day) {
            return { day: params.day, unit: params.unit_id || false, user: false };
        }
        return readPlace(context.active_id);
    }

    getKeptColumns() {
        const kept = browser.localStorage.getItem(COLUMNS_KEY);
        return ["none", "leaders", "units"].includes(kept) ? kept : "none";
    }

    async load() {
        const { place, columns, topic } = this.state;
        const data = await this.keepLast.add(
            this.orm.call(MODEL, "get_week", [], {
                day: place.day || false,
                unit_id: place.unit,
                user_id: place.user,
                columns,
                topic_id: topic,
            })
        );
        this.loadedAt = Date.now();
        this.state.fresh = new Set();
        this.state.data = markRaw(data);
    }

    /** A reading nobody asked for: what changed is marked; without a word where it fails. */
    async refresh() {
        const before = this.data;
        try {
            await this.load();
        } catch {
            return;
        }
        this.state.fresh = changedIds(before, this.data);
        const { can_approve, revision } = this.schedule;
        if (can_approve && isSameWeek(before, this.data) && before.schedule.revision !== revision) {
            this.notification.add(_t("The week has just changed: read it again before you approve it."), {
                type: "warning",
                sticky: true,
            });
        }
    }

    /** Reads the week anew after an action of one's own. */
    async reload() {
        try {
            await this.load();
        } catch {
            // the refusal of the action itself is what is shown
        }
    }

    tellAddress() {
        this.props.updateActionState({ active_id: writePlace(this.state.place) });
    }

    async goTo(place) {
        this.state.place = place;
        this.state.isOther = false;
        await this.load();
        this.tellAddress();
    }

    showToday() {
        const { el } = this.scrollRef;
        const today = this.data.entries.length && el.querySelector(".o_vanban_week_today");
        if (!this.ui.isSmall) {
            const heads = el.querySelector("thead").offsetHeight;
            el.scrollTop = today ? today.offsetTop - heads : 0;
        } else {
            (today || this.headRef.el).scrollIntoView({ block: "start" });
        }
    }

    shift(weeks) {
        return this.goTo(shiftPlace(this.state.place, weeks, this.data.today));
    }

    setWhose(whose) {
        return this.goTo({ day: this.state.place.day, unit: false, user: false, ...whose });
    }

    setColumns(columns) {
        browser.localStorage.setItem(COLUMNS_KEY, columns);
        this.state.columns = columns;
        return this.load();
    }

    setTopic(topic) {
        this.state.topic = topic;
        return this.load();
    }

    clearFilters() {
        this.state.words = "";
        return this.setTopic(false);
    }

    // ---- what is shown ----

    get data() {
        return this.state.data;
    }

    getWeek() {
        return buildWeek(this.data, this.state.words);
    }

    get title() {
        return weekTitle(this.data);
    }

    get schedule() {
        return this.data.schedule;
    }

    get isThisWeek() {
        return !this.state.place.day;
    }

    get isFiltered() {
        return Boolean(this.state.topic || this.state.words.trim());
    }

    get myId() {
        return user.userId;
    }

    get whose() {
        const { unit, user: person } = this.state.place;
        return person === user.userId ? "me" : person ? "person" : unit ? "unit" : "agency";
    }

    get unitLabel() {
        return this.data.unit_id ? this.data.name : _t("Unit");
    }

    /** The units of the agency, one's own first. */
    get unitChoices() {
        const { units } = this.state.choices;
        return [...units.filter((unit) => unit.is_mine), ...units.filter((unit) => !unit.is_mine)];
    }

    get topicLabel() {
        const topic = this.state.choices.topics.find((one) => one.id === this.state.topic);
        return topic?.name || _t("All fields");
    }

    get columnChoices() {
        return [
            { key: "none", label: _t("Table") },
            { key: "leaders", label: this.data.unit_id ? _t("By heads") : _t("By leaders") },
            { key: "units", label: _t("By units") },
        ].filter(({ key }) => key !== "units" || !this.data.unit_id);
    }

    get peopleDomain() {
        return [
            ["share", "=", false],
            ["company_ids", "in", [user.activeCompany.id]],
        ];
    }

    get hasPanel() {
        return this.schedule.can_arrange && this.schedule.proposal_count > 0;
    }

    /** Whether something may be entered: in a week to come, where one has a part in it. */
    get canAdd() {
        const { level, unit_id, user_id, date_to, today } = this.data;
        if (date_to < today) {
            return false;
        }
        return {
            agency: true,
            unit: this.state.choices.units.some((unit) => unit.id === unit_id && unit.is_mine),
            person: user_id === user.userId,
        }[level];
    }

    get addLabel() {
        return this.schedule && !this.schedule.can_arrange ? _t("Propose") : _t("Add");
    }

    absentWords({ time }) {
        return _t("Absent (%(time)s)", { time });
    }

    cellLabel(day, row) {
        return _t("%(add)s: %(session)s %(weekday)s %(day)s", {
            add: this.addLabel,
            session: row.label,
            weekday: day.weekday,
            day: day.label,
        });
    }

    /** Whose columns an entry would stand in, where there is no room for columns. */
    peopleOf(entry) {
        if (this.data.columns === "none") {
            return "";
        }
        return this.data.heads
            .filter((head) => entry.columns.includes(head.id))
            .map((head) => head.name)
            .join(", ");
    }

    get emptyWords() {
        const { level, schedule } = this.data;
        if (this.isFiltered) {
            return _t("Nothing in this week fits the filter.");
        }
        if (level === "person") {
            return _t("Nothing stands in this week.");
        }
        if (schedule.can_arrange) {
            return _t(
                "Nothing stands in this week yet. Press “Add”, or the + of a session; what others propose comes here by itself."
            );
        }
        if (schedule.state !== "published") {
            return _t(
                "This week is not published yet. Press “Propose” to say what is to stand in it."
            );
        }
        return _t("Nothing was entered for this week.");
    }

    // ---- entries ----

    async openEntry(resId, context = {}) {
        const action = await this.action.loadAction(ENTRIES);
        const plain = makeContext([action.context], user.context);
        for (const name of Object.keys(plain)) {
            if (name.startsWith("search_default_")) {
                delete plain[name];
            }
        }
        return this.action.doAction(
            {
                ...action,
                context: { ...plain, ...context },
                res_id: resId,
                view_mode: "form",
                views: action.views.filter(([, type]) => type === "form"),
            },
            { props: resId ? { resIds: this.data.entries.map((one) => one.id).filter(Boolean) } : {} }
        );
    }

    add(cell) {
        return this.openEntry(false, newEntryContext(this.data, cell));
    }

    async decide(entry, method, args) {
        try {
            await this.orm.call("calendar.event", method, [[entry.id], ...args]);
        } finally {
            await this.reload();
        }
    }

    printUrl(format) {
        return printUrl(this.data, format);
    }

    print(format) {
        return this.action.doAction({
            type: "ir.actions.act_url",
            url: this.printUrl(format),
            target: format === "pdf" ? "new" : "download",
        });
    }
}

registry.category("actions").add("vanban_week", VanbanWeek);
