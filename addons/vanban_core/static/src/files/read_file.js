/**
 * Reads a file in the browser.
 *
 * @param {File} file
 * @returns {Promise<string>} its bytes in base64
 */
export function readFile(file) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.split(",")[1] || "");
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(file);
    });
}

/**
 * Sends files to a document, one after the other, and goes on after a refused one.
 *
 * @param {Object} orm
 * @param {number} documentId
 * @param {File[]} files
 * @param {string} role a key of `const.FILE_ROLES`
 * @returns {Promise<string[]>} why files were refused, a sentence each
 */
export async function sendFiles(orm, documentId, files, role) {
    const refusals = [];
    for (const file of files) {
        try {
            const content = await readFile(file);
            await orm.create("vanban.document.file", [
                { document_id: documentId, name: file.name, content, role },
            ]);
        } catch (error) {
            refusals.push(error.data?.message || `${file.name}: ${error.message}`);
        }
    }
    return refusals;
}
