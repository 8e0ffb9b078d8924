from . import (
    test_call,
    test_clash,
    test_cycle,
    test_message,
    test_schedule,
    test_security_matrix,
)
