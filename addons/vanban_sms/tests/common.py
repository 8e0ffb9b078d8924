import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from odoo.tests.common import _super_send

from odoo.addons.vanban_core.tests.common import VanbanCommon

from ..tools import http_gateway

TOKEN = "ma-bi-mat-cua-cong"
OK = {"CodeResult": "100", "data": {"ids": [7], "accepted": True}}


class GatewayServer(ThreadingHTTPServer):
    """A gateway on this machine that keeps what it is sent.

    ``answers`` are given in turn, the last one again and again: a status and a body, or
    a function that writes to the connection itself.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/send"
        self.requests = []
        self.answers = [(200, OK)]
        self.released = threading.Event()

    def next_answer(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def stop(self):
        self.released.set()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append(
            {"path": self.path, "headers": dict(self.headers), "body": body}
        )
        answer = self.server.next_answer()
        if callable(answer):
            answer(self)
            return
        status, content = answer
        self.reply(status, content)

    do_GET = do_POST

    def reply(self, status, content, **headers):
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_words):
        """Say nothing in the test's output."""


class SmsCommon(VanbanCommon):
    """The agency of ``VanbanCommon`` with a gateway on this machine.

    ``hosts`` are the machines that somebody wanted to connect to.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("sms.ir_cron_sms_scheduler_action")
        cls.env["sms.sms"].search([]).unlink()
        cls.hosts = []

    @classmethod
    def _request_handler(cls, session, request, **options):
        """Let requests reach 127.0.0.1, with the timeout that the module asks for."""
        host = urlsplit(request.url).hostname
        cls.hosts.append(host)
        if host == "127.0.0.1":
            return _super_send(session, request, **options)
        return super()._request_handler(session, request, **options)

    def setUp(self):
        super().setUp()
        self.hosts.clear()
        self.gateway = GatewayServer()
        thread = threading.Thread(target=self.gateway.serve_forever, daemon=True)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.gateway.stop)
        self.startPatcher(patch.object(http_gateway, "TIMEOUT", 5))

    def _set_up_gateway(self, agency=None, **settings):
        values = {
            "vanban_sms_provider": "http",
            "vanban_sms_url": self.gateway.url,
            "vanban_sms_auth": "bearer",
            "vanban_sms_secret": TOKEN,
            "vanban_sms_sender_field": "brandname",
            "vanban_sms_sender": "UBND-MAU",
            "vanban_sms_id_field": "id",
            "vanban_sms_success_path": "CodeResult",
            "vanban_sms_success_value": "100",
            **settings,
        }
        (agency or self.agency).with_user(self.admin).write(values)

    def _send(self, *people, text="Họp khẩn lúc 8 giờ", user=None, agency=None):
        """Queue a message for each of these people, as a module does for a user."""
        users = self.env["res.users"].union(*people).with_user(user or self.officer)
        before = self._get_messages()
        users.with_company(agency or self.agency)._vanban_send_sms(text)
        return self._get_messages() - before

    def _get_messages(self):
        return self.env["sms.sms"].search([], order="id")

    def _run_queue(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def _get_bodies(self):
        """Return what the gateway was sent, as it reads it."""
        return [
            json.loads(sent["body"])
            if "json" in sent["headers"]["Content-Type"]
            else dict(parse_qsl(sent["body"].decode(), keep_blank_values=True))
            for sent in self.gateway.requests
        ]
