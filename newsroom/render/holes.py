"""The words that stand for what is personal, until a letter is filled in for one reader.

They are ASCII and can stand in HTML, in text and in a header, so a letter is rendered and encoded
once for everybody.
"""

TO = "to-newsroom-hole"
MESSAGE_ID = "message-id-newsroom-hole"
ONE_CLICK = "one-click-newsroom-hole"
LEAVE = "leave-newsroom-hole"
