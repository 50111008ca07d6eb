"""The web server, the same everywhere: `make run`, systemd, the container."""

from gunicorn.http import message

from deploy.dotenv import value

bind = f"{value('LISTEN', '127.0.0.1')}:{value('PORT', '8000')}"
# Threads: one reader on a slow line must not hold a whole process.
worker_class = "gthread"
workers = int(value("WEB_PROCESSES", "2"))
threads = int(value("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 30
# Whoever asks about a link of 2,000 characters gets an answer: in an address one character may take twelve signs.
# Gunicorn has a bound of its own, under which it would silently put this one.
limit_request_line = message.MAX_REQUEST_LINE = 32_768
# Else gunicorn opens a door in the home folder of whoever runs it.
control_socket_disable = True
# Who may say that the reader came by https.
forwarded_allow_ips = value("FORWARDED_ALLOW_IPS", "127.0.0.1")
loglevel = "warning"
accesslog = "-" if value("ACCESS_LOG") == "1" else None
