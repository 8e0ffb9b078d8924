from . import (
    vanban_document_decide,
    vanban_document_route,
    vanban_document_submit,
    vanban_register_print,
)
