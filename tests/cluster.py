"""A Dask scheduler with two workers on this machine's loopback, for tests: `make cluster`. Ends by itself."""

import argparse
import os
import signal
import sys
import time  # noqa: TID251 - a server ends after a while
from collections.abc import Iterator
from contextlib import contextmanager, suppress

HOST = "127.0.0.1"


@contextmanager
def cluster(port: int = 0, workers: int = 2) -> Iterator[str]:
    """The address of a scheduler with workers of one thread each, in processes of their own."""
    import dask
    from distributed import LocalCluster

    quiet = {"distributed.worker.memory.terminate": False, "distributed.admin.log-format": "%(message)s"}
    with (
        dask.config.set(quiet),
        LocalCluster(
            n_workers=workers, threads_per_worker=1, host=HOST, scheduler_port=port, dashboard_address=None,
            worker_dashboard_address=None, silence_logs=50,
        ) as local,
    ):  # fmt: skip
        yield local.scheduler_address


def main() -> None:
    """Start, say the address, wait for Ctrl-C or the end of the bound."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, default=8786)
    asked.add_argument("--seconds", type=int, default=1800, help="end after so long")
    given = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with suppress(KeyboardInterrupt), cluster(given.port) as address:
        print(f"{address}: two workers, for {given.seconds} s or until Ctrl-C (process {os.getpid()})", flush=True)
        time.sleep(given.seconds)


if __name__ == "__main__":
    main()
