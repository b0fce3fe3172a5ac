import { Socket } from "node:net";
import type { Place, Places } from "./places.js";
import { replace } from "./replace.js";

/** Where each accepted connection was last taken in hand, by its handle. */
export type Takers = WeakMap<object, Place>;

const adders = ["on", "addListener", "once", "prependListener"];

/**
 * An accepted connection is made by the kernel, and all that its stack shows is who listens. Whoever handles its end
 * is answerable for closing it: the program's last `end` listener is where to look.
 */
export function noteTakers(places: Places): Takers {
  const takers: Takers = new WeakMap();
  for (const name of adders) {
    replace(Socket.prototype, name, (call) => (self, args) => {
      if (args[0] === "end" && self instanceof Socket) take(self);
      return call(self, args);
    });
  }
  return takers;

  function take(socket: Socket): void {
    const handle: unknown = Reflect.get(socket, "_handle");
    if (typeof handle !== "object" || handle === null || !Reflect.get(socket, "_server")) return;
    const place = places.here();
    // Node's own HTTP server listens, too.
    if (places.frames(place.slice(0, 1)).length > 0) takers.set(handle, place);
  }
}
