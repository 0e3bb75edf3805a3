"""How a command ends: its exit code, and what is said of what went wrong.

0 done; 1 the answer is no (hard breaches); 2 bad input or usage, or a file that cannot be read or written; 3 no answer
in the time given; 70 a fault of the program itself; 130 interrupted; 141 nobody reads the output any more.
"""

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress

import typer
from typer.exceptions import TyperException

from planning import show
from planning.catalogue import language, text
from planning.fault_words import in_chinese
from planning.refused import refused
from planning.solving import SolverError
from roster.errors import Fault, InputError

NO, BAD_INPUT, NO_ANSWER, CRASH, INTERRUPTED, UNREAD = 1, 2, 3, 70, 130, 141


def ended(command: Callable[[], int]) -> int:
    """Runs the command; its exit code, also where it does not end by itself."""
    try:
        code = command()
        sys.stdout.flush()
    except InputError as error:
        return _told(error.faults)
    except SolverError as error:
        show.say(str(error))
        return NO_ANSWER
    except TyperException as error:
        show.say(error.format_message())
        return BAD_INPUT
    except typer.Abort:
        return INTERRUPTED
    except (SystemExit, BrokenPipeError):  # typer makes the one of the other
        return _let_go(UNREAD)
    except OSError as error:
        return _let_go(_told([refused(error)]))
    except Exception:
        # 1 means hard breaches: whatever else goes wrong must not look like an answer
        traceback.print_exc()
        return CRASH
    return code


def _told(faults: Sequence[Fault]) -> int:
    """Says what is wrong."""
    show.say(text("input.faults", count=len(faults)))
    for fault in map(in_chinese, faults) if language() == "zh" else faults:
        show.say(f"  {fault}")
    return BAD_INPUT


def _let_go(code: int) -> int:
    """Hands what standard output did not take to nobody, so that the end of the process does not try once more."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
