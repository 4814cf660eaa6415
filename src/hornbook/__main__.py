"""`python -m hornbook` is the `hornbook` command."""

from hornbook.cli import main

if __name__ == "__main__":
    main()
