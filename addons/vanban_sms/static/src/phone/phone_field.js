import "@sms/components/phone_field/phone_field";
import { patch } from "@web/core/utils/patch";
import { PhoneField } from "@web/views/fields/phone/phone_field";

// Nobody sends messages by hand beside a number: they are the agency's expense.
patch(PhoneField, {
    defaultProps: { ...PhoneField.defaultProps, enableButton: false },
});
