// One session of an MCP client over streamable HTTP: node mcp-client.mjs PORT delete|abandon|fin|reset
// It initializes, lists the tools, and leaves: with a DELETE, without a word, or while its stream of events is open.
import { once } from "node:events";
import { connect } from "node:net";

const [port, ending] = process.argv.slice(2);
const url = `http://127.0.0.1:${port}/mcp`;
const clientInfo = { name: "watertight", version: "1" };
const initialize = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo };
const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };

const { sessionId } = await post({ id: 1, method: "initialize", params: initialize });
if (sessionId !== null) headers["mcp-session-id"] = sessionId;
headers["mcp-protocol-version"] = initialize.protocolVersion;
await post({ method: "notifications/initialized" });
const { text } = await post({ id: 2, method: "tools/list" });
if (!text.includes('"tools"')) throw new Error(`no tools: ${text}`);
if (ending === "delete") await ask({ method: "DELETE" });
if (ending === "fin" || ending === "reset") await leaveStream();
process.exit();

async function post(message) {
  return ask({ method: "POST", body: JSON.stringify({ jsonrpc: "2.0", ...message }) });
}

async function ask(request) {
  const response = await fetch(url, { ...request, headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${request.method}: HTTP ${response.status} ${text}`);
  return { sessionId: response.headers.get("mcp-session-id"), text };
}

async function leaveStream() {
  const socket = connect(Number(port), "127.0.0.1");
  const lines = Object.entries({ ...headers, host: `127.0.0.1:${port}` }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(["GET /mcp HTTP/1.1", ...lines, "", ""].join("\r\n"));
  const [first] = await once(socket, "data");
  if (!String(first).startsWith("HTTP/1.1 200")) throw new Error(String(first));
  if (ending === "reset") socket.resetAndDestroy();
  else socket.destroy();
}
