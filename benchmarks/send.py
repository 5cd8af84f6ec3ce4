"""What a sent message costs: newsroom, bare loops and peers to the same sink, in one run.

    .venv/bin/python -m benchmarks.send [--peers DIR] [--quick] [--only WORDS] [--json FILE]

Every message is a letter of 65 KB, and the sink is Postfix's own test server on this machine, which
`smtp-source` keeps as busy as it can be. newsroom sends by `issue send`, over its real ledger, with
every commit on the disk; its rate is read from that ledger. The others are told their readers in
memory. The order changes from round to round: compare the ratios, not the seconds.
"""

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from benchmarks.process import ToolFailedError
from benchmarks.sending.machine import state_of
from benchmarks.sending.rows import Bench, Row, Sizes, rows
from benchmarks.sending.sink import NoSinkError, far_away, sink
from benchmarks.sending.tally import Tally, as_json, lines

_FAR = 20.0  # milliseconds to a relay and back, where it is far away
_QUICKLY = {"rounds": 1, "messages": 1_000, "many": 1_000, "frozen": 5_000, "minutes": 6.0}


def main() -> None:
    """Print the table, then each target and whether it is reached."""
    options = read_options()
    tally = Tally()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, suppress(KeyboardInterrupt):
        try:
            with sink() as port, far_away(port, _FAR) as far:
                sizes = Sizes(options.messages, options.many, options.frozen)
                tally.notes["before"] = state_of(Path(folder))
                run(Bench(Path(folder), port, far, sizes), tally, options)
                tally.notes["after"] = state_of(Path(folder))
        except NoSinkError as fault:
            sys.exit(str(fault))
    print("\n".join(lines(tally)))
    if options.json:
        options.json.write_text(json.dumps(as_json(tally), indent=1) + "\n", encoding="utf-8")


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line; `--quick` stands for a few smaller values."""
    parser = argparse.ArgumentParser(description="What a sent message costs, side by side.")
    parser.add_argument(
        "--peers", type=Path, action="append", default=[], help="an environment with other senders"
    )
    parser.add_argument("--messages", type=int, default=5_000, help="in each run")
    parser.add_argument("--many", type=int, default=10_000, help="and ten times that: memory")
    parser.add_argument("--frozen", type=int, default=100_000, help="readers, and ten times that")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=25, help="no run begins after that")
    parser.add_argument("--only", default="", help="senders with one of these words: sqlite,source")
    parser.add_argument("--quick", action="store_true", help="1,000 messages, one round")
    parser.add_argument("--json", type=Path, help="a file for every figure")
    options = parser.parse_args(arguments)
    if not options.quick:
        return options
    parser.set_defaults(**_QUICKLY)  # what is written beside it still holds
    return parser.parse_args(arguments)


def run(bench: Bench, tally: Tally, options: argparse.Namespace) -> None:
    """Every sender in every round, until the time is up; each round begins with another."""
    ends = monotonic() + 60 * options.minutes
    chosen = [row for row in rows(bench, options.peers) if is_wanted(row, options.only)]
    for round_ in range(options.rounds):
        first = round_ % max(1, len(chosen))
        for row in (*chosen[first:], *chosen[:first]):
            if monotonic() > ends:
                tally.notes[row.name] = "left out: the time was up"
            elif not (round_ and row.once):
                measure(row, tally)


def is_wanted(row: Row, words: str) -> bool:
    """Whether a row's name holds one of the words; all do when there are none."""
    return any(word.strip().casefold() in row.name.casefold() for word in words.split(","))


def measure(row: Row, tally: Tally) -> None:
    """One run; one that fails is told of, and the others go on."""
    try:
        figure = row.run()
    except ToolFailedError as fault:
        tally.notes[row.name] = f"failed: {fault}"
        return
    tally.add(row.name, figure)
    print(f"{row.name:<40}{figure.rate:10.0f} a second", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
