import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** Hands the tasks to as many workers as there are cores; answers come in the order of the tasks. */
export async function crew(tasks, told = () => {}) {
  const answers = [];
  let next = 0;
  const work = async () => {
    const worker = new Worker(new URL("./judging.js", import.meta.url));
    try {
      while (next < tasks.length) {
        const at = next++;
        answers[at] = await ask(worker, tasks[at]);
        told(answers[at]);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), tasks.length) }, work));
  return answers;
}

async function ask(worker, task) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(task);
  // An "error" of the worker rejects this wait.
  const [answer] = await once(worker, "message");
  return answer;
}
