"""The newsletter as mail: what a letter holds, how it is written, and the message around it."""
