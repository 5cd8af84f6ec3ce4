"""The command line: the clock on the wall, the exit codes, one small file for each group."""

import atexit
import gc
import os
import sys

from newsroom.cli.overview import overview
from newsroom.cli.tongue import language_here, speak, words_of

_ON_WINDOWS = (
    "newsroom runs on Linux and macOS. On Windows, run it in WSL: docs/run.md says how.\n"
    "newsroom körs på Linux och macOS. På Windows kör du det i WSL: se docs/run.md.\n"
)
_WRONG_USAGE = 2
_MANY = 100_000  # objects, after which Python looks for those that nobody holds; it takes 700


def main() -> None:
    """Run the command that the arguments name; without one, say which there are.

    The overview needs no library, so asking for it costs what starting Python costs.
    """
    if sys.platform == "win32":  # its helper processes, locks and signals are those of Unix
        sys.stderr.write(_ON_WINDOWS)
        sys.exit(_WRONG_USAGE)
    language = language_here(os.environ)
    if sys.argv[1:] in ([], ["--help"], ["-h"]):
        sys.stdout.write(overview(words_of(language)))
        return
    _look_seldom()
    from newsroom.cli.commands import newsroom

    speak(language)
    newsroom(prog_name="newsroom")


def _look_seldom() -> None:
    """Let Python look seldom for objects that nobody holds, and not at all when it ends.

    Most commands are over before there are many, and then the system takes all memory back; to look
    for them took a fifth of a small build.
    """
    gc.set_threshold(_MANY)
    atexit.register(gc.freeze)
