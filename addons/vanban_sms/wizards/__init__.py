from . import vanban_sms_test
