"""``python -m tests.bench``: every benchmark."""

from tests.bench.run import main

if __name__ == "__main__":
    main()
