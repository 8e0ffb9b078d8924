"""Bring vi.po of each module in step with its template: usage merge_po.py MODULE ..."""

import sys
from pathlib import Path

import polib

ADDONS = Path(__file__).resolve().parents[1] / "addons"


def merge(module: str) -> int:
    """Merge the template; return how many texts have no translation."""
    folder = ADDONS / module / "i18n"
    template = polib.pofile(str(folder / f"{module}.pot"), wrapwidth=78)
    path = folder / "vi.po"
    texts = polib.pofile(str(path), wrapwidth=78) if path.exists() else polib.POFile()
    texts.wrapwidth = 78
    texts.metadata = texts.metadata or template.metadata | {"Language": "vi"}
    texts.merge(template)
    gone = texts.obsolete_entries()
    for entry in gone:
        texts.remove(entry)
    for entry in texts:
        if entry.msgstr == entry.msgid:
            entry.msgstr = ""  # says the same, as the linter of translations wants it
    texts.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    texts.save(str(path))
    missing = len(texts.untranslated_entries()) + len(texts.fuzzy_entries())
    sys.stdout.write(
        f"  {module}: {len(texts)} texts, {missing} to translate, {len(gone)} dropped\n"
    )
    return missing


if __name__ == "__main__":
    for name in sys.argv[1:]:
        merge(name)
