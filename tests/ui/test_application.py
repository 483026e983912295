"""The start: what is loaded in which order."""

import subprocess
import sys

BEGINNING = """
import sys
from caseworker_app.domain.errors import Refused
from caseworker_app.ui.application import begin

before = "shiboken6.Shiboken" in sys.modules

def open_session(told):
    raise Refused(f"before: {before}, at the opening: {'shiboken6.Shiboken' in sys.modules}")

ahead = begin(open_session)
print(ahead.result())
ahead.pool.shutdown()
"""


def test_qts_binding_is_loaded_before_the_store_begins_to_open() -> None:
    """Loaded while another thread imports something, it ends the process now and then."""
    told = subprocess.run(
        [sys.executable, "-c", BEGINNING], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "before: False, at the opening: True"
