"""States and choices of schedules: data only.

Labels are in English here and in Vietnamese in ``i18n/vi.po``.
"""

LEVELS = [("person", "Person"), ("unit", "Unit"), ("agency", "Agency")]

# where an entry stands in the schedule of an agency or a unit
ENTRY_STATES = [
    ("proposed", "Proposed"),
    ("accepted", "In the schedule"),
    ("refused", "Not taken"),
    ("cancelled", "Cancelled"),
]
ENTRY_TRANSITIONS = {
    "proposed": {"accepted", "refused"},
    "accepted": {"cancelled", "refused"},
    "refused": {"proposed", "accepted"},
    "cancelled": {"accepted"},
}

# a week: collected and arranged, put before the leader, approved, published
SCHEDULE_STATES = [
    ("draft", "Being arranged"),
    ("submitted", "Awaiting approval"),
    ("approved", "Approved"),
    ("published", "Published"),
]
SCHEDULE_TRANSITIONS = {
    "draft": {"submitted", "published"},
    "submitted": {"approved", "draft"},
    "approved": {"published", "draft"},
    "published": set(),
}

SESSIONS = [
    ("morning", "Morning"),
    ("afternoon", "Afternoon"),
    ("evening", "Evening"),
    ("day", "All day"),
]
# first hour of the session that follows, where the agency is
AFTERNOON, EVENING = 12, 18

# how an entry differs from the week as it was published
MARKS = [("added", "Added"), ("changed", "Changed"), ("cancelled", "Cancelled")]

FACILITIES = [("room", "Room"), ("vehicle", "Vehicle")]

REPLIES = [
    ("invited", "Not answered"),
    ("accepted", "Takes part"),
    ("substitute", "Sends somebody else"),
    ("declined", "Declined"),
]
ATTENDANCES = [("attended", "Attended"), ("absent", "Absent")]

# whom a person lets see an entry of one's own
SHOWN_TO = [("all", "Everyone in the agency"), ("me", "Only me and those taking part")]
