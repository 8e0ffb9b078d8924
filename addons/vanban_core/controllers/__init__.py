from . import vanban_core
