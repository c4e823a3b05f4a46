"""The smallest process a house can keep: ready at once on its health port, or ending at once.

Run as `python -m tests.local.door`; with the argument `broken` it ends with a word of complaint.
"""

import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Health(BaseHTTPRequestHandler):
    """Always ready."""

    def do_GET(self) -> None:
        """200 to everything."""
        self.send_response(200)
        self.end_headers()


if __name__ == "__main__":
    if "broken" in sys.argv:
        sys.exit("the hinges are gone")
    HTTPServer(("127.0.0.1", int(os.environ["VANBAN_HEALTH_PORT"])), Health).serve_forever()
