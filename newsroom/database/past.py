"""Rows dated in the future are ignored: a machine whose clock was wrong has written them."""

from datetime import datetime

from sqlalchemy import ColumnElement


def has_been(moment: ColumnElement[datetime], now: datetime) -> ColumnElement[bool]:
    """The condition that a row's time is not in the future."""
    return moment <= now
