import { z } from "zod";
import { text, whole } from "./fields.js";
import type { FileAllowance } from "./file.js";

/** What an allowance's pattern is held against. */
export const allowedKinds = ["fd", "command", "peer", "stack"] as const;

const longestPattern = 200;
const mostAllowances = 100;

function pattern(description: string, example: string): z.ZodOptional<z.ZodString> {
  const title = `a regular expression of 1 to ${longestPattern} characters`;
  return z
    .string()
    .min(1)
    .max(longestPattern)
    .meta({ title, description, examples: [example] })
    .optional();
}

/** Exactly one kind: what JSON Schema says with `oneOf`, the check says of the parsed value. */
const oneKind = { oneOf: allowedKinds.map((kind) => ({ properties: { [kind]: true }, required: [kind] })) };

const allowance = z
  .strictObject({
    fd: pattern("What the file descriptor points to: a path, anon_inode:inotify.", "^/var/log/app"),
    command: pattern("The command line of a process, with its fds, PTYs and zombies.", "^ssh-agent"),
    peer: pattern("The other end of a socket, as address:port.", ":5432$"),
    stack: pattern(
      "The type of a task: of a goroutine the place where it was made.",
      "^created by main\\.watch at ",
    ),
    reason: text({
      description: "Why it may be left; it stands in every report.",
      title: "the reason, as text",
      examples: ["the log is opened once"],
    }),
    count: whole("At most so many; one more counts. Default: any number.", {
      min: 1,
      max: 1_000_000,
      example: 3,
    }).optional(),
    until: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .meta({
        title: "a day such as 2027-01-31",
        description: "The last day on which it holds (UTC).",
        examples: ["2027-01-31"],
      })
      .optional(),
  })
  .refine((entry) => allowedKinds.filter((kind) => entry[kind] !== undefined).length === 1, {
    // A misspelt kind is told as that.
    when: ({ issues }) => issues.length === 0,
  })
  .meta({
    title: `a mapping of reason and exactly one of ${allowedKinds.join(", ")}; beside them count and until`,
    description: "Something that may be left, and why.",
    examples: [{ fd: "^/var/log/app", reason: "the log is opened once" }],
    ...oneKind,
  });

export const allow: z.ZodType<readonly FileAllowance[] | undefined> = z
  .array(allowance)
  .max(mostAllowances)
  .meta({
    title: `a list of at most ${mostAllowances} allowances`,
    description: "What may be left over, and why.",
    examples: [[{ fd: "^/var/log/app", reason: "the log is opened once" }]],
  })
  .optional();
