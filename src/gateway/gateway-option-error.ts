/** An option that the gateway cannot start with. The message says which and why. */
export class GatewayOptionError extends Error {
  override readonly name = "GatewayOptionError";
}
