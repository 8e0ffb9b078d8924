from . import args, holidays, lunar, paper_text, symbol, text, workdays
