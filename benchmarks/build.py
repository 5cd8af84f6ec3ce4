"""What a build costs, side by side with other makers of sites, in one run.

    .venv/bin/python -m benchmarks.build [--peers DIR] [--sizes 100,1000] [--quick] [--json FILE]

The same made-up posts are given to every tool that is found: newsroom, Hugo, Pelican, Nikola,
Eleventy, and a bare loop over Python-Markdown and Jinja2. Times are wall time of real processes.
The order changes from round to round, so that what else the machine does falls on everybody:
compare the ratios, not the seconds.
"""

import argparse
import compileall
import json
import signal
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Final

import newsroom
from benchmarks.race import Race
from benchmarks.record import Record
from benchmarks.report import as_json, lines
from benchmarks.targets import SIZES
from benchmarks.tool import Tool
from benchmarks.tools import installed

_ROUNDS: Final = {100: 7, 1_000: 5}  # more where the figures are small
_ROUNDS_ELSE: Final = 3


def main() -> None:
    """Print the tables, then each target and whether it is reached."""
    options = read_options()
    tools = chosen(installed(options.peers), options.only)
    compile_all(options.peers)
    record = Record()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        ends = monotonic() + 60 * options.minutes
        race = Race(Path(folder), tools, record, ends, say=progress)
        with suppress(KeyboardInterrupt):  # or SIGTERM: what was measured is shown
            for size in options.sizes:
                race.run(size, options.rounds or _ROUNDS.get(size, _ROUNDS_ELSE))
    print("\n".join(lines(record)))
    if options.json:
        options.json.write_text(json.dumps(as_json(record), indent=1) + "\n", encoding="utf-8")


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line; `--quick` stands for a few smaller values."""
    parser = argparse.ArgumentParser(description="What a build costs, side by side.")
    parser.add_argument(
        "--peers", type=Path, action="append", default=[], help="a folder with bin or node_modules"
    )
    parser.add_argument("--sizes", type=numbers, default=SIZES, help="numbers of posts: 100,1000")
    parser.add_argument("--rounds", type=int, help="runs of each step")
    parser.add_argument(
        "--minutes", type=float, default=60, help="no run begins that would end later"
    )
    parser.add_argument("--only", type=names, help="tools, by name: newsroom,hugo")
    parser.add_argument("--quick", action="store_true", help="100 and 1,000 posts, three rounds")
    parser.add_argument("--json", type=Path, help="a file for every figure")
    options = parser.parse_args(arguments)
    if options.quick:
        options.sizes, options.rounds, options.minutes = SIZES[:2], options.rounds or 3, 10
    return options


def numbers(text: str) -> tuple[int, ...]:
    """`100,1000` as numbers, the smallest first."""
    return tuple(sorted(int(number) for number in text.split(",")))


def names(text: str) -> frozenset[str]:
    """`newsroom,hugo` as names."""
    return frozenset(name.strip().casefold() for name in text.split(","))


def chosen(tools: Sequence[Tool], only: frozenset[str] | None) -> list[Tool]:
    """The tools that were asked for; all, when nothing was said."""
    return [tool for tool in tools if not only or tool.name.casefold() in only]


def compile_all(folders: Sequence[Path]) -> None:
    """Make byte code for the Python tools, as installing does: the environment may forbid it."""
    ours = (Path(newsroom.__file__).parent, Path(sysconfig.get_path("purelib")))
    for folder in (*ours, *folders):
        compileall.compile_dir(folder, quiet=2)


def progress(line: str) -> None:
    """One line for each run, where somebody waits for it."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
