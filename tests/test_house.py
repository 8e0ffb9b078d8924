"""Budgets of size, and files that must be well-formed."""

import ast
import re
from pathlib import Path
from unicodedata import is_normalized
from xml.etree import ElementTree

import pytest

TREE = Path(__file__).resolve().parents[1]
ADDONS = TREE / "addons"
MODEL_LINES, VIEW_LINES, TEST_LINES = 400, 250, 500
CLASS_METHODS, METHOD_LINES = 25, 40
MODEL_FOLDERS = {"models", "wizards", "controllers", "report", "tools"}


def _files(pattern: str, folder: Path = ADDONS) -> list[Path]:
    return [p for p in sorted(folder.rglob(pattern)) if "node_modules" not in p.parts]


def _name(path: Path) -> str:
    return str(path.relative_to(TREE))


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _is_test(path: Path) -> bool:
    return "tests" in path.relative_to(TREE).parts


def _too_long(paths, budget: int) -> dict[str, int]:
    return {_name(path): _lines(path) for path in paths if _lines(path) > budget}


def _functions(node):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [child for child in ast.walk(node) if isinstance(child, kinds)]


def test_model_files_are_short():
    paths = [
        p
        for p in _files("*.py")
        if MODEL_FOLDERS.intersection(p.parts) and not _is_test(p)
    ]
    assert not _too_long(paths, MODEL_LINES)


def test_test_files_are_short():
    paths = [
        p for p in [*_files("*.py"), *_files("*.py", TREE / "tests")] if _is_test(p)
    ]
    assert not _too_long(paths, TEST_LINES)


def test_view_files_are_short():
    paths = [p for p in _files("*.xml") if {"views", "wizards"}.intersection(p.parts)]
    assert not _too_long(paths, VIEW_LINES)


def test_classes_and_methods_are_small():
    found = []
    for path in _files("*.py"):
        if _is_test(path):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        for function in _functions(tree):
            length = function.end_lineno - function.lineno + 1
            if length > METHOD_LINES:
                found.append(f"{_name(path)}: {function.name} has {length} lines")
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                count = sum(isinstance(child, ast.FunctionDef) for child in node.body)
                if count > CLASS_METHODS:
                    found.append(f"{_name(path)}: {node.name} has {count} methods")
    assert not found


@pytest.mark.parametrize("path", _files("*.xml") + _files("*.svg"), ids=_name)
def test_xml_is_well_formed(path):
    ElementTree.parse(path)


def test_every_test_file_is_imported():
    """Odoo's own test runner sees only what tests/__init__.py imports."""
    lost = []
    for path in ADDONS.glob("*/tests/test_*.py"):
        imports = (path.parent / "__init__.py").read_text(encoding="utf-8")
        if path.stem not in imports.replace(",", " ").split():
            lost.append(_name(path))
    assert not lost


def _texts() -> list[Path]:
    kinds = {
        ".py",
        ".xml",
        ".csv",
        ".js",
        ".scss",
        ".md",
        ".po",
        ".pot",
        ".toml",
        ".in",
    }
    folders = [
        TREE / name for name in ("addons", "config", "docs", "tests", "benchmarks")
    ]
    return [p for folder in folders for p in _files("*", folder) if p.suffix in kinds]


def test_texts_end_with_one_newline_and_lines_without_spaces():
    wrong = re.compile(r"[ \t\r]$|\n\n\Z|[^\n]\Z", re.MULTILINE)
    found = [_name(p) for p in _texts() if wrong.search(p.read_bytes().decode())]
    assert not found


def test_texts_are_in_unicode_nfc():
    """Vietnamese letters are stored composed (TCVN 6909), in our own files too."""
    found = [
        _name(p) for p in _texts() if not is_normalized("NFC", p.read_text("utf-8"))
    ]
    assert not found


def test_no_conflict_or_debugger_is_left():
    marks = ("<" * 7 + " ", ">" * 7 + " ", "breakpoint" + "()", "pdb.set_" + "trace")
    found = [
        _name(p) for p in _texts() if any(m in p.read_text("utf-8") for m in marks)
    ]
    assert not found
