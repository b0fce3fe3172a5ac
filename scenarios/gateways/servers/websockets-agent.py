"""A chat gateway on the `websockets` library: one agent process (`cat`) for each session.

    python3 websockets-agent.py PORT [--forget task|process]

`--forget` plants a typical mistake: a task that nobody cancels, an agent that nobody ends.
`GET /metrics` says how many asyncio tasks there are; from outside nothing does.
"""

import argparse
import asyncio
from http import HTTPStatus

from websockets.asyncio.server import serve

forgotten = set()


async def tick(session):
    while True:
        await asyncio.sleep(1)
        session.local_address  # what the task holds is held with it


async def relay(agent, session):
    while line := await agent.stdout.readline():
        await session.send(line.decode().rstrip("\n"))


async def chat(session, forget):
    agent = await asyncio.create_subprocess_exec(
        "cat", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    tasks = [asyncio.create_task(relay(agent, session)), asyncio.create_task(tick(session))]
    try:
        async for message in session:
            agent.stdin.write(message.encode() + b"\n")
            await agent.stdin.drain()
    finally:
        if forget == "task":
            forgotten.add(tasks.pop())
        for task in tasks:
            task.cancel()
        if forget != "process":
            agent.kill()
            await agent.wait()


def metrics(connection, request):
    if request.path == "/metrics":
        return connection.respond(HTTPStatus.OK, f"asyncio_tasks {len(asyncio.all_tasks())}\n")
    return None


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--forget", choices=["task", "process"])
    wanted = parser.parse_args()
    handler = lambda session: chat(session, wanted.forget)
    async with serve(handler, "127.0.0.1", wanted.port, process_request=metrics) as server:
        await server.serve_forever()


asyncio.run(main())
