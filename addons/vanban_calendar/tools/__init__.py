from . import day_parts, ical, week_docx, week_form
