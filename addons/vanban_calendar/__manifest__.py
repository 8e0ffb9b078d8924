{
    "name": "Vanban: weekly schedules",
    "summary": "The week of the agency, its units and its people",
    "version": "19.0.1.0.0",
    "category": "Services/Documents",
    "license": "LGPL-3",
    "author": "Vanban",
    "website": "https://vanban.example",
    "depends": ["vanban_core", "vanban_sms", "calendar"],
    "external_dependencies": {"python": ["python-docx", "vobject"]},
    "data": [
        # security
        "security/ir.model.access.csv",
        "security/calendar_event_security.xml",
        "security/vanban_schedule_security.xml",
        "security/vanban_calendar_feed_security.xml",
        "security/vanban_event_check_security.xml",
        # data
        "data/ir_cron_data.xml",
        "data/mail_activity_type_data.xml",
        # wizards, before the views whose buttons open them
        "wizards/vanban_event_decide_views.xml",
        # views
        "views/calendar_attendee_views.xml",
        "views/vanban_event_check_views.xml",
        "views/calendar_event_form.xml",
        "views/calendar_event_invitation_views.xml",
        "views/calendar_event_views.xml",
        "views/calendar_odoo_views.xml",
        "views/calendar_templates.xml",
        "views/vanban_document_views.xml",
        "views/vanban_schedule_views.xml",
        "views/hall_templates.xml",
        "views/resource_resource_views.xml",
        "views/res_company_views.xml",
        "views/vanban_calendar_feed_views.xml",
        # printed forms
        "report/vanban_week_reports.xml",
        # menus last: they name the actions above
        "views/vanban_calendar_menus.xml",
    ],
    "demo": ["demo/vanban_schedule_demo.xml"],
    "assets": {
        "web.assets_backend": ["vanban_calendar/static/src/**/*"],
        "vanban_calendar.assets_hall": ["vanban_calendar/static/hall/*"],
        "web.assets_unit_tests": ["vanban_calendar/static/tests/**/*"],
    },
    "application": True,
}
