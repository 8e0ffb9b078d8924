from . import test_client, test_entry, test_schedule, test_security_matrix
