from . import test_schedule, test_security_matrix
