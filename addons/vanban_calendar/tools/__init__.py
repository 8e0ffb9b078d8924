from . import day_parts
