from . import (
    test_attendance,
    test_checklist,
    test_client,
    test_desk_calendar,
    test_entry,
    test_entry_doors,
    test_schedule,
    test_security_matrix,
)
