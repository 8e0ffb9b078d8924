{
    "name": "Vanban: tasks from meetings",
    "summary": "Tasks from the notice of what a meeting concluded",
    "version": "19.0.1.0.0",
    "category": "Services/Documents",
    "license": "LGPL-3",
    "author": "Vanban",
    "website": "https://vanban.example",
    "depends": ["vanban_calendar", "vanban_tasks"],
    "data": ["views/calendar_event_views.xml"],
    "auto_install": True,
}
