"""Screening in several processes, in order, with a bounded number of rows under way."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.connection import wait

from screener.bulk.formats import Record
from screener.bulk.rows import Answer, answer
from screener.errors import BulkError
from screener.screening import Screener

CHUNK = 256
"""Rows handed to a process at once."""
AHEAD = 3
"""Chunks under way for each process."""

_screener: Screener | None = None


def answers(records: Iterable[Record], prevalence: float, workers: int | None) -> Iterator[tuple[Record, Answer]]:
    """Every record with its answer, in order. Files of one chunk, or one worker, stay in this process."""
    stream = iter(records)
    first = list(islice(stream, CHUNK + 1))
    count = workers or os.cpu_count() or 1
    if count == 1 or len(first) <= CHUNK:
        screener = Screener.load()
        for record in chain(first, stream):
            yield record, _answer(screener, record.text, record.problem, prevalence)
    else:
        yield from _in_processes(chain(first, stream), prevalence, count)


def _in_processes(records: Iterator[Record], prevalence: float, workers: int) -> Iterator[tuple[Record, Answer]]:
    Screener.load()  # a model that can't be loaded is told here, in one line
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start) as pool:
        under_way: deque[tuple[list[Record], Future[list[Answer]]]] = deque()
        try:
            while chunk := list(islice(records, CHUNK)):
                texts = [(record.text, record.problem) for record in chunk]
                under_way.append((chunk, pool.submit(_screen_chunk, texts, prevalence)))
                if len(under_way) >= workers * AHEAD:
                    yield from _next(under_way)
            while under_way:
                yield from _next(under_way)
        except BrokenProcessPool as error:
            raise BulkError("a worker process ended (out of memory?): run again with fewer --workers") from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _next(under_way: deque[tuple[list[Record], Future[list[Answer]]]]) -> Iterator[tuple[Record, Answer]]:
    chunk, future = under_way.popleft()
    return zip(chunk, future.result(), strict=True)


def _start() -> None:
    global _screener  # noqa: PLW0603  # one screener for each process, built once
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _screener = Screener.load()


def _end_with_parent() -> None:
    """End this process when the run that started it ends, even by `kill -9`: it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _screen_chunk(texts: list[tuple[str, str]], prevalence: float) -> list[Answer]:
    screener = _screener or Screener.load()
    return [_answer(screener, text, problem, prevalence) for text, problem in texts]


def _answer(screener: Screener, text: str, problem: str, prevalence: float) -> Answer:
    """A row that is odd but holds a text is scored and marked; one without a text is only marked."""
    if not problem:
        return answer(screener, text, prevalence)
    if not text.strip():
        return Answer(error=problem, model=screener.model.version)
    told = answer(screener, text, prevalence)
    return Answer(*(*told.cells()[:-2], told.error or problem, told.model))
