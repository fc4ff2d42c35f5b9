#!/usr/bin/env python3
"""The product's own server, with the bench's clock in it; or with its promises broken on purpose.

Started by the bench, never by hand: everything it needs to know comes as arguments.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ringing.clock import BenchClock


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--database-url")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--break-locking", action="store_true")
    asked = parser.parse_args()
    BenchClock(asked.folder / "clock").use_as_the_products()
    if asked.break_locking:
        from ringing.broken import break_locking

        break_locking()
    serve(asked.folder, asked.database_url, asked.port, asked.workers)


def serve(folder: Path, database_url: str | None, port: int, workers: int) -> None:
    """What ``ringlista serve`` does, with as many worker processes as asked, each telling its id."""
    from campaigns.app import create_app
    from organiser.config import read_settings
    from organiser.serving import DEFAULT_HOST, DEFAULT_THREADS, Server, behind_proxy
    from organiser.web.command import bring_up_to_date

    settings = read_settings(data_dir=folder, database_url=database_url)
    app = create_app(settings)
    bring_up_to_date(app)
    behind_proxy(app, settings)
    server = Server(app, DEFAULT_HOST, port, DEFAULT_THREADS)
    told = folder / "workers"
    told.mkdir(exist_ok=True)

    def tell(_master: Any, _worker: Any) -> None:
        (told / str(os.getpid())).touch()

    server.cfg.set("workers", workers)
    server.cfg.set("post_fork", tell)
    server.run()


if __name__ == "__main__":
    main()
