import { once } from "node:events";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConnectionScope, ProcessManager } from "watertight/lifecycle";

const manager = new ProcessManager();
const server = createServer((socket) => {
  const scope = new ConnectionScope();
  scope.own("socket", () => void socket.destroy());
  const agent = manager.start({ command: "sleep", args: ["1000"] });
  scope.own("agent", () => agent.terminate(2000));
  scope.setInterval(() => socket.write("still at work\n"), 20);

  socket.on("error", () => {}); // `close` follows
  socket.on("close", async () => {
    for (const { name, outcome } of await scope.close()) console.log(`${name}: ${outcome}`);
    console.log("agents left:", manager.running);
  });
});

// A client that leaves in the middle.
const path = join(tmpdir(), `connection-${process.pid}.sock`);
server.listen(path);
const client = connect(path);
await once(client, "data");
client.destroy();
server.close();
