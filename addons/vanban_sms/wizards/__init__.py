from . import sms_account, vanban_sms_test
