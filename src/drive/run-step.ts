import type { Step } from "../model/scenario.js";
import type { Session } from "./session.js";
import { StepFailure } from "./failure.js";
import { close } from "./step-close.js";
import { connect } from "./step-connect.js";
import { drop } from "./step-drop.js";
import { expect } from "./step-expect.js";
import { http } from "./step-http.js";
import { exec, spawn } from "./step-program.js";
import { send } from "./step-send.js";
import type { StepOf } from "./step-of.js";
import { wait } from "./step-wait.js";

type Runners = { readonly [K in Step["kind"]]: (session: Session, step: StepOf<K>) => Promise<void> | void };

const later = (_: Session, step: Step): void => {
  throw new StepFailure(`${step.kind} is not spoken yet`);
};

const runners: Runners = {
  connect,
  events: later,
  tcp: later,
  unix: later,
  stdio: later,
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
