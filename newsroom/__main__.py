"""`python -m newsroom` is the same as `newsroom`."""

from newsroom.cli import main

if __name__ == "__main__":
    main()
