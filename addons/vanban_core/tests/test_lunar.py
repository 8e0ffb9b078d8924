from datetime import date
from itertools import pairwise

from odoo.tests import BaseCase, tagged

from odoo.addons.vanban_core.tools.lunar import to_solar

# year: (1/1, 10/3), month and day
FACTS = {
    2018: ("02-16", "04-25"),
    2019: ("02-05", "04-14"),
    2020: ("01-25", "04-02"),
    2021: ("02-12", "04-21"),
    2022: ("02-01", "04-10"),
    2023: ("01-22", "04-29"),
    2024: ("02-10", "04-18"),
    2025: ("01-29", "04-07"),
    2026: ("02-17", "04-26"),
    2027: ("02-06", "04-16"),
    2028: ("01-26", "04-04"),
    2029: ("02-13", "04-23"),
    2030: ("02-02", "04-12"),
    2031: ("01-23", "04-01"),
    2032: ("02-11", "04-19"),
    2033: ("01-31", "04-09"),
    2034: ("02-19", "04-28"),
    2035: ("02-08", "04-17"),
}


@tagged("post_install", "-at_install")
class TestLunar(BaseCase):
    def test_tet_and_gio_to_fall_where_the_calendar_has_them(self):
        for year, days in FACTS.items():
            with self.subTest(year):
                found = to_solar(year, 1, 1), to_solar(year, 3, 10)
                self.assertEqual(found, tuple(_day(year, day) for day in days))

    def test_years_in_which_viet_nam_and_china_differ_are_those_of_viet_nam(self):
        self.assertEqual(to_solar(1985, 1, 1), date(1985, 1, 21))
        self.assertEqual(to_solar(2007, 1, 1), date(2007, 2, 17))
        self.assertEqual(to_solar(2030, 1, 1), date(2030, 2, 2))

    def test_a_leap_month_is_passed_over(self):
        """2025 had a leap sixth month, 2023 a leap second, 2033 a leap eleventh."""
        self.assertEqual((to_solar(2025, 7, 1) - to_solar(2025, 6, 1)).days, 59)
        self.assertEqual((to_solar(2023, 3, 1) - to_solar(2023, 2, 1)).days, 59)
        self.assertEqual((to_solar(2034, 1, 1) - to_solar(2033, 11, 1)).days, 89)

    def test_months_of_a_year_follow_each_other(self):
        for year in range(1950, 2150):
            starts = [to_solar(year, month, 1) for month in range(1, 13)]
            starts.append(to_solar(year + 1, 1, 1))
            gaps = {(after - before).days for before, after in pairwise(starts)}
            with self.subTest(year):
                # two months where the first is followed by a leap one
                self.assertLessEqual(gaps, {29, 30, 58, 59, 60})


def _day(year, text):
    return date.fromisoformat(f"{year}-{text}")
