from . import vanban_week_report
