"""Opening and writing files so that a bad one is one clear sentence and a written one is whole."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gerdy.errors import FileUnreadable, OutputBlocked

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNATURES: Final = (
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"RIFF", "a sound or video file (RIFF)"),
    (b"ID3", "a sound file (MP3)"),
    (b"OggS", "a sound file (Ogg)"),
    (b"fLaC", "a sound file (FLAC)"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"version https://git-lfs", "a pointer to a file that Git LFS has not fetched"),
)
_SNIFF: Final = 4096


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    Raises
    ------
    FileUnreadable : missing, a folder, not permitted, or empty
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise FileUnreadable(f"{path.name}: there is no such file; expected a recording. Check the path.") from error
    except IsADirectoryError as error:
        raise FileUnreadable(
            f"{path.name} is a folder; expected one recording. Name a file, or use 'gerdy batch' for a folder."
        ) from error
    except OSError as error:
        raise FileUnreadable(
            f"{path.name} cannot be opened ({error.strerror}); expected a readable file. Check its permissions."
        ) from error
    if not content:
        raise FileUnreadable(f"{path.name} is empty (0 bytes); expected a recording. Export or copy it again.")
    return content


def as_text(content: bytes, path: Path, expected: str) -> str:
    """Return a text file's content with its line ends made equal.

    Parameters
    ----------
    expected : what it should be, for the message, for example ``a TRC marker file``

    Raises
    ------
    FileUnreadable : the content is not text
    """
    if looks_like(content) != "text":
        raise FileUnreadable(
            f"{path.name} is {looks_like(content)}; expected {expected}, which is text. "
            "Check the file's name, or export it again."
        )
    return content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")


def looks_like(content: bytes) -> str:
    """Say in words what the first bytes of a file are: a known kind, ``text`` or ``binary data``."""
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            return name
    head = content[:_SNIFF]
    printable = sum(32 <= byte < 127 or byte in b"\t\r\n" or byte >= 128 for byte in head)
    return "text" if b"\x00" not in head and printable >= 0.98 * len(head) else "binary data"


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` that takes its place only when the block succeeds.

    Raises
    ------
    OutputBlocked : the folder is missing or cannot be written, or the disk is full
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _blocked(path, error) from error
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise _blocked(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _blocked(path: Path, error: OSError) -> OutputBlocked:
    return OutputBlocked(
        f"{path} cannot be written ({error.strerror}); expected a folder that exists and may be written to. "
        "Choose another place with --out."
    )


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
