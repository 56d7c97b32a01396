"""When somebody last looked at what needs their attention, and the closed tasks of a manager by when they were closed."""

import sqlalchemy as sa
from alembic import op

from casetasks_app.models.columns import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.add_column("person", sa.Column("looked_at", UtcDateTime(timezone=True), nullable=True))
    op.create_index(
        "task_closed_of_manager",
        "task",
        ["manager_id", "ended_at", "id"],
        sqlite_where=sa.text("status = 'closed'"),
        postgresql_where=sa.text("status = 'closed'"),
    )


def downgrade() -> None:
    """Move the schema back."""
    op.drop_index("task_closed_of_manager", table_name="task")
    op.drop_column("person", "looked_at")
