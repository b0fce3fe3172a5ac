"""A chat gateway on Starlette and uvicorn (uvloop, httptools): one agent process (`cat`) for each session.

    python3 uvicorn-agent.py PORT [--forget task|process]

`--forget` plants a typical mistake: a task that nobody cancels, an agent that nobody ends.
`GET /metrics` says how many asyncio tasks there are; from outside nothing does.
"""

import argparse
import asyncio

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect

parser = argparse.ArgumentParser()
parser.add_argument("port", type=int)
parser.add_argument("--forget", choices=["task", "process"])
wanted = parser.parse_args()
forgotten = set()


async def relay(agent, session):
    while line := await agent.stdout.readline():
        await session.send_text(line.decode().rstrip("\n"))


async def chat(session):
    await session.accept()
    agent = await asyncio.create_subprocess_exec(
        "cat", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    task = asyncio.create_task(relay(agent, session))
    try:
        while True:
            agent.stdin.write((await session.receive_text()).encode() + b"\n")
            await agent.stdin.drain()
    except WebSocketDisconnect:
        pass
    finally:
        if wanted.forget == "task":
            forgotten.add(asyncio.create_task(asyncio.Event().wait()))
        task.cancel()
        if wanted.forget != "process":
            agent.kill()
            await agent.wait()


async def metrics(_request):
    return PlainTextResponse(f"asyncio_tasks {len(asyncio.all_tasks())}\n")


app = Starlette(routes=[WebSocketRoute("/ws", chat), Route("/metrics", metrics)])
uvicorn.run(app, host="127.0.0.1", port=wanted.port, ws_ping_interval=2, ws_ping_timeout=2, log_level="warning")
