"""A terminal in a newsroom: the commands as a person types them, run in the test's own process."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner

from newsroom.cli.commands import newsroom
from tests.processes import Said


@dataclass(slots=True)
class Terminal:
    """Where commands are typed: in one newsroom, with one place for its mail."""

    root: Path
    mail: str = "folder:var/outgoing"
    environ: Mapping[str, str | None] = field(default_factory=dict)  # over that; None: not set

    def __call__(self, *arguments: str, answer: str | None = None) -> Said:
        """What `newsroom --root ROOT …` says; `answer` is typed when it asks."""
        others = dict.fromkeys(name for name in os.environ if name.startswith("NEWSROOM_"))
        environ = {**others, "NEWSROOM_MAIL": self.mail, **self.environ}
        result = CliRunner(env=environ).invoke(
            newsroom, ["--root", str(self.root), *arguments], input=answer, prog_name="newsroom"
        )
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    def do(self, *arguments: str) -> Said:
        """The same for a command that has to go well."""
        said = self(*arguments)
        assert said.status == 0, (arguments, said)
        return said
