from . import ical, week_docx, week_form
