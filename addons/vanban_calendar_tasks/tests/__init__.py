from . import test_conclusion_tasks, test_translations
