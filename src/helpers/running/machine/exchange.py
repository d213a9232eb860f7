"""Put finished folders in the places of others, all at once: two steps of the file system with nothing between them.

Run as a program it does so in a process of its own, which whoever kills the run does not meet: so report and manifest are
of one run even where the kill falls between the two. It imports nothing of the suite, to start in a moment.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS
HERE = -100  # AT_FDCWD
NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV, errno.EPERM}


def switch(pairs: list[tuple[Path, Path]]) -> None:
    """Put each first folder in the place of the second; where that fails for one, those before it go back."""
    done: list[tuple[Path, Path]] = []
    for made, target in pairs:
        try:
            put_in_place(made, target)
        except OSError:
            for back in reversed(done):
                with suppress(OSError):
                    _go_back(*back)
            raise
        done.append((made, target))


def put_in_place(made: Path, target: Path) -> None:
    """Put a folder in the place of another; the old one is then where the new one was, or set aside.

    Where the file system can exchange two folders, no moment passes without one. Elsewhere the old folder is set aside
    first, and the next run brings it back should this one end just then.
    """
    if not target.exists():
        made.rename(target)
    elif not exchange(made, target):
        target.rename(name_aside(target))
        made.rename(target)


def _go_back(made: Path, target: Path) -> None:
    aside = name_aside(target)
    if made.exists():
        put_in_place(made, target)
    else:
        target.rename(made)
        if aside.exists():
            aside.rename(target)


def name_aside(target: Path) -> Path:
    """Name the place where an old folder waits while a new one takes its place."""
    return target.with_name(f".old-{target.name}")


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system or the file system cannot."""
    libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform.startswith("linux") and hasattr(libc, "renameat2"):
        failed = libc.renameat2(HERE, first, HERE, second, EXCHANGE)
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(first, second, EXCHANGE)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def main(given: list[str]) -> int:
    """Switch pairs of folders; a fault is told as its number and place."""
    try:
        switch([(Path(made), Path(target)) for made, target in zip(given[::2], given[1::2], strict=True)])
    except OSError as error:
        sys.stdout.buffer.write(f"{error.errno or errno.EIO}\n".encode() + os.fsencode(error.filename or ""))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
