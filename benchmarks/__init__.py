"""Side-by-side measurements of speed; one command: `python -m training benchmark`."""
