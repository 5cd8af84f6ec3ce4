"""Bring the built site to where it is read."""

import shlex
import subprocess
from pathlib import Path

from newsroom.errors import OutsideError
from newsroom.model import Deploy
from newsroom.model.saying import say

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
                'deploy: "{target}": {error}; mend it in site.yaml',
                target=target.target,
                error=error,
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
