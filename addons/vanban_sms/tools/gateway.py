"""What every gateway has in common."""

import logging
from typing import NamedTuple

from odoo.addons.sms.tools.sms_api import SmsApiBase

from ..const import ANSWER_LENGTH, FAILURE_TYPES, STOPPING
from .phone import to_mobile, with_prefix
from .text import one_line, shorten, without_diacritics

_logger = logging.getLogger(__name__)


class Answer(NamedTuple):
    """What became of one message: ``sent`` or a key of ``FAILURE_TYPES``."""

    state: str
    text: str = ""


class Gateway(SmsApiBase):
    """Hands over the messages of one agency.

    Another provider is one class with ``_deliver``, and one key: see
    ``res.company._vanban_sms_gateways``.
    """

    PROVIDER_TO_SMS_FAILURE_TYPE = (
        SmsApiBase.PROVIDER_TO_SMS_FAILURE_TYPE | FAILURE_TYPES
    )

    def _deliver(self, number, text, uuid):
        """Hand over one message.

        :param str number: as the agency's gateway wants it
        :param str text: as the agency's gateway takes it
        :param str uuid: the same at each try, so a gateway can tell a repetition
        :rtype: Answer
        """
        raise NotImplementedError

    @property
    def _settings(self):
        """The agency's settings, which those who send messages do not read."""
        return self.company.sudo()

    def _get_secrets(self):
        """Return what never stands in a log or in an answer."""
        return []

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        """Hand over messages one by one.

        Once the gateway takes none, the others of the batch share its answer: nobody
        waits for it once more.
        """
        down = None
        results = []
        for message in messages:
            text = self._prepare_text(message["content"] or "")
            for one in message["numbers"]:
                answer = down or self._send_one(one["number"], text, one["uuid"])
                results.append(
                    {
                        "uuid": one["uuid"],
                        "state": answer.state,
                        "failure_reason": self._clean(answer.text),
                    }
                )
                if answer.state in STOPPING:
                    down = answer
        if down:
            _logger.warning(
                "The gateway for text messages of agency %s takes none: %s",
                self.company.id,
                down.state,
            )
        return results

    def _prepare_text(self, text):
        settings = self._settings
        if not settings.vanban_sms_keep_diacritics:
            text = without_diacritics(text)
        return shorten(text, settings.vanban_sms_length_max)

    def _send_one(self, number, text, uuid):
        mobile = to_mobile(number)
        if not mobile:
            return Answer("wrong_number_format")
        prefix = self._settings.vanban_sms_number_format
        return self._deliver(with_prefix(mobile, prefix), text, uuid)

    def _clean(self, text):
        """Return what an administrator may read of an answer: one line, no secret."""
        for secret in self._get_secrets():
            text = text.replace(secret, "•••")
        return one_line(text, ANSWER_LENGTH)


class NoGateway(Gateway):
    """The agency set up none: nothing is sent, and nobody else is asked to."""

    def _send_one(self, number, text, uuid):
        return Answer("no_gateway")
