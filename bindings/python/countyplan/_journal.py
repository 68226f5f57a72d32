"""The journal of a sweep (docs/format.md): a line per row, safe against a kill at any byte."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import threading
import uuid
import zlib
from collections.abc import Iterable
from typing import Any

from ._errors import RefusedInput
from ._points import Point
from ._values import Message

_namespace = uuid.UUID("6f1d5b0a-3c7e-4b52-9a41-8e27d066f319")
_between_syncs = 0.5  # seconds
_damaged = Message(
    "journal_damaged",
    "进度日志中有一行已损坏，其后还有内容",
    "a line of the journal is damaged, and there is more behind it",
)
_remedy = Message(
    "journal_remedy",
    "删去该行及其后的内容，再运行一次",
    "cut that line off and what follows, then run it again",
)

End = tuple[str, dict[str, Any]]


def canonical(value: Any) -> str:
    """JSON in one way only: names in order, no blanks, text as it is; ValueError for NaN and infinities."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def fingerprint(parts: Iterable[bytes]) -> str:
    """The name-based UUID (version 5, RFC 4122) of all parts together, without dashes."""
    sum_ = hashlib.sha1(_namespace.bytes, usedforsecurity=False)
    for part in parts:
        sum_.update(part)
    return uuid.UUID(bytes=sum_.digest()[:16], version=5).hex


def point_key(parameters: dict[str, Any], seed: int, source: str, version: str) -> str:
    """The name of a row: 32 hexadecimal digits."""
    named = canonical({"input": source, "point": parameters, "seed": seed, "version": version})
    return fingerprint([named.encode("utf-8")])


def line_of(point: Point, kind: str, values: dict[str, Any]) -> bytes:
    body = canonical({"key": point.key, "point": point.parameters, "seed": point.seed, kind: values})
    return f'{body[:-1]},"sum":"{zlib.crc32(body.encode("utf-8")):08x}"}}\n'.encode()


def end_of(line: bytes) -> tuple[str, End] | None:
    """The key and the end that a line tells; None where it is torn or damaged."""
    body, mark, rest = line.rpartition(b',"sum":"')
    if not mark or rest[8:] not in (b'"}', b'"}\n') or rest[:8] != b"%08x" % zlib.crc32(body + b"}"):
        return None
    told = json.loads(body + b"}")
    kind = "row" if "row" in told else "error"
    is_whole = set(told) == {"key", "point", "seed", kind} and isinstance(told[kind], dict)
    return (told["key"], (kind, told[kind])) if is_whole else None


class Journal:
    """The rows of a file and the end of it, where more are written. Without a path: no rows, and nothing is written.

    A damaged line other than the last one is refused; a last line that is torn is cut off.
    """

    def __init__(self, path: str | os.PathLike[str] | None) -> None:
        self.found: dict[str, End] = {}
        self._file: int | None = None
        if path is None:
            return
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            self._lock(path)
            self._read()
        except BaseException:
            os.close(self._file)
            raise
        self._dirty = False
        self._ending = threading.Event()
        self._failure: OSError | None = None
        self._syncer = threading.Thread(target=self._sync_now_and_then, name="countyplan journal", daemon=True)
        self._syncer.start()

    def _lock(self, path: Any) -> None:
        """Not inherited by workers, unlike flock: a worker that outlives its sweep must not keep the journal."""
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EAGAIN):
                raise BlockingIOError(error.errno, "another process writes this journal", os.fspath(path)) from None
            raise

    def _read(self) -> None:
        offset = 0
        with open(self._file, "rb", closefd=False) as lines:  # another descriptor's end would free the lock
            for line in lines:
                end = end_of(line) if line.endswith(b"\n") else None
                if end is None:
                    if lines.read(1):
                        raise RefusedInput(_damaged, _remedy, "", offset, "")
                    break
                self.found[end[0]] = end[1]
                offset += len(line)
        os.ftruncate(self._file, offset)
        os.lseek(self._file, offset, os.SEEK_SET)

    def write(self, point: Point, kind: str, values: dict[str, Any]) -> None:
        """One more line, at once in the system's hands, within half a second on the disk."""
        if self._file is None:
            return
        if self._failure is not None:
            raise self._failure
        line = line_of(point, kind, values)
        while line:
            line = line[os.write(self._file, line) :]
        self._dirty = True

    def _sync_now_and_then(self) -> None:
        while not self._ending.wait(_between_syncs):
            if self._dirty:
                self._dirty = False
                try:
                    os.fsync(self._file)
                except OSError as error:
                    self._failure = error
                    return

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is None:
            return
        self._ending.set()
        self._syncer.join()
        try:
            os.fsync(self._file)
        finally:
            os.close(self._file)
            self._file = None
