from . import test_hall, test_schedule, test_week, test_week_client, test_week_live
