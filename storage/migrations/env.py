"""Alembic's environment: the connection is given by ``storage.migrate``."""

from alembic import context

from storage import pairing, tables
from storage.database import metadata

assert tables  # importing them fills the metadata
assert pairing

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    # Procrastinate's tables stand in the same database and are its own business.
    include_name=lambda name, type_, parents: not (name or "").startswith("procrastinate"),
)
with context.begin_transaction():
    context.run_migrations()
