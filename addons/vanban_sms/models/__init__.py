from . import (
    iap_account,
    ir_actions,
    ir_ui_menu,
    mail_notification,
    res_company,
    res_partner,
    res_users,
    sms_sms,
)
