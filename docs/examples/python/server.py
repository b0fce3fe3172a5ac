"""A small HTTP server: python3 server.py PORT [fixed]. Each visit starts a thread; only `fixed` ends it."""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

fixed = "fixed" in sys.argv


class Visit(BaseHTTPRequestHandler):
    def do_GET(self):
        done = threading.Event()
        if self.path == "/metrics":
            body = f"python_threads {threading.active_count()}\n"
        else:
            threading.Thread(target=done.wait, daemon=True).start()
            body = "hello\n"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.encode())
        if fixed:
            done.set()

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Visit).serve_forever()
