"""What `make run` and `make test` stand on: Odoo, PostgreSQL, Python packages."""
