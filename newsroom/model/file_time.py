"""How far the modification times of files can be trusted: a disk's clock ticks slowly."""

# Two writes within one tick of a file system's clock leave the same times: 4 ms on ext4, 2 s on
# FAT.
_TICK = 2_000_000_000  # nanoseconds


def is_settled(changed: int, moment: int) -> bool:
    """Whether a write after `moment` surely gives the file a later time than `changed`.

    Both are in nanoseconds since 1970.
    """
    return changed < moment - _TICK
