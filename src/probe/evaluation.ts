/**
 * How `Runtime.evaluate` is asked. `includeCommandLineAPI` is what makes `require` known, in CommonJS and in modules.
 */
export const evaluation = { returnByValue: true, silent: true, includeCommandLineAPI: true } as const;
