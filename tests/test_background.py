from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from concurrent.futures import wait as wait_for

import pytest

from tutor.background import Background


@pytest.fixture
def background():
    background = Background()
    yield background
    background.close()
    assert [one.name for one in threading.enumerate() if "tutor" in one.name] == []


async def double(number):
    await asyncio.sleep(0.001)
    return 2 * number


async def sleep(seconds):
    await asyncio.sleep(seconds)
    return "slept"


async def where():
    return threading.get_ident(), id(asyncio.get_running_loop())


def test_a_job_runs_in_a_thread_of_its_own(background):
    assert background.submit(double(21)).result(5) == 42
    assert background.submit(where()).result(5)[0] != threading.get_ident()


def test_all_jobs_share_one_loop_whoever_submits_them(background):
    with ThreadPoolExecutor(8) as pool:
        places = list(pool.map(lambda _: background.submit(where()).result(5), range(50)))
    assert len(set(places)) == 1


def test_without_a_job_there_is_no_thread(background):
    before = threading.active_count()
    background.close(1.0)
    assert threading.active_count() == before


def test_a_failure_is_the_job_s_own_and_the_next_runs(background):
    async def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        background.submit(fail()).result(5)
    background.submit(fail())  # whose result nobody asks for
    assert background.submit(double(1)).result(5) == 2


def test_a_job_may_be_cancelled(background):
    job = background.submit(sleep(60))
    assert job.cancel()
    assert background.submit(double(1)).result(5) == 2


def test_close_waits_for_what_runs(background):
    job = background.submit(sleep(0.1))
    background.close(5.0)
    assert job.result(0) == "slept"


def test_close_cancels_what_takes_too_long_and_lets_it_clean_up(background):
    cleaned = []

    async def stubborn():
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            cleaned.append(True)

    job = background.submit(stubborn())
    background.submit(double(1)).result(5)
    start = time.perf_counter()
    background.close(0.05)
    assert 0.05 <= time.perf_counter() - start < 2
    with pytest.raises(CancelledError):
        job.result(0)
    assert cleaned == [True]


def test_after_close_it_is_used_again(background):
    background.submit(double(1)).result(5)
    background.close()
    background.close()
    assert background.submit(double(3)).result(5) == 6


def test_jobs_and_close_from_many_threads_at_once(background):
    def submit(number):
        if number % 25 == 0:
            background.close(1.0)
        return background.submit(double(number))

    with ThreadPoolExecutor(8) as pool:
        jobs = list(pool.map(submit, range(200)))
    background.close(5.0)
    assert not wait_for(jobs, timeout=0).not_done


def test_a_job_that_a_thread_works_for_is_waited_for(background):
    job = background.submit(asyncio.to_thread(time.sleep, 0.1))
    background.close(5.0)
    assert job.done()
    assert not job.cancelled()


def test_ten_thousand_jobs_leave_nothing_behind(background):
    def objects_after(jobs):
        wait_for([background.submit(double(number)) for number in range(jobs)])
        gc.collect()
        return len(gc.get_objects())

    before = objects_after(100)
    for _ in range(9):
        objects_after(1000)
    assert objects_after(1000) - before < 1000  # one object a job would be ten thousand


# The end of the program.

PROGRAM = """
import asyncio, atexit
from tutor.background import Background
from tutor.errors import ModelNotAskedError
background = Background()
{}
"""


def run_program(body):
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", PROGRAM.format(body)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.parametrize(
    "body",
    [
        "background.submit(asyncio.sleep(0)).result()",
        "background.submit(asyncio.sleep(60))",
        "background.submit(asyncio.sleep(60)); background.submit(asyncio.to_thread(len, 'x'))",
        "[background.submit(asyncio.sleep(i / 1e4)) for i in range(500)]; background.close()",
        "atexit.register(background.close); background.submit(asyncio.sleep(60))",
        "background.submit(asyncio.sleep(60)); raise SystemExit",
        "raise_ = background.submit(asyncio.sleep(60)); del background",
    ],
)
def test_a_program_ends_at_once_and_without_a_word(body):
    start = time.perf_counter()
    ended = run_program(body)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert time.perf_counter() - start < 10


def test_a_job_at_the_very_end_of_the_program_is_refused_or_done():
    ended = run_program(
        """
def at_the_end(when):
    try:
        assert background.submit(asyncio.sleep(0, "done")).result(5) == "done"
    except ModelNotAskedError as error:
        assert "program is ending" in str(error)
    print(when)
class Late:
    def __del__(self): at_the_end("late")
late = Late()
atexit.register(at_the_end, "at exit")
"""
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.split("\n")[:2] == ["at exit", "late"]


def test_what_jobs_used_is_closed_after_them_in_their_loop():
    background, seen = Background(), []

    async def job():
        await asyncio.sleep(0.02)
        seen.append(("job", threading.current_thread().name))

    async def last():
        seen.append(("last", threading.current_thread().name))

    background.submit(job())
    background.close(5.0, last)
    assert seen == [("job", "tutor-background"), ("last", "tutor-background")]
    background.close(5.0, last)  # no job since: nothing to close
    assert len(seen) == 2
