"""Joins settings and real parts to jobs: the only room that knows every class.

Libraries are imported where a part is made, so that a command pays for the parts it uses and no
others.
"""

from newsroom.wiring.desk import Desk

__all__ = ["Desk"]
