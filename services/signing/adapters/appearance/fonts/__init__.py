"""Typefaces that ship with vanban, so that a page never depends on what a machine has installed.

Tinos has the metrics of Times New Roman, the face Decree 30/2020 prescribes, and every letter of
Vietnamese. The four files are unchanged copies; their licence is in ``LICENSE.md``.
"""

from pathlib import Path

FACES = ("Regular", "Bold", "Italic", "BoldItalic")


def font_file(face: str) -> Path:
    """Path of the TrueType file of a face of Tinos, one of ``FACES``."""
    if face not in FACES:
        raise ValueError(f"no such face of Tinos: {face}")
    return Path(__file__).with_name(f"Tinos-{face}.ttf")
