"""Run the revisions on the connection that the journal has opened."""

from __future__ import annotations

from alembic import context

from gerdy.journal.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite changes tables by copying them; Alembic does it only where it is told to.
    render_as_batch=True,
)
context.run_migrations()
