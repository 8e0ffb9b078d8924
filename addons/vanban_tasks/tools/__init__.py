from . import agency_names, conclusions, deadlines, task_sheet
