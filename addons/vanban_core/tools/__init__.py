from . import symbol, text
