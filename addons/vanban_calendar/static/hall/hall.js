/**
 * The screen of the hall: a clock, the page read anew each minute without a flash, and
 * long lists shown part by part. When the server is away the last picture stays.
 */
(() => {
    const MINUTE = 60 * 1000;
    const PART = 12 * 1000;
    const ZONE = "Asia/Ho_Chi_Minh";

    /** How far the clock of the screen is behind that of the server. */
    let behind = 0;
    let readAt = "";

    function hours(moment) {
        return moment.toLocaleTimeString("vi-VN", {
            hour: "2-digit",
            minute: "2-digit",
            hour12: false,
            timeZone: ZONE,
        });
    }

    function tick() {
        document.getElementById("clock").textContent = hours(new Date(Date.now() + behind));
    }

    /** Remembers what time it is for the server that sent the page. */
    function setClock(page) {
        const now = new Date(`${page.getElementById("clock").dataset.now.slice(0, 19)}Z`);
        behind = now - Date.now();
        readAt = hours(now);
        tick();
    }

    function setAway(isAway) {
        const note = document.getElementById("away");
        note.textContent = note.dataset.words.replace("{time}", readAt);
        note.hidden = !isAway;
    }

    function replace(page) {
        for (const name of ["header", "main", "footer"]) {
            const [old, fresh] = [document, page].map((one) => one.querySelector(name));
            if (old && fresh) {
                old.replaceWith(fresh);
            } else if (fresh) {
                document.body.append(fresh);
            } else {
                old?.remove();
            }
        }
    }

    function scripts(page) {
        return [...page.scripts].map((script) => script.getAttribute("src")).join();
    }

    async function refresh() {
        let answer;
        try {
            answer = await fetch(location.href, { cache: "no-store" });
        } catch {
            return setAway(true);
        }
        if (answer.status === 404) {
            // the address was taken back: nothing is shown any more
            return document.body.replaceChildren();
        }
        if (!answer.ok) {
            return setAway(true);
        }
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (!page.getElementById("clock")) {
            return setAway(true);
        }
        if (scripts(page) !== scripts(document)) {
            return location.reload(); // a new version was installed
        }
        const lists = () => [...document.querySelectorAll("ul")];
        const places = lists().map((list) => list.scrollTop);
        replace(page);
        lists().forEach((list, index) => (list.scrollTop = places[index] || 0));
        setClock(document);
        setAway(false);
    }

    /** Goes to the next part of each list that does not fit. */
    function turn() {
        for (const list of document.querySelectorAll("ul")) {
            const seen = list.scrollTop + list.clientHeight;
            const hidden = [...list.children].find(
                (item) => item.offsetTop - list.offsetTop + item.offsetHeight > seen + 1
            );
            const top = hidden ? hidden.offsetTop - list.offsetTop : 0;
            // what is taller than the screen is not stood still at
            list.scrollTop = hidden && top <= list.scrollTop ? seen : top;
        }
    }

    document.addEventListener("DOMContentLoaded", () => {
        setClock(document);
        setInterval(tick, 1000);
        setInterval(refresh, MINUTE);
        setInterval(turn, PART);
    });
})();
