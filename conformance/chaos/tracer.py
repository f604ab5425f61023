"""Runs a function in a process of its own and kills that before a system call of our choice, with ptrace (Linux).

Every system call of every thread counts, so that a loop over the numbers kills between any two of them.
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import sys
from collections.abc import Callable
from typing import Final

from attrs import frozen

_SEIZE, _SYSCALL, _INTERRUPT, _INFO = 0x4206, 24, 0x4207, 0x420E
_OPTIONS: Final = (
    0x1 | 0x8 | 0x100000
)  # a bit in the signal of system calls; threads too; an end together with ours
_ENTRY: Final = 1
_WALL: Final = 0x40000000
_SYSCALL_STOP: Final = signal.SIGTRAP | 0x80


@frozen
class Traced:
    """What became of the process.

    Attributes:
        calls: how many system calls it had begun, the one that was not made included.
        killed: whether it was killed before it had ended.
        last: the number of the system call that it was killed before.
        status: what it has ended with, where it wasn't killed.
    """

    calls: int
    killed: bool
    last: int | None
    status: int


class _Info(ctypes.Structure):
    """``struct ptrace_syscall_info`` as far as it is looked at."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("instruction", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("number", ctypes.c_uint64),
        ("rest", ctypes.c_uint64 * 8),
    )


def _ptrace(request: int, thread: int, address: int = 0, data: int = 0) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
    libc.ptrace.restype = ctypes.c_long
    if libc.ptrace(request, thread, address, data) < 0:
        number = ctypes.get_errno()
        if number != errno.ESRCH:  # it was killed in the meantime
            raise OSError(number, f"ptrace: {os.strerror(number)}")


def trace(work: Callable[[], int], kill_at: int | None) -> Traced:
    """Run ``work`` in a process of its own.

    Call it in a process that has no other thread and no other child.

    Args:
        work: gives the status to exit with.
        kill_at: the system call before which the process is killed, from 1; None for never.

    Raises:
        OSError: this process may trace no other.
    """
    waiting, begin = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(begin)
        status = 70
        try:
            os.read(waiting, 1)
            status = work()
        finally:
            sys.stderr.flush()
            os._exit(status)
    os.close(waiting)
    try:
        _ptrace(_SEIZE, pid, 0, _OPTIONS)
        _ptrace(_INTERRUPT, pid)
        return _follow(pid, begin, kill_at)
    finally:
        os.close(begin)


def _follow(pid: int, begin: int, kill_at: int | None) -> Traced:
    calls, last, started = 0, None, False
    info = _Info()
    while True:
        thread, status = os.waitpid(-1, _WALL)
        if not os.WIFSTOPPED(status):
            if thread == pid:
                killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
                return Traced(calls, killed, last if killed else None, os.waitstatus_to_exitcode(status))
            continue
        stop, event = os.WSTOPSIG(status), status >> 16
        deliver = 0
        if stop == _SYSCALL_STOP:
            _ptrace(_INFO, thread, ctypes.sizeof(info), ctypes.addressof(info))
            if started and info.op == _ENTRY:
                calls += 1
                if calls == kill_at:
                    last = info.number
                    os.kill(pid, signal.SIGKILL)
                    continue
        elif not event:
            deliver = stop
        _ptrace(_SYSCALL, thread, 0, deliver)
        if not started:
            # From here on it counts: what it reads first is this.
            started = True
            os.write(begin, b"!")
