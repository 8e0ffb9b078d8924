from . import vanban_task_summary_report
