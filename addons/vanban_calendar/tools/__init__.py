from . import day_parts, ical, invitation, week_docx, week_form
