"""How far the modification times of files can be trusted: a disk's clock ticks slowly."""

# Two writes within one tick of a file system's clock leave the same times: 4 ms on ext4, 2 s on
# FAT.
_TICK = 2_000_000_000  # nanoseconds


def is_settled(changed: int, moment: int) -> bool:
    """Whether a file of this time gets another when it changes after `moment` (nanoseconds)."""
    return changed < moment - _TICK
