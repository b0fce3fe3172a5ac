import { newsOf } from "../../history/news.js";
import type { HistoryEntry } from "../../model/history.js";
import { renderHistoryJson } from "../../report/history/history-json.js";
import { renderNews } from "../../report/history/news-text.js";
import type { Night } from "./nightly-run.js";
import { warning } from "../problems.js";
import { toolName } from "../tool-name.js";
import { sendWebhook } from "./webhook.js";

export interface Telling {
  readonly night: Night;
  /** The history as it was before this night. */
  readonly before: readonly HistoryEntry[];
  readonly ran: readonly HistoryEntry[];
}

/** Tells the webhook of the suite what changed, if anything did. It decides nothing: what goes wrong is only said. */
export async function tellNews({ night, before, ran }: Telling): Promise<void> {
  const { request, host, interrupts } = night;
  const { webhook, name } = request.suite;
  const changes = newsOf(before, [...before, ...ran]);
  if (!webhook || changes.length === 0) return;
  const text = renderNews(changes, { suite: name, night: night.night });
  const body = renderHistoryJson({ tool: toolName(), suite: name, night: night.night, text, changes });
  const sending = { webhook, body, env: host.env, stop: interrupts.asked, tool: toolName() };
  const why = await sendWebhook(sending);
  if (why === undefined) return;
  const fix = "the verdicts and the exit code are not touched by it";
  host.stderr.write(warning({ what: "the webhook could not be told what changed", why, fix }));
}
