{
    "name": "Vanban: text messages",
    "summary": "Send text messages (SMS) through the agency's own gateway",
    "version": "19.0.1.0.0",
    "category": "Services/Documents",
    "license": "LGPL-3",
    "author": "Vanban",
    "website": "https://vanban.example",
    "depends": ["vanban_core", "sms"],
    "external_dependencies": {"python": ["phonenumbers", "requests"]},
    "data": [
        # security
        "security/ir.model.access.csv",
        "security/sms_sms_security.xml",
        # wizards, before the views whose buttons open them
        "wizards/vanban_sms_test_views.xml",
        # views
        "views/res_company_views.xml",
        "views/res_config_settings_views.xml",
        "views/sms_sms_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["vanban_sms/static/src/**/*"],
    },
}
