"""States and choices of tasks: data only.

Labels are in English here and in Vietnamese in ``i18n/vi.po``.
"""

# 128/QĐ-UBND (Đồng Tháp 2026) Điều 3.1; the last: 935/QĐ-UBND (Bỉm Sơn) Điều 7.3
SOURCES = [
    ("letter", "Official letter that passes on a direction"),
    ("conclusion", "Notice of conclusions of a meeting"),
    ("directive", "Other directing document"),
    ("opinion", "Request for opinions"),
    ("direct", "Given directly inside the agency"),
]
PRIORITIES = [("0", "Ordinary"), ("1", "Important"), ("2", "Urgent")]
ROLES = [("lead", "In the lead"), ("coordinate", "Coordinating")]

# What the facts alone say; “open” is in time or late by the clock.
PHASES = [
    ("draft", "Not given yet"),
    ("open", "In progress"),
    ("waiting", "Waiting for confirmation"),
    ("done", "Done in time"),
    ("done_late", "Done late"),
    ("withdrawn", "Withdrawn"),
]
# 128/QĐ-UBND Điều 5, and what comes before and beside it
STATES = [
    ("draft", "Not given yet"),
    ("doing", "In progress, in time"),
    ("doing_late", "In progress, overdue"),
    ("waiting", "Waiting for confirmation"),
    ("done", "Done in time"),
    ("done_late", "Done late"),
    ("withdrawn", "Withdrawn"),
]
# given and neither confirmed nor withdrawn
RUNNING_PHASES = ("open", "waiting")
DONE_PHASES = ("done", "done_late")

REPORT_KINDS = [("result", "Result"), ("feedback", "Feedback")]
DECISIONS = [("approved", "Satisfactory"), ("refused", "Not satisfactory")]
EXTENSION_STATES = [
    ("requested", "Requested"),
    ("accepted", "Granted"),
    ("refused", "Refused"),
]
FILE_ROLES = [("signed", "Signed original"), ("other", "Other paper")]
