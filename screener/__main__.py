"""`python -m screener`."""

from screener.cli import start

if __name__ == "__main__":
    start()
