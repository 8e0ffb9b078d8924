import { FileModel } from "@web/core/file_viewer/file_model";

const MIMETYPES = {
    pdf: "application/pdf",
    png: "image/png",
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
};

/** Returns a file as the viewer of files wants it. */
export function makeFile(id, name) {
    const extension = (name.split(".").pop() || "").toLowerCase();
    const mimetype = MIMETYPES[extension] || "application/octet-stream";
    return Object.assign(new FileModel(), { id, name, extension, mimetype, type: "binary" });
}

/**
 * Returns what can be read beside a form of a task: the assigning document first, then
 * what was reported; before these the result that the user is asked to judge.
 *
 * @param {Object} data of a record of `vanban.task` or `vanban.task.assignment`
 * @returns {{ key: any, file: FileModel, content?: string, about?: string }[]}
 */
export function findPapers(data) {
    const papers = filesOf(data.source_file_ids);
    if (data.paper_id) {
        const { id, display_name: name } = data.paper_id;
        papers.unshift({ key: `a${id}`, file: makeFile(id, name) });
    }
    for (const { data: report } of data.report_ids?.records || []) {
        const answers = filesOf(report.file_ids, report.symbol);
        const first = data.can_review && report.kind === "result" && !report.decision;
        papers[first ? "unshift" : "push"](...answers);
    }
    return papers.filter(({ file }) => file.isViewable);
}

function filesOf(list, about = "") {
    return (list?.records || []).map(({ id: key, data }) => ({
        key,
        about,
        file: makeFile(data.attachment_id?.id, data.name),
        // of a file that is not sent yet; else this is its size
        content: !data.attachment_id && data.content,
    }));
}
