# Runs a script of this folder so that whatever goes wrong is told in one line, never as a traceback.
import contextlib
import importlib
import os
import sys


class Problem(Exception):
    """What a user can mend: the problem (why it is one); what to do. `code`: what the script ends with, as truce does."""

    def __init__(self, text, code=2):
        super().__init__(text)
        self.code = code


def require(script, *libraries):
    """Ends the script where this python3 cannot import what it needs."""
    missing = []
    for name in libraries:
        try:
            importlib.import_module(name)
        except ImportError:
            missing.append(name)
    if missing:
        packages = " ".join(f"python3-{name}" for name in missing)
        print(f"{script}: {sys.executable} has no {' and no '.join(missing)} (the script needs it); "
              f"install {packages} with apt-get, or use /usr/bin/python3 if this is another python3", file=sys.stderr)
        sys.exit(2)


@contextlib.contextmanager
def reading(path):
    """Turns what a damaged file makes the libraries raise into a Problem."""
    try:
        yield
    except (OSError, ValueError, KeyError, IndexError, RuntimeError) as error:
        raise Problem(f"{path} cannot be read to the end ({error}); check it with `truce verify`", code=7) from error


def forget_output():
    """Python flushes once more when it ends: what is left must go where nobody complains."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(script, work):
    """Does the work, ends with the code of a Problem; a reader of the output that has seen enough (`| head`) is none."""
    try:
        sys.stdout.reconfigure(errors="replace")
        try:
            work()
        finally:
            sys.stdout.flush()  # after --help, too, which ends the script
    except Problem as problem:
        print(f"{script}: {problem}", file=sys.stderr)
        sys.exit(problem.code)
    except BrokenPipeError:
        forget_output()
    except OSError as error:
        if error.filename is not None:  # of a file: a defect of the script, which should have said it
            raise
        forget_output()
        print(f"{script}: standard output cannot be written ({error.strerror or error}); free space, or send it elsewhere",
              file=sys.stderr)
        sys.exit(6)
