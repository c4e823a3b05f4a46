"""The ancestor of every refusal of a signing act, readable in two languages."""

from typing import ClassVar


class SigningRefused(Exception):
    """A signing act is refused; ``code`` is stable, ``data`` (plain types) says about what.

    ``vi`` and ``en`` are sentences for people, templates over ``data``.
    """

    code: ClassVar[str] = "SIGNING_REFUSED"
    vi: ClassVar[str] = "Không ký được."
    en: ClassVar[str] = "It cannot be signed."

    def __init__(self, **data: str | int | float) -> None:
        self.data = data
        super().__init__(f"{self.code}: {self.message('en')}")

    def message(self, language: str = "vi") -> str:
        """The sentence for a person; ``language`` is ``vi`` or ``en``; missing data show as ?."""
        template = self.en if language == "en" else self.vi
        return template.format_map(_Told(self.data))


class _Told(dict[str, str | int | float]):
    def __missing__(self, key: str) -> str:
        return "?"
