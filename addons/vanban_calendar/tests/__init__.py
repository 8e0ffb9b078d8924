from . import test_schedule, test_week, test_week_client
