{
    "name": "Vanban: tasks with a deadline",
    "summary": "Give tasks, report on them, judge and score them (128/QĐ-UBND)",
    "version": "19.0.1.0.0",
    "category": "Services/Documents",
    "license": "LGPL-3",
    "author": "Vanban",
    "website": "https://vanban.example",
    "depends": ["vanban_core"],
    "external_dependencies": {"python": ["openpyxl"]},
    "data": [
        # security
        "security/ir.model.access.csv",
        "security/vanban_task_security.xml",
        "security/vanban_task_proposal_security.xml",
        "security/vanban_task_score_security.xml",
        # data
        "data/mail_activity_type_data.xml",
        "data/ir_cron_task_data.xml",
        "data/ir_cron_data.xml",
        "data/vanban_document_type_data.xml",
        # wizards, before the views whose buttons open them
        "wizards/vanban_task_route_views.xml",
        "wizards/vanban_task_import_views.xml",
        "wizards/vanban_task_send_views.xml",
        "wizards/vanban_task_extend_views.xml",
        "wizards/vanban_task_decide_views.xml",
        "wizards/vanban_task_ask_views.xml",
        "wizards/vanban_task_score_say_views.xml",
        "report/vanban_task_summary_reports.xml",
        "wizards/vanban_task_summary_views.xml",
        # views
        "views/vanban_task_assignment_form.xml",
        "views/vanban_task_timeline_views.xml",
        "views/vanban_task_assignment_views.xml",
        "views/vanban_task_views.xml",
        "views/vanban_task_programme_views.xml",
        "views/vanban_document_views.xml",
        "views/vanban_task_proposal_views.xml",
        "views/res_company_views.xml",
        "views/vanban_task_reminder_views.xml",
        "views/vanban_task_score_line_views.xml",
        "views/vanban_task_score_views.xml",
        "views/vanban_task_score_period_views.xml",
        # menus last: they name the actions above
        "views/vanban_tasks_menus.xml",
    ],
    "demo": [
        "demo/res_company_demo.xml",
        "demo/hr_department_demo.xml",
        # last: it needs all of it
        "demo/vanban_task_demo.xml",
    ],
    "assets": {
        "web.assets_backend": ["vanban_tasks/static/src/**/*"],
        "web.assets_unit_tests": ["vanban_tasks/static/tests/**/*"],
    },
    "application": True,
}
