# ruff: noqa: I001 – what others inherit comes first
from . import vanban_schedule
from . import vanban_schedule_change
from . import vanban_schedule_cycle
from . import vanban_schedule_call
from . import vanban_schedule_week
from . import vanban_schedule_week_head
from . import calendar_event
from . import calendar_event_entry
from . import calendar_event_change
from . import calendar_event_access
from . import calendar_event_clash
from . import calendar_event_week
from . import calendar_event_message
from . import calendar_attendee
from . import resource_resource
from . import res_company
from . import res_users
