"""What tracking alone must be told."""

from __future__ import annotations

from pathlib import Path

from services.kernel.settings import Settings


class TrackingSettings(Settings, frozen=True, kw_only=True):
    """`axis_url` is where the exchange axis answers (`http://host:port`); empty is none.

    `axis_boxes_file` names the agencies whose boxes at the axis are ours (see `adapters.Boxes`).
    The axis is asked for news every `axis_poll_seconds`.
    """

    axis_url: str = ""
    axis_boxes_file: Path | None = None
    axis_poll_seconds: float = 5.0
