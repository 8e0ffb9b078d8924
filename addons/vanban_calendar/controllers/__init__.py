from . import feed, hall, week_form
