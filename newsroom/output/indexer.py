"""Pagefind at work: a process that is told of pages, and asked for the indexes made of them."""

import json
import os
import select
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from fnmatch import filter as matching
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import IO, Any, Literal, Self, cast

from newsroom.errors import OutsideError
from newsroom.model.refusal import why
from newsroom.model.saying import say

_READ = 1 << 20  # bytes
_ENDING = 5  # seconds that one who hung up has to be gone
# It does one thing after the other, and with more threads these only wait for each other.
_ENVIRONMENT = {"TOKIO_WORKER_THREADS": "1"}


class Indexer:
    """One running Pagefind. It ends with the `with` block, and when this process is gone.

    Each message, to it and from it, is JSON in base64 with a comma after it. It takes in all that
    it is told while it works, and answers in turn: so it can be told of the next index before it
    is asked for the one before.
    """

    def __init__(self, program: Path, patience: float) -> None:
        """`patience` is the seconds it has for an index. Raises OutsideError when it won't start.

        It is started where it finds no settings of somebody else's.
        """
        self._patience = patience
        self._begun = 0
        self._heard = bytearray()
        try:
            self._process = subprocess.Popen(  # noqa: S603 (a program that was installed beside us)
                [str(program), "--service"],
                cwd=program.parent,
                env=_ENVIRONMENT,
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as fault:
            raise OutsideError(
                say("Pagefind could not be started: {why}", why=why(fault))
            ) from fault

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()
        with self._process:  # which closes the pipes, and waits
            pass

    def begin(self, pages: Mapping[str, bytes]) -> None:
        """Tell it of pages, by their addresses, that are to be an index, in this order.

        Raises OutsideError when it does not listen.
        """
        index = {"index_id": self._begun}  # it counts them too
        self._begun += 1
        added = (
            {"file_path": f"{address}index.html", "file_contents": page.decode(errors="replace")}
            for address, page in pages.items()
        )
        self._tell(
            [
                {"type": "NewIndex"},
                *({"type": "AddFile", **index, **page} for page in added),
                {"type": "GetFiles", **index},
                {"type": "DeleteIndex", **index},  # from its memory
            ]
        )

    def files(self, patterns: Collection[str]) -> dict[str, bytes]:
        """The files, by their names, of the first index that was begun and not yet asked for.

        Those whose names match one of the patterns: it offers many more.

        Raises OutsideError when it makes none: it refuses, hangs, dies or speaks of something else.
        """
        ends = monotonic() + self._patience
        try:
            while (answer := self._answer(ends))["type"] != "GetFiles":
                if answer["type"] == "Error":
                    raise OutsideError(
                        say("Pagefind refused the pages: {said}", said=answer["message"])
                    )
            offered = {file["path"]: file["content"] for file in answer["files"]}
            names = [name for pattern in patterns for name in matching(offered, pattern)]
            return {name: b64decode(offered[name]) for name in names}
        except (ValueError, LookupError, TypeError) as fault:
            raise OutsideError(say("Pagefind made no index")) from fault

    def _tell(self, payloads: Iterable[Mapping[str, object]]) -> None:
        ends = monotonic() + self._patience
        messages = (json.dumps({"message_id": 0, "payload": payload}) for payload in payloads)
        left = memoryview(b"".join(b64encode(message.encode()) + b"," for message in messages))
        listening = self._pipe("stdin").fileno()
        os.set_blocking(listening, False)
        while left:
            self._await(listening, select.POLLOUT, ends)
            try:
                left = left[os.write(listening, left) :]
            except BrokenPipeError as fault:
                raise self._gone() from fault

    def _answer(self, ends: float) -> dict[str, Any]:
        """What is in its next message."""
        speaking = self._pipe("stdout").fileno()
        while (end := self._heard.find(b",")) < 0:
            self._await(speaking, select.POLLIN, ends)
            come = os.read(speaking, _READ)
            if not come:
                raise self._gone()
            self._heard += come
        message = self._heard[:end]
        del self._heard[: end + 1]
        answer: dict[str, Any] = json.loads(b64decode(message, validate=True))["payload"]
        return answer

    def _await(self, pipe: int, event: int, ends: float) -> None:
        ready = select.poll()
        ready.register(pipe, event)
        left = ends - monotonic()
        if left <= 0 or not ready.poll(left * 1000):  # one that talks without end is late as well
            raise OutsideError(
                say("Pagefind took longer than {patience:g} seconds", patience=self._patience)
            )

    def _gone(self) -> OutsideError:
        """What is to be said of one that hung up."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING)
        status = self._process.returncode
        if not status:
            return OutsideError(say("Pagefind made no index"))
        complaint = self._pipe("stderr")
        os.set_blocking(complaint.fileno(), False)  # one of its children might have it open
        said = (complaint.read() or b"").decode(errors="replace").strip().partition("\n")[0]
        return OutsideError(
            say("Pagefind ended with status {returncode}: {said}", returncode=status, said=said)
        )

    def _pipe(self, name: Literal["stdin", "stdout", "stderr"]) -> IO[bytes]:
        return cast("IO[bytes]", getattr(self._process, name))
