from . import args, holidays, lunar, symbol, text, workdays
