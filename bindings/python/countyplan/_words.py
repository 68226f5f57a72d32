"""How are the members of an enumeration called?"""

from __future__ import annotations

import enum


class Word(enum.StrEnum):
    """A name of the files (CSV, JSON) that is also a text: ``Role.teacher == "teacher"``."""

    def __new__(cls, name: str, zh: str, en: str) -> Word:
        member = str.__new__(cls, name)
        member._value_ = name
        member._texts = {"zh": zh, "en": en}
        return member

    def text(self, language: str = "en") -> str:
        """The word for people, in ``"zh"`` or ``"en"``."""
        return self._texts[language]
