import os

import gevent
from locust import HttpUser, constant, events, runners, task

# Workers report every 3 s otherwise.
runners.WORKER_REPORT_INTERVAL = 0.5


class Visitor(HttpUser):
    wait_time = constant(0.02)

    @task
    def visit(self):
        self.client.get("/")


@events.init.add_listener
def end_after_the_operations(environment, **_):
    if isinstance(environment.runner, runners.MasterRunner):
        gevent.spawn(end_after, environment.runner, int(os.environ["OPERATIONS"]))


def end_after(runner, operations):
    while runner.stats.total.num_requests < operations:
        gevent.sleep(0.1)
    runner.stop()
    # A master that quits waits half a second for the last reports: on a busy machine that is too short.
    gevent.sleep(2)
    runner.quit()
