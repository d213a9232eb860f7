"""Where the work is done: in this process, or on a Dask cluster; the result is the same, row for row."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

ENGINES = ("pandas", "dask")
WAITING = 3  # tasks that wait at each worker, so that it is never idle and nothing piles up
POLL, PATIENCE = 5, 120  # seconds between looks at the cluster, and without a worker until it is given up
CONNECT = "10s"  # how long a scheduler may take to answer
ALLOWED_FAILURES = 1  # workers that may die on a task before it is cut in two

Task = tuple[Any, ...]
Tell = Callable[[int, int], None]


class EngineError(Exception):
    """The engine is unknown, or its cluster cannot be reached; the message is one line."""


def run_tasks(
    function: Callable[[Task], Any], tasks: Sequence[Task], engine: str = "pandas", scheduler: str = "",
    workers: int = 0, tell: Tell = lambda done, total: None,
) -> Iterator[tuple[Task, Any]]:  # fmt: skip
    """Apply `function` to every task and yield (task, result), in the order of the tasks.

    A task is a tuple of items that could be done apart. With engine `dask` it runs on the cluster at `scheduler`, or
    on `workers` processes of this machine (0: one a core). A lost worker's tasks are done again by another; a task on
    which workers die is cut in halves, until the item is found on which they die: its result is None. `tell` hears of
    the items done. Raises EngineError.
    """
    if engine not in ENGINES:
        raise EngineError(f"unknown engine {engine!r}; there are: {', '.join(ENGINES)}")
    total = sum(map(len, tasks))
    done = 0
    results = _run_here(function, tasks) if engine == "pandas" else _run_on_dask(function, tasks, scheduler, workers)
    for task, result in results:
        done += len(task)
        tell(done, total)
        yield task, result


def _run_here(function: Callable[[Task], Any], tasks: Sequence[Task]) -> Iterator[tuple[Task, Any]]:
    for task in tasks:
        yield task, function(task)


def _run_on_dask(
    function: Callable[[Task], Any], tasks: Sequence[Task], scheduler: str, workers: int
) -> Iterator[tuple[Task, Any]]:
    with _connect(scheduler, workers) as client:
        yield from _Rounds(client, function, tasks).run()


@contextmanager
def _connect(scheduler: str, workers: int):
    """Connect to the cluster at `scheduler`, or start one of this machine's processes for as long as it is needed."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise EngineError("engine 'dask' needs the extra: pip install synoptic[cluster]") from None
    if scheduler:
        try:
            client = Client(scheduler, timeout=CONNECT)
        except (OSError, TimeoutError, ValueError) as error:
            raise EngineError(f"no cluster at {scheduler}: {' '.join(str(error).split())[:160]}") from None
        with client:
            yield client
        return
    settings = {
        "distributed.scheduler.allowed-failures": ALLOWED_FAILURES,
        "distributed.deploy.lost-worker-timeout": "120s",  # a busy machine takes its time to start a worker again
    }
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=workers or None, threads_per_worker=1, processes=True, dashboard_address=None,
            host="127.0.0.1", silence_logs=50,
        ) as cluster,
        Client(cluster) as client,
    ):  # fmt: skip
        yield client


class _Rounds:
    """Keep a few tasks at every worker, and give the results back in the order of the tasks."""

    def __init__(self, client, function: Callable[[Task], Any], tasks: Sequence[Task]):
        self.client = client
        self.function = function
        # A task's place is a path: halves of the third task are (2, 0) and (2, 1), and sort where it stood.
        self.waiting = [((number,), task) for number, task in reversed(list(enumerate(tasks)))]
        self.open = {place for place, _ in self.waiting}
        self.ready: dict[tuple[int, ...], tuple[Task, Any]] = {}
        # Items that were at a worker when it died; what else waited there may have killed it, so each is tried alone.
        self.suspects: list[tuple[tuple[int, ...], Task]] = []

    def run(self) -> Iterator[tuple[Task, Any]]:
        running: dict[Any, tuple[tuple[int, ...], Task]] = {}
        while self.waiting or running:
            capacity = WAITING * max(1, sum(self.client.nthreads().values()))
            while self.waiting and len(running) < capacity:
                place, task = self.waiting.pop()
                running[self.client.submit(self.function, task, pure=False)] = (place, task)
            for future in self._wait_for(running):
                self._take(future, *running.pop(future))
            yield from self._give()
        for place, task in self.suspects:
            future = self.client.submit(self.function, task, pure=False)
            self._wait_for({future: (place, task)})
            self.ready[place] = (task, None if self._is_killed(future) else future.result())
            yield from self._give()

    def _wait_for(self, running: dict) -> list:
        """Wait until a task ends; a cluster that has no worker for too long is given up."""
        from distributed import wait

        alone_since = None
        while True:
            try:
                ended = wait(list(running), timeout=POLL, return_when="FIRST_COMPLETED").done
                return sorted(ended, key=lambda future: running[future][0])
            except TimeoutError:
                alone_since = None if self.client.nthreads() else (alone_since or time.monotonic())
                if alone_since and time.monotonic() - alone_since > PATIENCE:
                    raise EngineError(f"the cluster has had no worker for {PATIENCE} seconds") from None

    def _take(self, future, place: tuple[int, ...], task: Task) -> None:
        if not self._is_killed(future):
            self.ready[place] = (task, future.result())
        elif len(task) > 1:
            middle = len(task) // 2
            halves = [((*place, 0), task[:middle]), ((*place, 1), task[middle:])]
            self.open.discard(place)
            self.open.update(half for half, _ in halves)
            self.waiting.extend(reversed(halves))
        else:
            self.suspects.append((place, task))

    @staticmethod
    def _is_killed(future) -> bool:
        from distributed.scheduler import KilledWorker

        return future.status == "error" and isinstance(future.exception(), KilledWorker)

    def _give(self) -> Iterator[tuple[Task, Any]]:
        while self.open and min(self.open) in self.ready:
            place = min(self.open)
            self.open.discard(place)
            yield self.ready.pop(place)
