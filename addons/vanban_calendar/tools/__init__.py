from . import ical, invitation, week_docx, week_form
