"""The report on paper: a PDF in Vietnamese and English side by side, for people and for courts."""
