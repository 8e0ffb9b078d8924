from . import test_schedule, test_week
