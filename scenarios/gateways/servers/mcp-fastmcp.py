"""An MCP server over streamable HTTP by FastMCP of the official Python SDK (`mcp` 1.x): mcp-fastmcp.py PORT

Sessions that are idle for 2 s expire, where the SDK has an option for that (1.30.0 and later).
`GET /metrics` says how many asyncio tasks there are; from outside nothing does.
"""

import asyncio
import inspect
import sys

from mcp.server.fastmcp import FastMCP
from starlette.responses import PlainTextResponse

idle = {"session_idle_timeout": 2} if "session_idle_timeout" in inspect.signature(FastMCP).parameters else {}
mcp = FastMCP("agent", host="127.0.0.1", port=int(sys.argv[1]), log_level="WARNING", **idle)


@mcp.tool()
def say(text: str) -> str:
    return text


@mcp.custom_route("/metrics", methods=["GET"])
async def metrics(_request):
    return PlainTextResponse(f"asyncio_tasks {len(asyncio.all_tasks())}\n")


mcp.run(transport="streamable-http")
