from . import (
    test_failures,
    test_no_gateway,
    test_phone_and_text,
    test_screens,
    test_security_matrix,
    test_sending,
    test_settings,
    test_translations,
)
