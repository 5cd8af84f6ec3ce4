"""The command line: the clock on the wall, the exit codes, one small file for each group."""

import sys

from newsroom.cli.overview import overview


def main() -> None:
    """Run the command that the arguments name; without one, say which there are.

    The overview needs no library, so asking for it costs what starting Python costs.
    """
    if sys.argv[1:] in ([], ["--help"], ["-h"]):
        sys.stdout.write(overview())
        return
    from newsroom.cli.commands import newsroom

    newsroom(prog_name="newsroom")
