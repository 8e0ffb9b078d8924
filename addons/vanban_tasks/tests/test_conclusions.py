import json
import unittest
from datetime import date
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..tools.agency_names import AgencyNames, normalise
from ..tools.conclusions import MAX_POINTS, parse
from ..tools.deadlines import find_deadline

ISSUED = date(2026, 11, 2)
NAMES = AgencyNames(
    [
        ("YT", "Sở Y tế tỉnh Mẫu", "SYT"),
        ("TC", "Sở Tài chính tỉnh Mẫu", "STC"),
        ("NN", "Sở Nông nghiệp và Môi trường tỉnh Mẫu", "SNNMT"),
        ("VH", "Sở Văn hóa, Thể thao và Du lịch", None),
        ("GD", "Sở Giáo dục và Đào tạo", None),
        ("CA", "Công an tỉnh Mẫu", None),
        ("SN", "Ủy ban nhân dân xã Suối Ngàn", "UBND"),
        ("BC", "Ủy ban nhân dân phường Bến Cau", "UBND"),
        ("ME", "Ủy ban nhân dân tỉnh Mẫu", "UBND"),
    ]
)
DEADLINES = {
    # wording: (day, working days, sure)
    "hoàn thành trước ngày 15/12/2026": (date(2026, 12, 15), 0, True),
    "hoàn thành trong tháng 12/2026": (date(2026, 12, 31), 0, True),
    "xong trong tháng 02 năm 2027": (date(2027, 2, 28), 0, True),
    "hoàn thành trước tháng 12/2026": (date(2026, 11, 30), 0, True),
    "chậm nhất ngày 20 tháng 11 năm 2026": (date(2026, 11, 20), 0, True),
    "muộn nhất là ngày 20-11-2026": (date(2026, 11, 20), 0, True),
    "đến hết ngày 31 tháng 12 năm 2026": (date(2026, 12, 31), 0, True),
    "thời hạn: trước ngày 20/11/2026": (date(2026, 11, 20), 0, True),
    "trình trong quý I/2027": (date(2027, 3, 31), 0, True),
    "hoàn thành trong quý IV năm 2026": (date(2026, 12, 31), 0, True),
    "trong vòng 10 ngày làm việc kể từ ngày ký": (None, 10, True),
    # an hour, a year or a first day that is not told: somebody looks again
    "trước 17 giờ ngày 20/11/2026": (date(2026, 11, 20), 0, False),
    "trước 17h00 ngày 20/11/2026": (date(2026, 11, 20), 0, False),
    "trước ngày 05/01": (date(2027, 1, 5), 0, False),
    "trong 10 ngày làm việc": (None, 10, False),
    "trong thời hạn 15 ngày": (date(2026, 11, 17), 0, False),
    "hoàn thành trong năm 2026": (date(2026, 12, 31), 0, False),
    "góp ý trước 10/11/2026, xong trước 15/12/2026": (date(2026, 12, 15), 0, False),
    # no deadline, or none that exists
    "trước ngày 31/02/2027": (None, 0, False),
    "trong tháng 13/2026": (None, 0, False),
    "trước ngày 20 hằng tháng": (None, 0, False),
    "đã xong trước ngày 01/7/2022": (None, 0, False),
    "theo Quyết định số 5 ngày 01/12/2026": (None, 0, False),
    "trong 06 tháng đầu năm": (None, 0, False),
    "khẩn trương, kịp thời": (None, 0, False),
}
POINTS = {
    # words of a point: (lead, coordinators, doubts)
    "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính, UBND xã Suối Ngàn rà soát trạm y"
    " tế, hoàn thành trước ngày 15/12/2026.": ("YT", ("TC", "SN"), set()),
    "Yêu cầu Giám đốc Sở TC chủ trì, phối hợp Công an tỉnh kiểm tra, báo cáo UBND tỉnh"
    " trong tháng 12/2026.": ("TC", ("CA",), set()),
    "Giao Sở NN&MT chủ trì lập kế hoạch trồng cây, chậm nhất ngày 20/11/2026.": (
        *("NN", ()),
        set(),
    ),
    "Sở VHTTDL phối hợp với Sở GD&ĐT tổ chức hội thi trong quý I/2027.": (
        *("VH", ("GD",)),
        set(),
    ),
    "Đề nghị Công an tỉnh tăng cường tuần tra đến hết ngày 31/12/2026.": (
        *("CA", ()),
        set(),
    ),
    "Chủ tịch UBND phường Bến Cau chủ trì, phối hợp với Sở Y tế và các đơn vị liên quan"
    " khơi thông cống trước ngày 30/11/2026.": ("BC", ("YT",), set()),
    "Giao UY BAN NHAN DAN XA SUOI NGAN báo cáo trước ngày 30/11/2026.": (
        *("SN", ()),
        set(),
    ),
    # who is asked for advice, or told, does not coordinate
    "Giao Sở Y tế tham mưu văn bản gửi Sở Tài chính thẩm định trước ngày 30/11/2026.": (
        *("YT", ()),
        set(),
    ),
    "Giao Sở Y tế chủ trì, phối hợp với Công an tỉnh xây dựng dự toán gửi Sở Tài chính"
    " trước ngày 30/11/2026.": ("YT", ("CA",), set()),
    # nobody, a stranger, several, the giver: marked, and nobody guessed
    "Giao Viện Lạ chủ trì, phối hợp với Sở Y tế rà soát trước ngày 30/11/2026.": (
        *(None, ("YT",)),
        {"lead"},
    ),
    "Giao Sở Y tế, Sở Tài chính rà soát trước ngày 30/11/2026.": (
        *("YT", ("TC",)),
        {"lead", "coordinators"},
    ),
    "Giao Sở Y tế chủ trì, phối hợp với Sở Lạ, Sở Tài chính làm trước 30/11/2026.": (
        *("YT", ("TC",)),
        {"coordinators"},
    ),
    "Giao Sở Y tế chủ trì, phối hợp với UBND các xã, phường làm trước 30/11/2026.": (
        *("YT", ()),
        {"coordinators"},
    ),
    "Yêu cầu các sở, ngành chấn chỉnh kỷ luật trước ngày 30/11/2026.": (
        *(None, ()),
        {"lead"},
    ),
    "Giao Ủy ban nhân dân tỉnh Mẫu làm trước ngày 30/11/2026.": (
        *(None, ()),
        {"lead"},
    ),
    "Giao Sở Y tế khẩn trương báo cáo.": ("YT", (), {"deadline"}),
    "Giao Sở Y tế báo cáo trước 16 giờ ngày 30/11/2026.": ("YT", (), {"deadline"}),
    "Yêu cầu khẩn trương khắc phục ngay.": (None, (), {"lead", "deadline"}),
}
PAPER = """
                 ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                   TỈNH MẪU
     Tại cuộc họp có Sở Y tế, Sở Tài chính dự, Chủ tịch kết luận như sau:
     I. Đánh giá chung
     1. Sau ba tháng, nhiều việc còn chậm so với kế
hoạch đề ra, nhất là trong tháng
12. Nguyên nhân là thiếu vốn.
     II. Nhiệm vụ
     2. Về trạm y tế: giao Sở Y tế chủ trì, phối hợp với Sở
Tài chính lập danh mục, hoàn thành trước ngày
15/12/2026. Giao Công an tỉnh giữ gìn trật tự trong tháng 11/2026.

                                           2

     3. Sở Nông nghiệp và Môi trường có trách nhiệm:
     a) Lập kế hoạch trồng cây, xong trước ngày 20/11/2026;
     b) Phối hợp với UBND xã Suối Ngàn đo đạc;
     c) Sở Giáo dục và Đào tạo vận động học sinh.
     4. Các đơn vị tham gia đầy đủ.
     - Giao Sở Lạ báo cáo./.
Nơi nhận:                                      KT. CHỦ TỊCH
- Sở Y tế;
- Sở Tài chính.
"""


@tagged("post_install", "-at_install")
class TestConclusions(BaseCase):
    """Points, agencies and deadlines of a notice of conclusions."""

    def _parse(self, text, names=NAMES):
        return parse(text, names, ISSUED, "ME")

    def test_deadlines_are_read_as_papers_word_them(self):
        for text, told in DEADLINES.items():
            with self.subTest(text):
                found = find_deadline(text, ISSUED)
                self.assertEqual((found.day, found.working_days, found.sure), told)

    def test_words_of_the_deadline_are_kept(self):
        found = find_deadline("Báo cáo TRƯỚC 17 giờ  ngày 20/11/2026 nhé", ISSUED)
        self.assertEqual(found.text, "TRƯỚC 17 giờ ngày 20/11/2026")

    def test_agencies_are_found_by_role(self):
        """DT-3.1a: what is not clear is marked, never silently wrong."""
        for text, (lead, coordinators, doubts) in POINTS.items():
            with self.subTest(text):
                (point,) = self._parse(f"1. {text}")
                self.assertEqual(point.lead, lead)
                self.assertEqual(point.coordinators, coordinators)
                self.assertEqual(point.doubts, doubts)

    def test_paper_is_divided_into_its_points(self):
        points = self._parse(PAPER)
        self.assertEqual(
            [(point.number, point.lead) for point in points],
            [
                *[("2", "YT"), ("2", "CA")],
                *[("3a", "NN"), ("3b", "NN"), ("3c", "GD"), ("4-1", None)],
            ],
        )
        self.assertEqual(points[0].coordinators, ("TC",))
        self.assertEqual(points[0].deadline.day, date(2026, 12, 15))
        self.assertTrue(points[0].content.startswith("Về trạm y tế: giao Sở Y tế"))
        self.assertEqual(points[1].deadline.day, date(2026, 11, 30))
        self.assertEqual(points[2].doubts, set())
        self.assertEqual(points[3].coordinators, ("SN",))
        self.assertEqual(points[3].doubts, {"deadline"})
        self.assertEqual(points[5].content, "Giao Sở Lạ báo cáo")

    def test_what_gives_nothing_is_no_point(self):
        for text in (
            "",
            "\f\n",
            "1. Ghi nhận kết quả đạt được.",
            "Nơi nhận:\n- Sở Y tế",
        ):
            self.assertEqual(self._parse(text), [])
        self.assertEqual(self._parse("1. Ngành giao thông phát triển tốt."), [])

    def test_same_name_of_two_agencies_is_nobodys(self):
        names = AgencyNames([(1, "Sở Y tế", None), (2, "SỞ Y TẾ", None)])
        self.assertEqual(names.get_keys("so y te"), {1, 2})
        (point,) = self._parse("1. Giao Sở Y tế báo cáo trước 30/11/2026", names)
        self.assertIsNone(point.lead)
        self.assertIn("lead", point.doubts)

    def test_nobody_known_still_gives_points(self):
        (point,) = self._parse("1. Giao Sở Y tế báo cáo", AgencyNames([]))
        self.assertEqual((point.lead, point.doubts), (None, {"lead", "deadline"}))

    def test_very_long_paper_ends(self):
        text = "\n".join(f"- Giao Sở Y tế làm việc {n}" for n in range(1000))
        self.assertEqual(len(self._parse(text)), MAX_POINTS)

    def test_names_are_normalised(self):
        told = {
            "UBND  xã Suối-Ngàn": "uy ban nhan dan xa suoi ngan",
            "Sở TN & MT": "so tnmt",
            "Sở GD và ĐT": "so gddt",
            "Bưu chính & Viễn thông": "buu chinh va vien thong",
        }
        for text, words in told.items():
            self.assertEqual(normalise(text), words)

    def test_real_papers_are_read(self):
        """Never a crash, and points in the conclusions that give something."""
        folder = Path(__file__).parents[3].parent / "shared" / "corpus"
        labels = folder / "labels.jsonl"
        if not labels.exists():
            raise unittest.SkipTest("the corpus of real papers is not here")
        found = {}
        for line in labels.read_text(encoding="utf-8").splitlines():
            paper = json.loads(line)
            text = (folder / "texts" / f"{paper['id']}.txt").read_text(encoding="utf-8")
            issued = paper["date"] and date.fromisoformat(paper["date"])
            points = parse(text, NAMES, issued, "ME")
            if "kết luận" in (paper["subject"] or "").lower():
                found[paper["id"]] = len(points)
            for point in points:
                self.assertTrue(point.content)
                self.assertTrue(point.lead or "lead" in point.doubts)
                day = point.deadline.day or point.deadline.working_days
                self.assertTrue(day or "deadline" in point.doubts)
        self.assertTrue(found)
        self.assertGreater(min(found.values()), 0, found)
