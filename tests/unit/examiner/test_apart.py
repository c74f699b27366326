"""What the child can do, and what becomes of a child that does not do what it should."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from doorstep.attachments.sniffing import PDF, media_type_of
from doorstep.examiner.apart import TookTooLong, make_pages, run, walls_here
from doorstep.examiner.confining import NO_WALLS, Walls, missing
from doorstep.examiner.frames import MOST_BYTES, read_told
from doorstep.examiner.limits import MEMORY
from doorstep.examiner.refusal import Refusal
from tests.unit.examiner import hostile, pdf_files

WALLED = "import sys; sys.path[:0] = sys.argv[1:]; from doorstep.examiner.confining import confine; confine()\n"


WITHOUT_LANDLOCK = """import ctypes, sys; sys.path[:0] = sys.argv[1:]; from doorstep.examiner.calls import refuse_calls
ctypes.CDLL(None).prctl(38, 1, 0, 0, 0); assert refuse_calls()
def call(number, *words):
    if ctypes.CDLL(None, use_errno=True).syscall(*[ctypes.c_long(word) for word in (number, *words)]) < 0:
        raise OSError(ctypes.get_errno(), "")
"""


WALLS_ALONE = "import sys; sys.path[:0] = sys.argv[1:]; from doorstep.examiner.walls import wall_in\n"


def tried(code: str, walls: str = WALLED) -> str:
    """What a confined process says that runs this."""
    command = [sys.executable, "-I", "-c", walls + code, *sys.path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={})
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_a_child_that_takes_too_long_is_ended() -> None:
    with pytest.raises(TookTooLong):
        make_pages(pdf_files.drawing_itself(), PDF, seconds=0.4)


def test_a_child_that_dies_could_not_read_it() -> None:
    with pytest.raises(Refusal) as refused:
        make_pages(hostile.jpeg(), "not/a-type")
    assert refused.value.why == "unreadable"


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("import os; os.write(1, b'x' * 10); os._exit(3)", (b"x" * 10, True)),
        ("print(end='said')", (b"said", True)),
        ("import os; os.kill(os.getpid(), 9)", (b"", True)),
        ("import sys; print(len(sys.stdin.buffer.read()), end='')", (b"4000000", True)),
        ("import os; print(dict(os.environ).keys() - {'LC_CTYPE'}, os.getcwd(), end='')", (b"set() /", True)),
        ("import os; print([n for n in os.listdir('/proc/self/fd') if int(n) > 3], end='')", (b"[]", True)),
    ],
)
def test_a_child_has_its_content_and_nothing_else(code: str, wanted: tuple[bytes, bool]) -> None:
    os.environ["DOORSTEP_TEST_SECRET"] = "secret"
    try:
        assert run([sys.executable, "-I", "-c", code], hostile.noise(4_000_000), 20) == wanted
    finally:
        del os.environ["DOORSTEP_TEST_SECRET"]


def test_a_child_that_never_stops_talking_is_cut_off() -> None:
    said, _ = run([sys.executable, "-I", "-c", "import os\nwhile True: os.write(1, bytes(1 << 20))"], b"", 60)
    assert len(said) == MOST_BYTES + 1


def test_a_child_that_neither_reads_nor_ends_is_ended() -> None:
    assert run([sys.executable, "-I", "-c", "import time; time.sleep(60)"], hostile.noise(4_000_000), 0.5)[1] is False


def has_landlock() -> bool:
    """Whether this kernel has it, by its own word (landlock_create_ruleset, for its version); where it has not, the
    README's promise is smaller, and so is the test.
    """
    if sys.platform != "linux":
        return False
    version: int = ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    return version >= 1


def test_the_walls_are_raised_wherever_the_kernel_can() -> None:
    assert tried("print(wall_in())", WALLS_ALONE) == str(has_landlock())


def test_a_confined_process_reads_no_file_of_ours_and_writes_nowhere(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("secret")
    for code in (
        f"print(open({str(tmp_path / 'key')!r}).read())",
        "print(open('/etc/passwd').read())",
        "import os; print(open(f'/proc/{os.getppid()}/environ').read())",
        "import os; print(os.listdir('/'))",
        f"open({str(tmp_path / 'new')!r}, 'w')",
    ):
        assert "PermissionError" in tried(code) or not has_landlock()


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.fork()",
        "import subprocess; subprocess.run(['/bin/true'])",
        "import socket; socket.socket()",
        "import socket; socket.socket(socket.AF_UNIX)",
        "import os; os.kill(os.getppid(), 0)",
        "import resource; resource.prlimit(__import__('os').getppid(), resource.RLIMIT_CORE)",
        "import os; os.setpriority(os.PRIO_PROCESS, os.getppid(), 0)",
        "import os; os.sched_setaffinity(os.getppid(), {0})",
        "import os; os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))",
        "import os; os.chmod('/nowhere', 0o777)",
        "import os; os.chown('/nowhere', 0, 0)",
        "import os; os.utime('/nowhere', (0, 0))",
        "import os; os.setxattr('/nowhere', 'user.a', b'1')",
        "import os; os.unlink('/nowhere')",
        "import os; os.mkfifo('/nowhere/else')",
        "import os; os.memfd_create('x')",
        "import signal, threading; signal.pthread_kill(threading.get_ident(), 0)",
    ],
)
def test_programs_addresses_and_other_processes_are_out_of_reach_on_any_kernel(code: str) -> None:
    assert "PermissionError" in tried(code)
    assert "PermissionError" in tried(code, WITHOUT_LANDLOCK)


NAMES = {  # as x86-64 numbers them, and 64-bit ARM
    "shmget": (29, 194), "shmat": (30, 196), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "fcntl": (72, 25), "ioctl": (16, 29), "prctl": (157, 167), "ptrace": (101, 117), "sendmsg": (46, 211),
    "landlock_create_ruleset": (444, 444), "io_uring_setup": (425, 425), "pidfd_open": (434, 434),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_what_decoding_does_not_need_is_refused_by_its_number(name: str) -> None:
    number = NAMES[name][["x86_64", "aarch64"].index(os.uname().machine)]
    code = f"try: call({number}, 0, 0, 0, 0, 0)\nexcept OSError as error: print(error.errno)"
    assert tried(code, WITHOUT_LANDLOCK) in {"1", "38"}


def test_without_landlock_no_file_can_be_opened_at_all_and_what_brings_its_fonts_is_still_read() -> None:
    start = (
        "import sys; sys.path[:0] = sys.argv[2:]; from doorstep.examiner.child import main; import ctypes\n"
        "main(sys.argv[1], around_files=lambda: ctypes.CDLL(None).prctl(38, 1, 0, 0, 0) != 0)"
    )
    for content in (hostile.geotagged(), hostile.two_pictures(), hostile.heic(), hostile.cmyk(), pdf_files.scanned(2)):
        said, _ = run([sys.executable, "-I", "-c", start, str(media_type_of(content)), *sys.path], content, 20)
        assert read_told(said)
    closed = WITHOUT_LANDLOCK.replace("refuse_calls()", "refuse_calls(opening=False)")
    assert "PermissionError" in tried("open(sys.prefix + '/pyvenv.cfg')", closed)


def test_a_thread_may_be_made() -> None:
    """libde265 makes one."""
    assert (
        tried(
            "import threading; t = threading.Thread(target=print, args=['made']); t.start(); t.join()", WITHOUT_LANDLOCK
        )
        == "made"
    )


def test_a_confined_process_has_so_much_memory_and_time() -> None:
    assert tried(f"bytearray({MEMORY})") == "MemoryError"
    assert tried("import resource as r; print(r.getrlimit(r.RLIMIT_CPU), r.getrlimit(r.RLIMIT_NPROC))") == (
        "(45, 46) (0, 0)"
    )


def test_a_confined_process_gives_way() -> None:
    assert int(tried("import os; print(os.getpriority(os.PRIO_PROCESS, 0))")) >= min(os.nice(0) + 10, 19)


def test_it_still_finds_what_it_needs() -> None:
    assert tried("import colorsys, PIL.ExifTags, doorstep.stores; print('found')") == "found"


AS_NOBODY = """
import os, sys
sys.path[:0] = sys.argv[2:]
import pillow_heif, doorstep.examiner.pdfs
from doorstep.examiner.child import main
from doorstep.examiner.photos import prepare
prepare("image/heic")
if not os.geteuid():
    os.setgid(65534)
    os.setuid(65534)
main(sys.argv[1])
"""


@pytest.mark.parametrize("content", [hostile.jpeg(), hostile.heic(), pdf_files.scanned(1)])
def test_all_of_it_works_for_an_ordinary_user(content: bytes) -> None:
    """Root is not held by every limit; others are."""
    said, _ = run([sys.executable, "-I", "-c", AS_NOBODY, str(media_type_of(content)), *sys.path], content, 20)
    assert len(read_told(said)) == 1


def test_whether_walls_rise_is_tried_with_a_child_and_what_is_missing_is_said() -> None:
    assert walls_here() == Walls(has_landlock(), calls=True)
    assert missing(Walls(fonts=True, calls=True)) == ""
    assert "Landlock" in missing(Walls(fonts=False, calls=True))
    assert missing(Walls(fonts=True, calls=False)) == missing(Walls(fonts=False, calls=False)) == NO_WALLS
