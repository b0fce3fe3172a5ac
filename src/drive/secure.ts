import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { type ConnectionOptions, createSecureContext } from "node:tls";
import { messageOf, usageProblem } from "../model/problem.js";
import type { TargetSpec } from "../model/scenario.js";

/** How a TLS connection knows the target. The certificate is read once. @throws Problem when it is none. */
export function secureOptions(tls: TargetSpec["tls"]): ConnectionOptions {
  if (tls === undefined) return {};
  if ("verify" in tls) return { rejectUnauthorized: false };
  try {
    const ca = readFileSync(tls.ca);
    // Where there is no certificate in it, the context would be made without a word.
    void new X509Certificate(ca);
    return { ca, secureContext: createSecureContext({ ca }) };
  } catch (error) {
    throw usageProblem({
      what: `cannot use the certificate ${tls.ca}`,
      why: messageOf(error),
      fix: "correct target.tls.ca in the scenario file; it names a file with a certificate in PEM",
    });
  }
}
