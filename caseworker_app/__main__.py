"""`python -m caseworker_app`, and where the stand-alone program starts."""

import sys

from caseworker_app.bootstrap import main

if __name__ == "__main__":
    sys.exit(main())
