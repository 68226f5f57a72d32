"""What is raised when data are wrong. The system's refusals are plain OSErrors, such as FileNotFoundError."""

from __future__ import annotations

from ._values import Finding, Message

_shown = 100


class InvalidPlan(ValueError):
    """The data of a plan, or of a result's files, are wrong. ``findings`` has all that was found."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = list(findings)
        errors = [finding for finding in self.findings if finding.severity == "error"]
        lines = [finding.text("en") for finding in errors[:_shown]]
        if len(errors) > _shown:
            lines.append(f"... and {len(errors) - _shown} more")
        super().__init__("\n".join([f"{len(errors)} error(s)", *lines]))

    def __reduce__(self):
        return type(self), (self.findings,)


class InvalidProblem(ValueError):
    """An option, or a solver's input, is out of range; ``place`` names it."""

    def __init__(self, message: Message, place: str) -> None:
        super().__init__(f"{place}: {message.en}")
        self.message = message
        self.place = place

    def __reduce__(self):
        return type(self), (self.message, self.place)


class InvalidMeasure(ValueError):
    """What a factor returned is no number from 0 to 1000 with an uncertainty of 0 or more, or its weight is not from
    0 to 10^6 (``expert`` and ``post`` are empty then); or what a tier returned is not from -10^9 to 10^9."""

    def __init__(self, factor: str, expert: str, post: str) -> None:
        what = f"the value for {expert} at {post}" if expert else "the weight"
        super().__init__(f"factor {factor!r}: {what} is out of range")
        self.factor = factor
        self.expert = expert
        self.post = post

    def __reduce__(self):
        return type(self), (self.factor, self.expert, self.post)


class RefusedInput(ValueError):
    """A file that cannot be read at all: too large, no snapshot, damaged. ``offset`` is in bytes."""

    def __init__(self, message: Message, remedy: Message, value: str, offset: int, pointer: str) -> None:
        super().__init__("; ".join(part.en for part in (message, remedy) if part))
        self.message = message
        self.remedy = remedy
        self.value = value
        self.offset = offset
        self.pointer = pointer

    def __reduce__(self):
        return type(self), (self.message, self.remedy, self.value, self.offset, self.pointer)


class RefusedEdit(ValueError):
    """An edit of a live schedule that cannot be. ``tasks``: the cycle that it would close, the chain that breaks a
    mandatory date, or nothing."""

    def __init__(self, message: Message, tasks: tuple[str, ...]) -> None:
        super().__init__(message.en)
        self.message = message
        self.tasks = tasks

    def __reduce__(self):
        return type(self), (self.message, self.tasks)
