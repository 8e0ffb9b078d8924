from . import test_feed, test_feed_http, test_print, test_print_http, test_schedule
