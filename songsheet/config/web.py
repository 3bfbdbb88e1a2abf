"""The web application in a process of `songsheet serve`, which is ended by its parent alone."""

import signal

from songsheet.config.wsgi import application

__all__ = ["application"]

# A terminal's Ctrl-C reaches every process, and the parent then sends SIGTERM: the two at once can lock
# the server's process up in its own handler. Threads that start later inherit the mask.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
