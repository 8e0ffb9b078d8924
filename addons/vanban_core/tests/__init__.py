from . import (
    test_access,
    test_demo_builder,
    test_files,
    test_flow,
    test_leaks,
    test_passwords,
    test_register,
    test_text,
)
