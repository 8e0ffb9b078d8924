# ruff: noqa: I001 – what others inherit comes first
from . import vanban_incoming_form
from . import vanban_slip
from . import vanban_stamp
from . import vanban_register_book
