# ruff: noqa: I001 – what others inherit comes first
from . import vanban_route
from . import vanban_document_decide
from . import vanban_document_route
from . import vanban_document_submit
from . import vanban_register_print
