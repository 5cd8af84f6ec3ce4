"""Placeholders in a letter for what is personal, filled in for each reader.

They are ASCII, so that a letter is rendered and encoded once for everybody. Those in headers have
the form of what replaces them, so that the message class accepts them.
"""

TO = "to-newsroom-hole@hole.invalid"
DATE = "Thu, 01 Jan 1970 00:00:00 +0000"
MESSAGE_ID = "<message-id-newsroom-hole@hole.invalid>"
ONE_CLICK = "one-click-newsroom-hole"
LEAVE_WORD = "leave-word-newsroom-hole"
LEAVE = "leave-newsroom-hole"
