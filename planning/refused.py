"""What the operating system refuses, as a fault: where, what it says, what to do about it."""

import errno
from collections.abc import Generator
from contextlib import contextmanager

from roster.errors import Fault, InputError

_REMEDIES = {
    "room on the disk": ("ENOSPC", "EDQUOT", "EFBIG"),
    "a place that may be read and written": ("EACCES", "EPERM", "EROFS"),
    "fewer programs at a time, or more memory": ("ENOMEM", "EAGAIN", "EMFILE", "ENFILE"),
}
"""By remedy the names of the errors; a system may lack some."""


def refused(error: OSError, place: object = None) -> Fault:
    """The fault that an error of the system is. Without a place it is the file that the error names, if any."""
    number = errno.errorcode.get(error.errno or 0, "")
    remedy = next((said for said, names in _REMEDIES.items() if number in names), "another file or folder")
    return Fault(str(place or error.filename or "the system"), error.strerror or type(error).__name__, remedy)


@contextmanager
def refused_as_fault(place: object) -> Generator[None]:
    """What the system refuses while the block runs is an InputError about the place."""
    try:
        yield
    except OSError as error:
        raise InputError([refused(error, place)]) from error
