"""Rows dated in the future are ignored: a machine whose clock was wrong has written them."""

from datetime import datetime

from sqlalchemy import ColumnElement


def has_been(moment: ColumnElement[datetime], now: datetime) -> ColumnElement[bool]:
    """The rows of what is over: what they say of a moment is taken from no time to come."""
    return moment <= now
