"""What people arrange for themselves on the lists."""

import sqlalchemy as sa
from alembic import op

from casetasks_app.models.columns import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table(
        "list_setting",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(length=20), nullable=False),
        sa.Column("is_compact", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "list"),
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("query", sa.String(length=2000), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (team_id IS NULL)", name="saved_view_is_somebody_s"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "list", "name_key", name="saved_view_of_person"),
        sa.UniqueConstraint("team_id", "list", "name_key", name="saved_view_of_team"),
    )


def downgrade() -> None:
    """Move the schema back."""
    op.drop_table("saved_view")
    op.drop_table("list_setting")
