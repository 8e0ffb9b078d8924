from . import feed, week_form
