import type { Reporter, TestCase, TestModule } from "vitest/node";

/**
 * Names at the end every test that was skipped, or that passed only when it was tried again, so that what was not
 * tested and what is not steady is seen; and closes with a plain line.
 */
export default class ClosingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: ReturnType<TestCase["result"]>["state"]): readonly TestCase[] =>
      tests.filter((test) => test.result().state === state);
    const skipped = inState("skipped");
    for (const test of skipped) console.log(`skipped: ${nameOf(test)}`);
    const flaky = tests.filter((test) => test.diagnostic()?.flaky === true);
    for (const test of flaky) console.log(`failed, then passed: ${nameOf(test)}`);
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const failed = inState("failed").length + broken;
    console.log(`${inState("passed").length} passed, ${failed} failed, ${skipped.length} skipped`);
  }
}

function nameOf(test: TestCase): string {
  return `${test.module.relativeModuleId}: ${test.fullName}`;
}
