"""Entry point. Kept readable by any Python 3, so that an old one answers with a sentence."""

import sys

from tools import interpreter

if __name__ == "__main__":
    interpreter.require_supported()
    from tools import cli

    sys.exit(cli.main(sys.argv[1:]))
