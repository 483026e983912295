"""Runs the migrations on the connection that the application hands over, and on nothing else."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=None,
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=False,
)
# The application has begun the transaction; it commits after its own checks.
context.run_migrations()
