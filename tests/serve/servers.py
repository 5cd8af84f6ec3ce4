"""The servers that can stand in front of a newsroom, each started with the file from `serve/`."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.processes import PATIENCE, REPOSITORY, environment

HOST = "nyheter.example.se"
_MODULES = (  # of Debian's Apache; those that serve/apache.conf names, and those always there
    *("mpm_event", "authz_core", "mime", "dir", "alias", "setenvif", "filter"),
    *("deflate", "headers", "proxy", "proxy_http", "rewrite"),
)


@contextmanager
def newsroom(folder: Path, port: int) -> Iterator[None]:
    """`newsroom run --only web` on the newsroom in a folder."""
    command = [sys.executable, "-m", "newsroom", "--root", str(folder), "run", "--only", "web"]
    with _running([*command, "--port", str(port)], folder, port):
        yield


@contextmanager
def nginx(folder: Path, public: Path, port: int, forms: int) -> Iterator[None]:
    """nginx, with the file from `serve/`."""
    site = _ours("nginx.conf", public, forms)
    site = site.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("listen [::]:80;", "")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{site}}}\n"
    )
    rules = str(folder / "nginx.conf")
    command = ["nginx", "-p", str(folder), "-c", rules, "-e", "stderr", "-g", "daemon off;"]
    with _running(command, folder, port):
        yield


@contextmanager
def apache(folder: Path, public: Path, port: int, forms: int) -> Iterator[None]:
    """Apache httpd, with the file from `serve/`."""
    modules = Path("/usr/lib/apache2/modules")
    site = _ours("apache.conf", public, forms).replace("*:80", f"127.0.0.1:{port}")
    lines = [
        *(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in _MODULES),
        *(f"ServerRoot {folder}", f"PidFile {folder}/pid", f"DefaultRuntimeDir {folder}"),
        *(f"Listen 127.0.0.1:{port}", f"ServerName {HOST}", "ErrorLog /dev/stderr"),
        *("User #65534", "Group #65534", "TypesConfig /etc/mime.types", "TraceEnable off"),
        site,
    ]
    (folder / "httpd.conf").write_text("\n".join(lines))
    with _running(["apache2", "-f", str(folder / "httpd.conf"), "-DFOREGROUND"], folder, port):
        yield


@contextmanager
def caddy(folder: Path, public: Path, port: int, forms: int) -> Iterator[None]:
    """Caddy, with the file from `serve/`."""
    site = _ours("Caddyfile", public, forms).replace(f"\n{HOST} {{", f"\nhttp://{HOST}:{port} {{")
    options = f"{{\n\tadmin off\n\tauto_https off\n\tstorage file_system {folder}\n}}\n"
    (folder / "Caddyfile").write_text(options + site)
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with _running(command, folder, port):
        yield


# Each with the program that it needs.
SERVERS = {"nginx": (nginx, "nginx"), "apache": (apache, "apache2"), "caddy": (caddy, "caddy")}


def is_missing(program: str) -> bool:
    """Whether a program is not on this machine."""
    return shutil.which(program, path=_path()) is None


def _ours(name: str, public: Path, forms: int) -> str:
    """A file from `serve/` with its three places written in."""
    text = (REPOSITORY / "serve" / name).read_text(encoding="utf-8")
    return text.replace("/srv/nyheter/public", str(public)).replace(
        "127.0.0.1:8000", f"127.0.0.1:{forms}"
    )


def _path() -> str:
    return f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"  # not everybody's path has it


@contextmanager
def _running(command: Sequence[str], folder: Path, port: int) -> Iterator[None]:
    """A program that serves the port as long as the context lasts; what it says is in its log."""
    log = folder / "log"
    own = environment({"PATH": _path(), "HOME": str(folder)})
    with (
        log.open("w") as lines,
        subprocess.Popen(command, env=own, stdout=lines, stderr=lines) as process,
    ):
        try:
            _wait_for(process, port, log)
            yield
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait_for(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not _answers(port):
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < end, "the server does not answer"
        time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", headers={"Host": HOST}).status_code > 0
    except httpx.TransportError:
        return False
