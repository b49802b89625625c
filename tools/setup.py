"""Set up ecvet into .venv from the hash-locked requirements; say clearly what is wrong when it cannot be done.

Written for any Python 3, so that an old one can say that it is too old. Usage: python3 tools/setup.py platform|dev
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin", "python")


def stop(what, remedy):
    sys.stderr.write("\nSetting up stopped: %s\n  -> %s\n" % (what, remedy))
    sys.exit(1)


def run(*command):
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.communicate()[0].decode("utf-8", "replace")
    return process.returncode, output


def make_environment():
    if os.path.exists(PYTHON):
        return
    code, output = run(sys.executable, "-m", "venv", VENV)
    if code:
        stop(
            "Python cannot create a virtual environment.",
            "On Debian and Ubuntu: apt install python3-venv; then run the command again.\n\n" + output[-800:],
        )


def install(which):
    lock = os.path.join(ROOT, "requirements", which + ".txt")
    with open(lock, "rb") as file, open(os.path.join(ROOT, "pyproject.toml"), "rb") as own:  # its commands, too
        wanted = hashlib.sha256(file.read() + own.read() + sys.version.encode()).hexdigest()
    mark = os.path.join(VENV, "installed-" + which)
    if os.path.exists(mark):
        with open(mark) as file:
            if file.read() == wanted:
                return
    print("Installing the packages of requirements/%s.txt into .venv ..." % which)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    # The lock is whole, so nothing is resolved again: an older pip takes a newer release for an extra than the one that
    # the lock names (coverage[toml]), and refuses it for having no hash.
    code, output = run(*(pip + ("--no-deps", "--require-hashes", "--requirement", lock)))
    if code and "hash" in output.lower() and "match" in output.lower():
        stop(
            "a package is not the one that requirements/%s.txt names." % which,
            "Do not go on: the package index may have been tampered with.\n\n" + output[-1200:],
        )
    if code:
        stop(
            "the packages could not be installed (no network, or no access to the package index?).",
            "Check the network, or name your own index in PIP_INDEX_URL, then run the command again.\n\n"
            + output[-1200:],
        )
    code, output = run(*(pip + ("--no-deps", "--no-build-isolation", "--editable", ROOT)))
    if code:
        stop("ecvet itself could not be installed.", "Please report this with the text below.\n\n" + output[-1200:])
    with open(mark, "w") as file:
        file.write(wanted)


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        stop(
            "ecvet needs Python 3.11 or newer; this is %d.%d (%s)." % (sys.version_info[:2] + (sys.executable,)),
            "Install a newer Python and name it, for example: make setup PYTHON=python3.13",
        )
    make_environment()
    install(sys.argv[1] if len(sys.argv) > 1 else "platform")
