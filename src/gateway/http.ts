import type { IncomingMessage, ServerResponse } from "node:http";

export interface HttpOptions {
  /** The text of `/metrics`, and its content type. */
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
}

/** Answers `/healthz` and `/metrics`; anything else is 404. */
export function answerHttp({
  metrics,
}: HttpOptions): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    // A body that nobody reads would stop the next request of a kept connection.
    request.resume();
    const [pathname] = (request.url ?? "/").split("?", 1);
    if (pathname === "/healthz") end(response, 200, "ok\n");
    else if (pathname === "/metrics") void answerMetrics(response, metrics);
    else if (pathname === "/ws") end(response, 426, "speak WebSocket here\n");
    else end(response, 404, "not found; there is /ws, /healthz and /metrics\n");
  };
}

async function answerMetrics(response: ServerResponse, metrics: HttpOptions["metrics"]): Promise<void> {
  try {
    const text = await metrics.text();
    response.setHeader("content-type", metrics.contentType);
    response.end(text);
  } catch (error) {
    end(response, 500, `${String(error)}\n`);
  }
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}
