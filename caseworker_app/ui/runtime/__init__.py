"""Work off the window's thread: jobs, what they came to, and what to do when one fails."""
