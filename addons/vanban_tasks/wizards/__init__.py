# ruff: noqa: I001 – what others inherit comes first
from . import vanban_task_paper
from . import vanban_task_ask
from . import vanban_task_decide
from . import vanban_task_extend
from . import vanban_task_route
from . import vanban_task_score_say
from . import vanban_task_send
from . import vanban_task_summary_line
from . import vanban_task_summary
from . import vanban_task_summary_query
from . import vanban_task_summary_export
from . import vanban_task_import_reader
from . import vanban_task_import
