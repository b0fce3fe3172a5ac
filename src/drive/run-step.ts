import type { Step } from "../model/scenario.js";
import type { Session } from "./session.js";
import { close } from "./step-close.js";
import { connect } from "./step-connect.js";
import { drop } from "./step-drop.js";
import { events } from "./step-events.js";
import { expect } from "./step-expect.js";
import { http } from "./step-http.js";
import { exec, spawn } from "./step-program.js";
import { tcp, unix } from "./step-raw.js";
import { send } from "./step-send.js";
import type { StepOf } from "./step-of.js";
import { stdio } from "./step-stdio.js";
import { wait } from "./step-wait.js";

type Runners = { readonly [K in Step["kind"]]: (session: Session, step: StepOf<K>) => Promise<void> | void };

const runners: Runners = {
  connect,
  events,
  tcp,
  unix,
  stdio,
  send,
  expect,
  wait,
  close,
  drop,
  exec,
  spawn,
  http,
};

/** @throws StepFailure when the step did not go as declared; Stopped when the session was ended meanwhile. */
export function runStep<K extends Step["kind"]>(session: Session, step: StepOf<K>): Promise<void> | void {
  const run: Runners[K] = runners[step.kind];
  return run(session, step);
}
