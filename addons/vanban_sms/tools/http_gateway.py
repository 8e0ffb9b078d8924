"""A gateway that takes each message as a request by HTTP."""

import base64
import ipaddress
import json
import socket
from urllib.parse import parse_qsl, urlsplit

import requests

from ..const import ANSWER_BYTES, TIMEOUT
from .gateway import Answer, Gateway

# a shorter one would also hide parts of ordinary answers
_SHORTEST_SECRET = 6


class HttpGateway(Gateway):
    """One POST a message, its fields named as the agency's provider wants them."""

    def _deliver(self, number, text, uuid):
        settings = self._settings
        try:
            if not is_allowed(settings.vanban_sms_url):
                return Answer("forbidden")
            with self._post(self._prepare_body(number, text, uuid)) as response:
                body = _read(response)
        except requests.exceptions.SSLError:
            return Answer("certificate")
        except requests.exceptions.Timeout:
            return Answer("timeout")
        except (requests.exceptions.RequestException, OSError, UnicodeError):
            # the error itself is not told: it may name the address with its key
            return Answer("unreachable")
        return self._judge(response, body)

    def _prepare_body(self, number, text, uuid):
        settings = self._settings
        body = dict(settings._vanban_sms_fixed_fields())
        for name, value in (
            (settings.vanban_sms_number_field, number),
            (settings.vanban_sms_text_field, text),
            (settings.vanban_sms_sender_field, settings.vanban_sms_sender),
            (settings.vanban_sms_id_field, uuid),
        ):
            if name and value:
                body[name] = value
        return body

    def _post(self, body):
        settings = self._settings
        return requests.post(
            settings.vanban_sms_url,
            **{"json" if settings.vanban_sms_body == "json" else "data": body},
            auth=self._authenticate,
            timeout=TIMEOUT,
            allow_redirects=False,
            stream=True,
        )

    def _authenticate(self, request):
        """Add the agency's token. Given a function, requests reads no netrc file."""
        settings = self._settings
        secret, name = settings.vanban_sms_secret, settings.vanban_sms_auth_name
        if settings.vanban_sms_auth == "bearer":
            request.headers["Authorization"] = f"Bearer {secret}"
        elif settings.vanban_sms_auth == "basic":
            request.headers["Authorization"] = f"Basic {self._get_basic()}"
        elif settings.vanban_sms_auth == "header":
            request.headers[name] = secret
        return request

    def _get_basic(self):
        settings = self._settings
        pair = f"{settings.vanban_sms_auth_name}:{settings.vanban_sms_secret}"
        return base64.b64encode(pair.encode()).decode()

    def _judge(self, response, body):
        status = response.status_code
        text = f"HTTP {status} {body}"
        if status in (429, 503):
            return Answer("busy", text)
        if status >= 500:
            return Answer("server_error", text)
        if 200 <= status < 300 and self._means_success(body):
            return Answer("sent", text)
        return Answer("refused", text)

    def _means_success(self, body):
        settings = self._settings
        expected = (settings.vanban_sms_success_value or "").strip()
        if not settings.vanban_sms_success_path:
            return expected in body
        try:
            value = _get_by_path(json.loads(body), settings.vanban_sms_success_path)
        except (ValueError, RecursionError):
            return False
        return (value if isinstance(value, str) else json.dumps(value)) == expected

    def _get_secrets(self):
        settings = self._settings
        pairs = settings._vanban_sms_fixed_fields()
        pairs += parse_qsl(urlsplit(settings.vanban_sms_url).query)
        found = [value for _name, value in pairs]
        if settings.vanban_sms_secret:
            found += [settings.vanban_sms_secret, self._get_basic()]
        return [secret for secret in found if len(secret) >= _SHORTEST_SECRET]


def is_allowed_ip(text):
    """May a gateway be there?

    Not where a cloud hands out the keys of its machines (link-local), and nowhere that
    is no single machine. Private networks and this machine are where many gateways are.
    """
    ip = ipaddress.ip_address(text.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return not (ip.is_link_local or ip.is_multicast or ip.is_unspecified)


def is_allowed(url):
    """Are all addresses behind this one allowed?

    :raise OSError: there is none
    """
    parts = urlsplit(url)
    found = socket.getaddrinfo(parts.hostname, parts.port, type=socket.SOCK_STREAM)
    return all(is_allowed_ip(address[0]) for *_kind, address in found)


def _read(response):
    """Return the beginning of an answer as text."""
    body = b""
    for chunk in response.iter_content(1024):
        body += chunk
        if len(body) >= ANSWER_BYTES:
            break
    return body[:ANSWER_BYTES].decode("utf-8", "replace")


def _get_by_path(value, path):
    """Return what ``data.0.status`` names in an answer.

    :raise ValueError: nothing
    """
    for step in path.split("."):
        try:
            value = value[int(step) if isinstance(value, list) else step]
        except (LookupError, TypeError) as error:
            raise ValueError(path) from error
    return value
