"""gunicorn of the product, started by `make run` and by a deployer: `gunicorn -c deploy/gunicorn.conf.py wsgi:app`."""

import os
from pathlib import Path

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
# Threads wait for the database while others render; a killed worker loses at most this many requests.
worker_class = "gthread"
threads = 4
# A worker that does not answer its master for this long is replaced.
timeout = 30
# SIGTERM: running requests get this long; the supervisor's 15 seconds hold this and PostgreSQL's own stop.
graceful_timeout = 10
# Longer than the proxy keeps idle connections to us (nginx.conf: 20 s), so that it never writes into one we just closed.
keepalive = 30
# Never load the application before the fork: a search index opened before it does not see later commits.
preload_app = False
# Shared addresses of filtered lists may be long.
limit_request_line = 8190
# The application believes the proxy, when PROXY_HOPS says so; gunicorn itself believes nobody's headers.
forwarded_allow_ips = ""
# The application writes one line a request, with the request's id.
accesslog = None
errorlog = "-"
# Its default is one file per home folder: two copies side by side would share it.
control_socket_disable = True
# Heartbeats belong into memory: on a slow disk they stop workers that are well.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
