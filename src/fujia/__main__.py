"""``python -m fujia`` and the ``fujia`` command: every way out is an exit status."""

import io
import os
import sys
from collections.abc import Sequence

from fujia.errors import FujiaError, InputError, MissingExtra

INTERRUPTED = 130


def main() -> None:
    """Run the command line on the process's arguments and end the process."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit status.

    0 for success, 1 where something failed, 2 for input that cannot be used, 130 when interrupted.
    No traceback reaches a user: a defect is one sentence here and an entry in the log.
    """
    _speak_utf8()
    try:
        from fujia.cli import app  # here, so that even a broken installation gets a sentence

        app(args=list(arguments))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except FujiaError as error:
        return _complain(str(error), 2 if isinstance(error, (InputError, MissingExtra)) else 1)
    except BrokenPipeError:
        # The reader has gone; without this the interpreter complains once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # a full disk behind standard output, say
        return _complain(f"{error.filename or 'output'}: {error.strerror}", 1)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # the last line of defence
        from fujia.logs import log_defect

        log_defect(error)
        return _complain(f"something went wrong inside ({type(error).__name__}); see the log", 1)
    return 0


def _complain(sentence: str, status: int) -> int:
    print(f"fujia: {sentence}", file=sys.stderr)
    return status


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the locale says; bytes that are none become U+FFFD."""
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


if __name__ == "__main__":
    main()
