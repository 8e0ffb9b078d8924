from . import hall
