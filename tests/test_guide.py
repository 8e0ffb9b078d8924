"""The user guide tells what is true: its pictures are there, its counts are tested."""

import re
from pathlib import Path

import test_end_to_end

GUIDE = Path(__file__).parents[1] / "docs" / "huong-dan-su-dung.md"
COUNTED = {
    "Vào sổ một văn bản đến": test_end_to_end.REGISTER,
    "Cho ý kiến, phân công": test_end_to_end.DIRECT,
    "Duyệt, ký": test_end_to_end.APPROVE,
    "Cấp số và phát hành": test_end_to_end.ISSUE,
}


def test_clicks_and_keys_of_the_guide_are_those_that_are_counted():
    # the counts of tasks are read where they are counted, test_tasks_in_browser.py
    _rest, text = GUIDE.read_text(encoding="utf-8").split("## Số lần bấm")
    rows = re.findall(r"^\| (.+?) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    told = {name: (int(clicks), int(keys)) for name, clicks, keys in rows}
    assert told == COUNTED


def test_every_picture_of_the_guide_is_there():
    text = GUIDE.read_text(encoding="utf-8")
    shown = set(re.findall(r"\]\(images/([\w.-]+)\)", text))
    there = {path.name for path in (GUIDE.parent / "images").iterdir()}
    assert not shown - there
