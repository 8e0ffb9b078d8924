from . import vanban_event_decide
