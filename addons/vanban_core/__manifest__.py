{
    "name": "Vanban: documents and case files",
    "summary": "Register, direct, answer and issue official documents (NĐ 30/2020)",
    "version": "19.0.1.1.0",
    "category": "Services/Documents",
    "license": "LGPL-3",
    "author": "Vanban",
    "website": "https://vanban.example",
    "depends": ["mail", "hr"],
    "external_dependencies": {"python": ["pypdf", "weasyprint"]},
    "data": [
        # security
        "security/vanban_core_groups.xml",
        "security/ir.model.access.csv",
        "security/vanban_document_security.xml",
        "security/vanban_register_security.xml",
        "security/vanban_case_security.xml",
        "security/vanban_work_security.xml",
        # data
        "data/vanban_document_type_data.xml",
        "data/vanban_work_day_data.xml",
        # wizards, before the views whose buttons open them
        "wizards/vanban_document_route_views.xml",
        "wizards/vanban_document_submit_views.xml",
        "wizards/vanban_document_decide_views.xml",
        # views
        "views/vanban_document_views.xml",
        "views/vanban_document_incoming_form.xml",
        "views/vanban_document_incoming_views.xml",
        "views/vanban_document_outgoing_form.xml",
        "views/vanban_document_outgoing_views.xml",
        "views/vanban_register_views.xml",
        "views/vanban_case_views.xml",
        "views/vanban_catalogue_views.xml",
        "views/hr_department_views.xml",
        "views/res_company_views.xml",
        "views/vanban_work_views.xml",
        # menus last: they name the actions above
        "views/vanban_core_menus.xml",
        # printed forms; the wizard's menu is below one of those menus
        "report/vanban_print_job_data.xml",
        "report/report_layout.xml",
        "report/vanban_document_reports.xml",
        "report/vanban_register_reports.xml",
        "wizards/vanban_register_print_views.xml",
    ],
    "demo": [
        # agencies, their books, units and people
        "demo/res_company_demo.xml",
        "demo/hr_department_demo.xml",
        "demo/hr_job_demo.xml",
        "demo/res_users_demo.xml",
        "demo/hr_employee_demo.xml",
        "demo/vanban_register_demo.xml",
        "demo/vanban_delegation_demo.xml",
        # catalogues
        "demo/res_partner_demo.xml",
        "demo/vanban_topic_demo.xml",
        "demo/vanban_document_type_demo.xml",
        # documents last: they need all of it
        "demo/vanban_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            # Debian ships mail without this file; every bundle would log an error
            (
                "remove",
                "mail/static/lib/selfie_segmentation/selfie_segmentation.js",
            ),
            "vanban_core/static/src/**/*",
            # plots and tables of counts come when they are opened
            ("remove", "vanban_core/static/src/report/**/*"),
        ],
        "web.assets_backend_lazy": ["vanban_core/static/src/report/**/*"],
        "web.assets_unit_tests": ["vanban_core/static/tests/**/*"],
    },
    "post_init_hook": "post_init_hook",
    "application": True,
}
