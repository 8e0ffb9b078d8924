"""How messages are handed over, and what may go wrong: data only."""

# messages between two commits: what a crash could send twice
BATCH = 20
# minutes before each further try; after the last one a message is given up
PAUSES = (1, 5, 15, 60, 240)
# seconds a gateway may be silent
TIMEOUT = 10
# bytes read of an answer, and letters kept of it
ANSWER_BYTES = 64 * 1024
ANSWER_LENGTH = 200
# numbers and texts are personal data: days that the log keeps them
KEPT_DAYS = 90

# What a gateway says of a message → why it is not sent.
FAILURE_TYPES = {
    "server_error": "vanban_error",
    "busy": "vanban_error",
    "timeout": "vanban_timeout",
    "unreachable": "vanban_unreachable",
    "certificate": "vanban_certificate",
    "refused": "vanban_refused",
    "forbidden": "vanban_forbidden",
    "no_gateway": "vanban_no_gateway",
}
FAILURES = [
    ("vanban_no_gateway", "The agency has no gateway"),
    ("vanban_unreachable", "The gateway cannot be reached"),
    ("vanban_timeout", "The gateway did not answer in time"),
    ("vanban_certificate", "The certificate of the gateway is not trusted"),
    ("vanban_error", "The gateway has an error"),
    ("vanban_refused", "Refused by the gateway"),
    ("vanban_forbidden", "The address of the gateway is not allowed"),
]
# The gateway took nothing, so the message is tried again …
RETRIED = frozenset({"server_error", "busy", "timeout", "unreachable", "certificate"})
# … and those beside it are not even offered.
STOPPING = RETRIED - {"server_error"}
