{
    "name": "Vanban: weekly schedules",
    "summary": "The week of the agency, its units and its people",
    "version": "19.0.1.0.0",
    "category": "Services/Documents",
    "license": "LGPL-3",
    "author": "Vanban",
    "website": "https://vanban.example",
    "depends": ["vanban_core", "calendar"],
    "data": [
        # security
        "security/ir.model.access.csv",
        "security/calendar_event_security.xml",
        "security/vanban_schedule_security.xml",
        # data
        "data/ir_cron_data.xml",
        "data/mail_activity_type_data.xml",
        # views
        "views/calendar_event_form.xml",
        "views/calendar_event_views.xml",
        "views/vanban_schedule_views.xml",
        "views/hall_templates.xml",
        "views/resource_resource_views.xml",
        "views/res_company_views.xml",
        # menus last: they name the actions above
        "views/vanban_calendar_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["vanban_calendar/static/src/**/*"],
        "vanban_calendar.assets_hall": ["vanban_calendar/static/hall/*"],
        "web.assets_unit_tests": ["vanban_calendar/static/tests/**/*"],
    },
    "application": True,
}
