"""The notify protocol of systemd: ready, stopping."""

import socket
from collections.abc import Mapping

READY, STOPPING = "READY=1", "STOPPING=1"


def tell_service_manager(state: str, environ: Mapping[str, str]) -> bool:
    """Tell whoever started this service how it is; false when nobody wants to know (sd_notify(3)).

    Raises OSError when the one who asked for it cannot be reached.
    """
    place = environ.get("NOTIFY_SOCKET", "")
    if not place.startswith(("/", "@")) or not hasattr(socket, "AF_UNIX"):
        return False
    address = f"\0{place[1:]}" if place.startswith("@") else place  # Linux's own name space
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.connect(address)
        manager.sendall(state.encode())
    return True
