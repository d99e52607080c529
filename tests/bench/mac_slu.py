"""``python -m tests.bench.mac_slu``: the part of the understanding benchmark over MAC-SLU."""

from tests.bench.understanding import main

if __name__ == "__main__":
    main()
