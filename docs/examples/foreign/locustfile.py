import gevent
from locust import HttpUser, constant, events, runners, task

# Workers report every 3 s otherwise.
runners.WORKER_REPORT_INTERVAL = 0.5


class Visitor(HttpUser):
    wait_time = constant(0.02)

    @task
    def visit(self):
        self.client.get("/")


@events.quitting.add_listener
def wait_for_the_last_reports(environment, **_):
    """A master leaves its workers 0.5 s for them: on a busy machine some of what was done would not be told."""
    if isinstance(environment.runner, runners.MasterRunner):
        environment.runner.stop()
        gevent.sleep(2)
