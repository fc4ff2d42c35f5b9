"""The server as a process: started, its workers killed without warning, stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
STARTS_WITHIN, STOPS_WITHIN = 60.0, 45.0


class Server:
    """A master process and the workers it starts, again after each kill."""

    def __init__(self, folder: Path, database_url: str | None, workers: int, *, broken: bool) -> None:
        self.folder, self.port = folder, _free_port()
        command = [sys.executable, str(HERE / "server.py"), "--folder", str(folder)]
        command += ["--port", str(self.port), "--workers", str(workers)]
        command += ["--database-url", database_url] if database_url else []
        command += ["--break-locking"] if broken else []
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        self._log = (folder / "server.log").open("w")
        self._process = subprocess.Popen(
            command, stdout=self._log, stderr=self._log, env={**os.environ, "PYTHONPATH": path}
        )

    def wait_until_ready(self) -> None:
        """Raises where it does not answer within a minute."""
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/alive", timeout=5).close()
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(f"the server does not answer:\n{self.last_words()}")

    def kill_a_worker(self, rng: Random) -> bool:
        """With -9, one of those that live; whether there was one."""
        alive = [entry for entry in (self.folder / "workers").iterdir() if self._is_ours(int(entry.name))]
        if not alive:
            return False
        chosen = rng.choice(sorted(alive))
        chosen.unlink()
        os.kill(int(chosen.name), signal.SIGKILL)
        return True

    def stop(self) -> None:
        """As Ctrl-C does; harder where that does not help."""
        self._process.terminate()
        try:
            self._process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join((self.folder / "server.log").read_text().splitlines()[-40:])

    def _is_ours(self, pid: int) -> bool:
        """Whether a process of that id is still a child of our master."""
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return False
        return int(state[1]) == self._process.pid and state[0] != "Z"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
