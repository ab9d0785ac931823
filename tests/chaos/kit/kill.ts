import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { mustRun, start } from './command.js';
import { numbers } from './random.js';
import { SEED } from './settings.js';
import { audit, leftovers, type State, stateOf } from './state.js';

/** What many kills, each followed by a run to the end, came to. */
export interface KillReport {
  readonly killed: number;
  /** Moments that came after the run had ended, and were tried again. */
  readonly late: number;
  /** Moments after which the next run ended otherwise than an undisturbed one. */
  readonly different: readonly string[];
  /** Moments after which the audit found something. */
  readonly unsound: readonly string[];
  /** Most temporary files that lay in a lake after a kill and a run. */
  readonly leftovers: number;
}

/** State of a run from an empty lake, and what an observer saw of it. */
export async function undisturbed(root: string, args: readonly string[]): Promise<Undisturbed> {
  rmSync(join(root, 'lake'), { recursive: true, force: true });
  const began = performance.now();
  const { out } = await mustRun(root, ['run', ...args]);
  const took = performance.now() - began;
  return { events: out.split('\n').length, took, state: stateOf(join(root, 'lake')) };
}

interface Undisturbed {
  readonly state: State;
  /** Lines that `--json` prints. */
  readonly events: number;
  /** Milliseconds. */
  readonly took: number;
}

/**
 * Kill runs that start from an empty lake at random moments, with all their threads; then let one run end. Every third is killed
 * twice before it may end. Moments are told by events, so that a busy machine does not move them all behind the end, and by a
 * random wait after the event.
 * @param args  with `--json`.
 */
export async function killMany(
  root: string,
  args: readonly string[],
  kills: number,
  told: (line: string) => void = () => {},
): Promise<KillReport> {
  const lake = join(root, 'lake');
  const { took, events, state } = await undisturbed(root, args);
  const random = numbers(SEED, args.join(' '));
  let [killed, late, left] = [0, 0, 0];
  const different: string[] = [];
  const unsound: string[] = [];
  while (killed < kills) {
    rmSync(lake, { recursive: true, force: true });
    const times = killed % 3 === 2 && killed + 2 <= kills ? 2 : 1;
    const moments: string[] = [];
    while (moments.length < times) {
      // The first tenth: while it starts and compiles, before there are events.
      const event = Math.max(0, Math.floor((random() * 1.1 - 0.1) * events));
      const wait = random() * (event === 0 ? took / 5 : (3 * took) / events);
      if (await killAt(root, args, event, wait))
        moments.push(`event ${event} + ${Math.round(wait)} ms`);
      else late++;
    }
    killed += times;
    const moment = moments.join(', then ');
    await mustRun(root, ['run', ...args]);
    if (JSON.stringify(stateOf(lake)) !== JSON.stringify(state)) different.push(moment);
    const found = await audit(root);
    if (found.code !== 0 || found.damaged.length > 0 || found.broken.length > 0)
      unsound.push(moment);
    left = Math.max(left, leftovers(lake).length);
    told(`${killed}/${kills}: killed at ${moment}`);
  }
  return { killed, late, different, unsound, leftovers: left };
}

/** @returns false when the run ended before. */
async function killAt(
  root: string,
  args: readonly string[],
  event: number,
  wait: number,
): Promise<boolean> {
  const run = start(root, ['run', ...args]);
  await run.lines(event).catch(() => undefined);
  await pause(wait);
  run.signal('SIGKILL');
  const { signal, code, err } = await run.ended;
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`It ended with ${code}\n${err}`);
  return signal === 'SIGKILL';
}
