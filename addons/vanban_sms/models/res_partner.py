from odoo import models

from ..tools.phone import to_mobile


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _vanban_send_sms(self, text):
        """Queue a text message for each person with a mobile number.

        It leaves by the gateway of the agency one works in (``with_company``) as soon
        as this transaction is committed; without a gateway it ends with an error.

        :param str text: plain text, in the language of the receivers
        :return: the persons without a mobile number
        """
        numbers = {person: person._vanban_mobile() for person in self}
        company = self.env.company
        self.env["sms.sms"]._vanban_in_action().create(
            [
                {
                    "partner_id": person.id,
                    "number": number,
                    "body": text,
                    "vanban_company_id": company.id,
                }
                for person, number in numbers.items()
                if number
            ]
        )
        return self.filtered(lambda person: not numbers[person])

    def _vanban_mobile(self):
        """Return the number that takes text messages, as ``+84912345678``, or None."""
        self.ensure_one()
        person = self.sudo()  # employees are not for everybody to read
        phones = [person.phone]
        for employee in person.employee_ids:
            phones += [employee.mobile_phone, employee.work_phone]
        return next(filter(None, map(to_mobile, phones)), None)
