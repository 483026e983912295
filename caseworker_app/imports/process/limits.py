"""How much memory and time the reading of strangers' files may take, and why so much.

Together they keep a promise: whatever a file holds, it is read rightly or given up with one
sentence within ten seconds and 1 GiB, the reading process and the one that waits for it together.
"""

from __future__ import annotations

MEMORY = 768 << 20
"""Bytes the reading process may ask for. An honest tracker of 50,000 rows takes 210 MiB of it; the
process that waits keeps the rest of the gibibyte for itself and for what it is told."""

SECONDS = 4.0
"""Seconds of work to open and understand one file, counted by the processor where the system tells;
an honest tracker of 10,000 rows takes two. What is left of ten is for starting, for ending what has
to be given up, and for a slower computer."""

SLOWEST = 10.0
"""How many times as long it may take by the clock on the wall, on a computer that is busy. What
has waited so long without working hangs."""

SECONDS_A_FILE = 1.0
"""Seconds more for every further file that is read together with the first."""

MOST_FILES = 20
"""Files that earn time; a SEN2 return has a dozen."""

SECONDS_A_ROW = 0.0008
"""Seconds more for every row that holds something, each of the two times it is gone through: three
times what it takes. A file is given no more of them than it has bytes for, see `BYTES_A_ROW`."""

BYTES_A_ROW = 60
"""A row of a tracker takes some ninety bytes in a packed workbook and more as text. What claims
more rows than its bytes can hold repeats itself, and earns no time by those."""

LEAST_A_ROW = 12
"""Bytes below which a row is a copy of others: one of a name and two dates takes three times as
many. A file of such rows earns no time at all; before, one of 160 KB earned as much again."""

SECONDS_TO_START = 60.0
"""Seconds for the process to start, on a slow disk with a virus scanner. No file is open yet."""

SECONDS_FOR_A_PIECE = 8.0
"""Seconds for the next piece of a file to come from a disk or a network that has fallen asleep."""

LARGEST = 100_000_000
"""Bytes of a file that is opened at all; a tracker of a whole county is a tenth of it, and it is
read into memory whole."""

LARGEST_MAPPING = 1_000_000
"""Bytes of a mapping made by hand; one of every heading there is takes a hundredth."""

LARGEST_FRAME = 8 << 20
"""Bytes the reading process may say at once, so that what is taken apart is never much."""

LARGEST_ANSWER = 64 << 20
"""Bytes the reading process may say in all; 50,000 children take half of it."""
