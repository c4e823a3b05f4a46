"""The machine's own time stamping authority, asked within the process."""

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from infra.local.stamps import TimeAuthority
from services.signing.adapters.timestamps.remote import RemoteTimeAuthority

NOBODY = RemoteTimeAuthority("http://127.0.0.1:1/tsa", 1, first_pause=0.01)
"""Where no authority listens."""


class InProcess(TimeStamper):
    """Asks an authority without a network; `wrong` is what it is to do wrongly."""

    def __init__(self, authority: TimeAuthority, wrong: str = "") -> None:
        super().__init__()
        self.authority, self._wrong = authority, wrong

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(self.authority.answer(req.dump(), self._wrong))
