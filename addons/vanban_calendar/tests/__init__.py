from . import (
    test_call,
    test_clash,
    test_cycle,
    test_feed,
    test_message,
    test_print,
    test_schedule,
    test_security_matrix,
)
