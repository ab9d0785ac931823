import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Sizes of these tests: small by default, large in `make chaos`. */
function whole(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined) return otherwise;
  if (!/^\d{1,6}$/.test(text)) throw new Error(`${name} is a whole number, not "${text}"`);
  return Number(text);
}

/** Moments at which a run of toy nodes is killed. */
export const TOY_KILLS = whole('CHAOS_TOY_KILLS', 2);
/** Moments at which a run of dags/smoke.yaml is killed; none: each takes seconds. */
export const SMOKE_KILLS = whole('CHAOS_SMOKE_KILLS', 0);
/** Moments at which a run of dags/tournament.yaml is killed; none: it takes minutes. */
export const TOURNAMENT_KILLS = whole('CHAOS_TOURNAMENT_KILLS', 0);
/** Moments at which a download is killed. */
export const DOWNLOAD_KILLS = whole('CHAOS_DOWNLOAD_KILLS', 3);
/** Lakes of a smoke run in which objects are damaged and items forgotten at random. */
export const DAMAGED_LAKES = whole('CHAOS_DAMAGED_LAKES', 0);
/** Whether everything is tried, and not a sample. */
export const LARGE = whole('CHAOS_LARGE', 0) > 0;
/** First number of the random moments and places. */
export const SEED = whole('CHAOS_SEED', 1);

/** All of a table of cases, or those that stand first. */
export function sample<T>(cases: readonly T[], count: number): readonly T[] {
  return LARGE ? cases : cases.slice(0, count);
}

/** Another Node, e.g. 24 where the tests run on 20. */
export const OTHER_NODE = ((): string | undefined => {
  const path = process.env.CHAOS_OTHER_NODE;
  if (path === undefined || path === '') return undefined;
  if (!existsSync(path)) throw new Error(`CHAOS_OTHER_NODE: there is no ${path}`);
  return resolve(path);
})();
