"""`python -m caseworker_app`, and where the stand-alone program starts."""

import sys

from caseworker_app.imports.process import ARGUMENT

if __name__ == "__main__":
    if sys.argv[1:] == [ARGUMENT]:
        from caseworker_app.imports.process.child import main
    else:
        from caseworker_app.bootstrap import main
    sys.exit(main())
