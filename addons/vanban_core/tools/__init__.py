from . import args, symbol, text
