import { Component, onWillUnmount, useState } from "@odoo/owl";
import { findPapers } from "./task_papers";

/** The papers of a task beside its form, one at a time. */
export class TaskPaper extends Component {
    static template = "vanban_tasks.TaskPaper";
    static props = { record: Object };

    setup() {
        this.state = useState({ key: "" });
        this.urls = new Map();
        onWillUnmount(() => this.urls.forEach((url) => URL.revokeObjectURL(url)));
    }

    get papers() {
        return findPapers(this.props.record.data);
    }

    get current() {
        return this.papers.find(({ key }) => key === this.state.key) || this.papers[0];
    }

    get source() {
        const { key, file, content } = this.current;
        if (!content) {
            return file.defaultSource;
        }
        if (!this.urls.has(key)) {
            const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
            const blob = new Blob([bytes], { type: file.mimetype });
            this.urls.set(key, URL.createObjectURL(blob));
        }
        const url = this.urls.get(key);
        return file.isPdf
            ? `/web/static/lib/pdfjs/web/viewer.html?file=${encodeURIComponent(url)}#pagemode=none`
            : url;
    }
}
