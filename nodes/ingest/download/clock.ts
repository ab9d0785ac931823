/*
 * The one place of all nodes that looks at the clock. What is on the network depends on when it is asked for, so the engine
 * takes no earlier answer of this node; what lies in the folder afterwards depends on the days that were asked for alone.
 */

/** Now, in milliseconds since 1970, UTC. */
export const now = (): number => Date.now();

/** A time as ISO 8601, now if none is given. */
export const moment = (time: number = now()): string => new Date(time).toISOString();
