"""Whether a process or machine does its work: asked from outside, by whoever wants to know."""

from http.client import HTTPConnection, HTTPException

from infra.local.processes import LOOPBACK


def answers_ready(health_port: int, seconds: float = 2.0) -> bool:
    """Whether a process answers 200 to GET /readyz on its health port."""
    connection = HTTPConnection(LOOPBACK, health_port, timeout=seconds)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
