from . import (
    test_call,
    test_clash,
    test_cycle,
    test_feed,
    test_feed_http,
    test_invitation_document,
    test_message,
    test_print,
    test_print_http,
    test_schedule,
    test_security_matrix,
)
