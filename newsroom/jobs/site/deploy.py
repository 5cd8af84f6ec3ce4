"""Bring the built site to where it is read."""

import shlex
import subprocess
from pathlib import Path

from newsroom.errors import OutsideError
from newsroom.model import Deploy
from newsroom.model.refusal import why
from newsroom.model.saying import Saying, say

_TIME = 600  # seconds: an upload that takes longer hangs


def deploy(target: Deploy, root: Path) -> None:
    """Run the deploy command of site.yaml in the newsroom's folder; a folder needs none.

    The command is split as a shell would, but no shell runs it. Raises OutsideError with its last
    words when it fails.
    """
    if target.kind != "command":
        return
    try:
        done = subprocess.run(  # noqa: S603 (the operator's own command, without a shell)
            shlex.split(target.target),
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
            timeout=_TIME,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise OutsideError(
            say(
                'deploy: "{target}": {why}; mend it in site.yaml',
                target=target.target,
                why=_why(error),
            )
        ) from error
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or [say("it said nothing")]
        raise OutsideError(
            say(
                'deploy: "{target}" ended with {status}: {said}; mend it in site.yaml',
                target=target.target,
                status=done.returncode,
                said=last[0],
            )
        )


def _why(error: OSError | ValueError | subprocess.TimeoutExpired) -> Saying:
    """Why a command could not be run to its end."""
    match error:
        case subprocess.TimeoutExpired():
            return say("it took longer than {minutes} minutes", minutes=_TIME // 60)
        case FileNotFoundError():
            return say("there is no program {name} on this machine", name=error.filename)
        case OSError():
            return say("{name}: {why}", name=error.filename, why=why(error))
    return say("a quotation mark is not closed")  # all that shlex has against a text
