"""A program in a terminal per WebSocket, as in terminado's own demo: python3 terminado-app.py PORT PROGRAM..."""

import sys

import terminado
import tornado.ioloop
import tornado.web

manager = terminado.UniqueTermManager(shell_command=sys.argv[2:])
app = tornado.web.Application(
    [("/ws", terminado.TermSocket, {"term_manager": manager})],
    # A peer that does not answer is given up.
    websocket_ping_interval=1,
    websocket_ping_timeout=1,
)
app.listen(int(sys.argv[1]), "127.0.0.1")
tornado.ioloop.IOLoop.current().start()
