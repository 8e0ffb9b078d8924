"""States, transitions and choices of the domain: data only.

Labels are in English here and in Vietnamese in ``i18n/vi.po``.
"""

from typing import NamedTuple

DIRECTIONS = [("incoming", "Incoming"), ("outgoing", "Outgoing")]

# NĐ 30/2020 Điều 4.2c
URGENCIES = [
    ("normal", "Normal"),
    ("urgent", "Urgent"),
    ("very_urgent", "Very urgent"),
    ("express", "Express"),
]
# Luật 117/2025/QH15: three levels of state secret
SECRECIES = [
    ("normal", "Not secret"),
    ("confidential", "Confidential"),
    ("secret", "Secret"),
    ("top_secret", "Top secret"),
]
CHANNELS = [
    ("paper", "Paper, by post"),
    ("direct", "Paper, by hand"),
    ("network", "Electronic exchange"),
    ("email", "E-mail"),
    ("fax", "Fax"),
]

STATES = [
    ("received", "Received"),
    ("registered", "Registered"),
    ("processing", "In progress"),
    ("waiting", "Waiting"),
    ("done", "Done"),
    ("returned", "Returned to sender"),
    ("draft", "Draft"),
    ("review", "Under review"),
    ("approved", "Approved"),
    ("issued", "Issued"),
    ("cancelled", "Cancelled"),
    ("recalled", "Recalled"),
]
TRANSITIONS = {
    "received": {"registered", "returned"},
    "registered": {"processing", "done"},
    "processing": {"waiting", "done"},
    "waiting": {"processing", "done"},
    "done": set(),
    "returned": set(),
    "draft": {"review", "cancelled"},
    "review": {"draft", "approved", "cancelled"},
    "approved": {"issued", "draft"},
    "issued": {"recalled"},
    "cancelled": set(),
    "recalled": set(),
}
FIRST_STATE = {"incoming": "received", "outgoing": "draft"}
# A draft belongs to those on its way and to nobody else.
DRAFT_STATES = ("draft", "review", "cancelled")
# What an agency may open to all of its people: in a register, and not a draft.
OPEN_STATES = ("registered", "processing", "waiting", "done", "issued", "recalled")
# The clock runs; while waiting it does not.
RUNNING_STATES = ("registered", "processing")
TO_HANDLE_STATES = ("registered", "processing", "waiting")

OUTCOMES = [
    ("answered", "Answered by a document"),
    ("no_handling", "No handling needed"),
    ("note", "Handled, see note"),
    ("case_closed", "Case file closed"),
]

SIGNING_FORMS = [
    ("head", "Head of the agency"),
    ("tm", "TM. (on behalf of the collective)"),
    ("kt", "KT. (for the head, by a deputy)"),
    ("q", "Q. (acting head)"),
    ("tl", "TL. (by order)"),
    ("tuq", "TUQ. (by authorisation)"),
]

FILE_ROLES = [
    ("scan", "Document received"),
    ("draft", "Draft"),
    ("submission", "Submission note"),
    ("signed", "Signed original"),
    ("appendix", "Appendix"),
    ("other", "Other paper"),
]
FILE_TYPES = {
    ".pdf": ("application/pdf",),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/zip",
    ),
    ".xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/zip",
    ),
    ".jpg": ("image/jpeg",),
    ".jpeg": ("image/jpeg",),
    ".png": ("image/png",),
    ".tif": ("image/tiff",),
    ".tiff": ("image/tiff",),
    ".zip": ("application/zip",),
}

ROUTING_ROLES = [
    ("direct", "To give directions"),
    ("lead", "In the lead"),
    ("coordinate", "Coordinating"),
    ("inform", "For information"),
]
ROUTING_STATES = [
    ("waiting", "Waiting"),
    ("passed", "Passed on"),
    ("done", "Done"),
    ("withdrawn", "Withdrawn"),
]
REVIEW_KINDS = [("opinion", "Opinion"), ("approve", "Approval"), ("sign", "Signature")]
REVIEW_STATES = [
    ("planned", "Planned"),
    ("waiting", "Waiting"),
    ("agreed", "Agreed"),
    ("sent_back", "Sent back"),
    ("forwarded", "Forwarded"),
    ("dropped", "Dropped"),
]
DELIVERY_STATES = [("pending", "To send"), ("sent", "Sent"), ("received", "Received")]
RECIPIENT_KINDS = [
    ("to", "Addressee"),
    ("cc", "Place of receipt"),
    ("inform", "For information"),
]

RETENTIONS = [
    ("permanent", "Permanent"),
    ("70", "70 years"),
    ("50", "50 years"),
    ("20", "20 years"),
    ("10", "10 years"),
    ("5", "5 years"),
    ("2", "2 years"),
]


class ActionRule(NamedTuple):
    """Who may call an action of a document, and in which states."""

    states: tuple[str, ...]
    who: str  # a predicate method of vanban.document


ACTIONS = {
    "register": ActionRule(("received",), "_is_clerk"),
    "return": ActionRule(("received",), "_is_clerk"),
    "route": ActionRule(TO_HANDLE_STATES, "_is_holder"),
    "wait": ActionRule(("processing",), "_is_lead_handler"),
    "resume": ActionRule(("waiting",), "_is_lead_handler"),
    "finish": ActionRule(TO_HANDLE_STATES, "_is_lead_handler"),
    "draft_reply": ActionRule(TO_HANDLE_STATES, "_is_lead_handler"),
    "submit": ActionRule(("draft",), "_is_drafter"),
    "cancel": ActionRule(("draft", "review"), "_is_drafter"),
    "approve": ActionRule(("review",), "_is_reviewer"),
    "send_back": ActionRule(("review",), "_is_reviewer"),
    "forward": ActionRule(("review",), "_is_reviewer"),
    "issue": ActionRule(("approved",), "_is_clerk"),
    "recall": ActionRule(("issued",), "_is_clerk"),
}
# Set by the actions and by nothing else (design §4.2).
PROTECTED_FIELDS = frozenset(
    {
        "state",
        "direction",
        "company_id",
        "register_entry_id",
        "register_number",
        "register_date",
        "registered_by_id",
        "outcome",
        "outcome_note",
        "done_date",
        "wait_reason",
        "wait_since",
        "wait_until",
        "return_reason",
        "recall_reason",
        "approved_date",
        "issued_by_id",
        "principal_ids",
        "review_round",
    }
)
