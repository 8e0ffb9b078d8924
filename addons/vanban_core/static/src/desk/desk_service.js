import { reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { debounce } from "@web/core/utils/timing";

/** Keeps what waits for the user, and its number in the title of the browser tab. */
export const deskService = {
    dependencies: ["bus_service", "orm", "title"],
    start(env, { bus_service, orm, title }) {
        const state = reactive({ data: null, bars: {}, loadedAt: 0 });

        async function load() {
            const data = await orm.silent.call("vanban.desk", "get_desk");
            for (const { method } of data.plots) {
                state.bars[method] = await orm.silent.call("vanban.desk", method);
            }
            state.data = data;
            state.loadedAt = Date.now();
            const waiting = data.queues.filter((queue) => queue.asks);
            title.setCounters({
                vanban_core: waiting.reduce((sum, queue) => sum + queue.count, 0),
            });
        }

        /** A refresh nobody asked for: without a word where it fails. */
        const refresh = debounce(() => load().catch(() => {}), 500);
        bus_service.subscribe("vanban_core/desk", refresh);
        return { state, load, refresh };
    },
};

registry.category("services").add("vanban_desk", deskService);
