"""Who works: processes of this machine, or a Dask cluster. Each worker is given the register, or the key, once."""

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import active_children, get_context, parent_process

from ecvet.cli.audit_files import Answers, Input
from ecvet.cli.progress import Progress
from ecvet.errors import EcvetError
from ecvet.population.streaming import Kept, keep


class WorkersLost(EcvetError):
    """The workers ended before the work did: killed, out of memory, or the cluster is gone."""

    code = "cli.audit.workers-lost"
    sentence = "The workers are gone: {why}."
    remedy = "Run the same command again: with --out it goes on where it stopped. Use fewer workers if memory is short."
    status = 503


class ClusterUnreachable(EcvetError):
    """No scheduler at the address, or none with a worker."""

    code = "cli.audit.cluster-unreachable"
    sentence = "There is no cluster to work on at {address}: {why}."
    remedy = "Start a Dask scheduler with workers that have ecvet installed (`make cluster` does so for tests)."
    status = 503


class ClusterNotInstalled(EcvetError):
    """The extra for clusters is not installed."""

    code = "cli.audit.cluster-not-installed"
    sentence = "Working on a cluster needs the package “{name}”."
    remedy = "Install it: pip install 'ecvet[cluster]'; or leave --cluster out and use the cores of this machine."
    status = 501


def work_off(source: Input, results: Answers, work: Callable[[Iterator[bytes], int], Iterator[bytes]]) -> None:
    """Write the results of all lines that have none yet; `work` is given them, and the number of the first."""
    progress = Progress(source.total, results.before)
    with source.lines(skip=results.before) as lines:
        for result in work(lines, results.before + 1):
            results.write(result)
            progress.step()
        progress.end()


@contextmanager
def open_workers(kept: Kept, number: int | None, cluster: str | None) -> Iterator[tuple[Executor, int]]:
    """An executor and how many workers it has. Raises `WorkersLost`, `ClusterUnreachable`, `ClusterNotInstalled`."""
    try:
        with _cluster(kept, cluster) if cluster else _pool(kept, number or os.cpu_count() or 1) as found:
            yield found
    except BrokenExecutor as error:
        raise WorkersLost(why=str(error).splitlines()[0] if str(error) else type(error).__name__) from error


@contextmanager
def _pool(kept: Kept, number: int) -> Iterator[tuple[Executor, int]]:
    """New processes, not forks: a solver's threads do not survive a fork."""
    before = set(active_children())
    pool = ProcessPoolExecutor(number, get_context("spawn"), initializer=_begin, initargs=(kept,))
    try:
        yield pool, number
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for ours in set(active_children()) - before:
            ours.terminate()
        raise
    pool.shutdown()


def _begin(kept: Kept) -> None:
    """In each new process: end with the parent, even if that is killed; leave Ctrl-C to it; keep what all need."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep(kept)
    gc.freeze()  # what is there now stays, and is not looked through again with every collection


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _cluster(kept: Kept, address: str) -> Iterator[tuple[Executor, int]]:
    try:
        distributed = import_module("distributed")
    except ModuleNotFoundError as error:
        raise ClusterNotInstalled(name=error.name) from error
    try:
        client = distributed.Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterUnreachable(address=address, why=str(error).splitlines()[0][:200]) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=10)
            client.run(keep, kept)
        except TimeoutError as error:
            raise ClusterUnreachable(address=address, why="it has no worker") from error
        except ModuleNotFoundError as error:
            raise ClusterUnreachable(address=address, why=f"its workers lack {error.name}") from error
        try:
            yield client.get_executor(pure=False), sum(client.nthreads().values())
        except (distributed.CancelledError, distributed.KilledWorker, distributed.comm.CommClosedError) as error:
            raise WorkersLost(why=str(error).splitlines()[0] if str(error) else type(error).__name__) from error
