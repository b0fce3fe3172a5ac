import { expect, it } from "vitest";
import { fdKind } from "../../src/judge/evidence.js";
import { file, server } from "./record-builder.js";

it.each([
  ["/var/log/app-17.log", "/var/log/app-N.log"],
  ["/tmp/up/5a57ff3f92ed5649c116499e626451c0", "/tmp/up/N"],
  ["/tmp/up/3a9ff9a7b30f2f2aa3b01986861dbaea (deleted)", "/tmp/up/N"],
  ["/run/7f3c1e0a-9b1d-4c55-8a77-0123456789ab/lock", "/run/N/lock"],
  ["/dev/null", "/dev/null"],
  ["pipe:[812]", "pipe"],
])("%s is of the kind %s", (target, kind) => {
  expect(fdKind({ holder: server(), entry: file(3, target) })).toBe(kind);
});
