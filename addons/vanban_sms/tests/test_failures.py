import base64
import datetime
import logging
import ssl
import tempfile
import threading
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..const import PAUSES
from ..tools import http_gateway
from .common import OK, TOKEN, GatewayServer, SmsCommon

LOGGER = "odoo.addons.vanban_sms.tools.gateway"
START = datetime.datetime(2031, 3, 3, 2, 0)


@tagged("post_install", "-at_install")
class TestFailures(SmsCommon):
    """A gateway that is away, slow, wrong or hostile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader.partner_id.phone = "0912 345 678"
        cls.officer2.partner_id.phone = "0987 654 321"

    def _try(self, *answers, **settings):
        """Send one message to a gateway that gives these answers; return it."""
        self._set_up_gateway(**settings)
        self.gateway.answers = list(answers)
        message = self._send(self.leader)
        with mute_logger(LOGGER):
            self._run_queue()
        return message

    def _assert_waits(self, message, failure):
        """Check that it is tried again, and the log says why it was not sent yet."""
        self.assertEqual(message.state, "outgoing")
        self.assertEqual(message.failure_type, failure)
        self.assertEqual(message.vanban_tries, 1)
        self.assertTrue(message.vanban_next_try)

    def _assert_refused(self, message, answer):
        self.assertEqual(message.state, "error")
        self.assertEqual(message.failure_type, "vanban_refused")
        self.assertIn(answer, message.vanban_answer)
        self.assertFalse(message.vanban_next_try)

    # ---- tries and pauses ----

    def test_a_failing_gateway_is_tried_again_after_growing_pauses(self):
        """After the last try the message is given up."""
        self._set_up_gateway()
        self.gateway.answers = [(500, b"")]
        message = self._send(self.leader)
        moment = START
        for number, pause in enumerate(PAUSES, 1):
            with freeze_time(moment), mute_logger(LOGGER):
                self._run_queue()
                self._run_queue()  # too early for another try
            self.assertEqual(len(self.gateway.requests), number)
            self.assertEqual(message.state, "outgoing")
            moment += datetime.timedelta(minutes=pause)
            self.assertEqual(message.vanban_next_try, moment)
            at = [("cron_id", "=", self.cron.id), ("call_at", "=", moment)]
            self.assertTrue(self.env["ir.cron.trigger"].search(at))
        self.assertEqual(sorted(PAUSES), list(PAUSES))
        for _again in range(2):
            with freeze_time(moment), mute_logger(LOGGER):
                self._run_queue()
            moment += datetime.timedelta(days=1)
        self.assertEqual(len(self.gateway.requests), len(PAUSES) + 1)
        self.assertEqual(message.state, "error")
        self.assertEqual(message.failure_type, "vanban_error")

    def test_a_gateway_that_comes_back_gets_the_message(self):
        self._set_up_gateway()
        self.gateway.answers = [(503, b""), (200, OK)]
        message = self._send(self.leader)
        with freeze_time(START), mute_logger(LOGGER):
            self._run_queue()
        with freeze_time(START + datetime.timedelta(minutes=2)):
            self._run_queue()
        self.assertEqual(message.state, "pending")
        self.assertFalse(message.failure_type)
        first, second = self._get_bodies()
        self.assertEqual(first["id"], second["id"])

    def test_a_message_that_fails_does_not_hold_up_the_others(self):
        self._set_up_gateway()
        self.gateway.answers = [(500, b""), (200, OK)]
        first = self._send(self.leader)
        second = self._send(self.officer2)
        self._run_queue()
        self._assert_waits(first, "vanban_error")
        self.assertEqual(second.state, "pending")

    def test_a_gateway_that_takes_none_is_asked_once_for_a_batch(self):
        for status in (429, 503):
            with self.subTest(status):
                self.gateway.requests.clear()
                self._get_messages().unlink()
                self._set_up_gateway()
                self.gateway.answers = [(status, b"")]
                messages = self._send(self.leader) | self._send(self.officer2)
                with mute_logger(LOGGER):
                    self._run_queue()
                self.assertEqual(len(self.gateway.requests), 1)
                for message in messages:
                    self._assert_waits(message, "vanban_error")

    def test_administrator_sends_again_what_was_given_up(self):
        message = self._try((403, b"no"))
        message.with_user(self.admin).action_set_outgoing()
        self.assertEqual((message.state, message.vanban_tries), ("outgoing", 0))
        self.gateway.answers = [(200, OK)]
        self._run_queue()
        self.assertEqual(message.state, "pending")
        message.with_user(self.admin).action_set_outgoing()
        self.assertEqual(message.state, "pending", "sent messages are not sent again")

    def test_several_are_sent_again_at_once(self):
        messages = self._try((403, b"no")) | self._try((403, b"no"))
        told = messages.with_user(self.admin).resend_failed()
        self.assertEqual(set(messages.mapped("state")), {"outgoing"})
        self.assertIn("2", told["params"]["message"])

    # ---- no answer ----

    def test_nobody_answers_at_the_address(self):
        self.gateway.server_close()
        self._assert_waits(self._try((200, OK)), "vanban_unreachable")

    def test_address_does_not_exist(self):
        message = self._try((200, OK), vanban_sms_url="https://sms.khong-co.invalid/")
        self._assert_waits(message, "vanban_unreachable")

    def test_gateway_hangs(self):
        def hang(handler):
            handler.server.released.wait(20)

        with patch.object(http_gateway, "TIMEOUT", 0.3):
            message = self._try(hang)
        self._assert_waits(message, "vanban_timeout")

    def test_gateway_breaks_off(self):
        def break_off(handler):
            handler.send_response(200)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            handler.wfile.write(b'{"CodeRes')
            handler.close_connection = True

        self._assert_waits(self._try(break_off), "vanban_unreachable")

    def test_certificate_that_nobody_vouches_for(self):
        self._speak_tls(self.gateway)
        url = self.gateway.url.replace("http:", "https:")
        message = self._try((200, OK), vanban_sms_url=url)
        self._assert_waits(message, "vanban_certificate")
        self.assertFalse(self.gateway.requests, "the token was not sent")

    def _speak_tls(self, server):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
        now = datetime.datetime.now(datetime.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .sign(key, hashes.SHA256())
        )
        pem = serialization.Encoding.PEM
        private = key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.NamedTemporaryFile() as file:
            file.write(private + certificate.public_bytes(pem))
            file.flush()
            context.load_cert_chain(file.name)
        server.socket = context.wrap_socket(server.socket, server_side=True)

    # ---- a wrong answer ----

    def test_an_answer_that_does_not_mean_success_is_a_refusal(self):
        """What a gateway answered is final: another try might be paid again."""
        for content in (
            {"CodeResult": "101", "ErrorMessage": "Sai mã"},
            {"CodeResult": 99},
            {"code": "100"},
            {"CodeResult": {"value": "100"}},
            ["100"],
            b"100",
            b"",
            b"<html>100</html>",
            b"\xff\xfe100",
            b"[" * 50_000,
        ):
            with self.subTest(content=str(content)[:50]):
                self._assert_refused(self._try((200, content)), "HTTP 200")

    def test_success_is_what_the_agency_says(self):
        for path, value, content in (
            ("CodeResult", "100", {"CodeResult": 100}),
            ("data.accepted", "true", OK),
            ("data.ids.0", "7", OK),
            (False, "OK", b"0 OK: queued"),
            (False, False, b"anything"),
        ):
            with self.subTest(path=path, value=value):
                message = self._try(
                    (202, content),
                    vanban_sms_success_path=path,
                    vanban_sms_success_value=value,
                )
                self.assertEqual(message.state, "pending")

    def test_other_statuses_are_refusals(self):
        for status in (400, 401, 403, 404, 422):
            with self.subTest(status):
                message = self._try((status, OK))
                self._assert_refused(message, f"HTTP {status}")

    def test_nobody_is_followed_elsewhere(self):
        elsewhere = GatewayServer()
        thread = threading.Thread(target=elsewhere.serve_forever, daemon=True)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(elsewhere.stop)
        for status in (301, 302, 307, 308):
            with self.subTest(status):
                message = self._try(
                    lambda handler, status=status: handler.reply(
                        status, b"", Location=elsewhere.url
                    )
                )
                self._assert_refused(message, f"HTTP {status}")
        self.assertFalse(elsewhere.requests)

    def test_a_huge_answer_is_not_read(self):
        sent = []

        def flood(handler):
            handler.send_response(200)
            handler.end_headers()
            try:
                while len(sent) < 1000:
                    handler.wfile.write(b"x" * 1024 * 1024)
                    sent.append(1)
            except OSError:
                sent.append("closed")

        self._assert_refused(self._try(flood), "HTTP 200 xxx")
        self.gateway.released.wait(1)
        self.assertLess(len(sent), 100)

    # ---- secrets ----

    def test_no_secret_is_logged_or_kept(self):
        """Not even of a gateway that sends it back."""

        def echo(handler):
            said = f"{handler.headers['Authorization']} {handler.path} ma-so-dich-vu"
            handler.reply(403, {"said": said})

        settings = {
            "vanban_sms_url": f"{self.gateway.url}?key=khoa-trong-dia-chi",
            "vanban_sms_fixed": "ServiceKey=ma-so-dich-vu",
            "vanban_sms_auth_name": "tai-khoan",
        }
        basic = base64.b64encode(f"tai-khoan:{TOKEN}".encode()).decode()
        for kind in ("bearer", "basic"):
            for answer in (echo, (500, b""), (503, b"")):
                self._set_up_gateway(vanban_sms_auth=kind, **settings)
                self.gateway.answers = [answer]
                message = self._send(self.leader)
                with self.subTest(kind), self.assertLogs("odoo", logging.INFO) as logs:
                    self._run_queue()
                told = "\n".join([*logs.output, message.vanban_answer])
                for secret in (TOKEN, basic, "khoa-trong-dia-chi", "ma-so-dich-vu"):
                    self.assertNotIn(secret, told)
                self.assertIn("HTTP", told)

    def test_a_gateway_that_takes_none_is_told_in_the_log(self):
        self._set_up_gateway()
        self.gateway.answers = [(503, b"")]
        self._send(self.leader)
        with self.assertLogs(LOGGER, "WARNING") as logs:
            self._run_queue()
        self.assertIn(f"agency {self.agency.id} takes none: busy", logs.output[0])

    # ---- addresses that are refused ----

    def test_keys_of_a_cloud_are_asked_of_nobody(self):
        """In whatever way its address is written."""
        for host in ("2852039166", "0xa9fea9fe", "[::ffff:a9fe:a9fe]", "0"):
            with self.subTest(host):
                self.hosts.clear()
                self._set_up_gateway()
                self.env.flush_all()
                # past the check of the settings, as a name of the Internet would be
                self.env.cr.execute(
                    "UPDATE res_company SET vanban_sms_url = %s WHERE id = %s",
                    [f"http://{host}/latest", self.agency.id],
                )
                self.agency.invalidate_recordset()
                message = self._send(self.leader)
                self._run_queue()
                self.assertEqual(message.state, "error")
                self.assertEqual(message.failure_type, "vanban_forbidden")
                self.assertFalse(self.hosts)
