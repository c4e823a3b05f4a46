"""`python -m infra.axis <folder> <port>`: until SIGTERM, controlled with `VANBAN_AXIS_TOKEN`."""

import os
import signal
import sys
import threading
from pathlib import Path

from infra.axis.door import Axis


def main() -> None:
    """Serve until asked to stop."""
    axis = Axis(Path(sys.argv[1]), os.environ["VANBAN_AXIS_TOKEN"], int(sys.argv[2]))

    def stop(number: int, frame: object) -> None:
        threading.Thread(target=axis.shutdown).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    print(f"axis at {axis.url}", flush=True)
    axis.serve_forever(poll_interval=0.2)


if __name__ == "__main__":
    main()
