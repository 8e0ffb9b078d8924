from . import agency_names, conclusions, deadlines, paper_text, task_sheet
