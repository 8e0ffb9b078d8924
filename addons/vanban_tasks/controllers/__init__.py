from . import vanban_task_score
