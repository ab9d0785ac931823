import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Diagnostic } from '../../engine/diag/diagnostic.js';
import { Checkout } from '../kit/checkout.js';
import { mutations } from '../kit/mutate.js';
import { userOf } from './user.js';

/*
 * Whatever stands in a shipped file: a pipeline, or problems that each have a place. `make fuzz` tries many more mutations than
 * `make test`, with FUZZ_RUNS; FUZZ_SEED gives others.
 */

const RUNS = Number(process.env.FUZZ_RUNS ?? 24);
const SEED = Number(process.env.FUZZ_SEED ?? 17);
/** How many times the processor time of a sound pipeline checking one file may take: a ratio means the same on every machine. */
const MOST_TIMES = 10;

let checkout: Checkout;
let good: ReadonlyMap<string, Buffer>;
/** Seconds of processor time that the smoke pipeline takes to be checked. */
let usual: number;
beforeAll(async () => {
  checkout = await Checkout.make();
  const files = ['dags', 'spec'].flatMap((folder) =>
    readdirSync(checkout.path(folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(folder, name)),
  );
  good = new Map(files.sort().map((file) => [file, readFileSync(checkout.path(file))]));
  // The first check loads what all others need.
  await timed('dags/smoke.yaml');
  usual = (await timed('dags/smoke.yaml')).seconds;
}, 60_000);
afterAll(() => checkout.remove());

/** The pipeline by which a file is checked: itself, one that uses the part, one that uses the spec. */
function checkedBy(file: string): string {
  if (file.startsWith('dags/parts/')) return 'dags/smoke.yaml';
  if (file.startsWith('dags/')) return file;
  checkout.write('dags/user.yaml', userOf(file));
  return 'dags/user.yaml';
}

function faults(problems: readonly Diagnostic[], compiled: boolean): readonly string[] {
  const wrong = problems.some((p) => p.severity === 'error');
  checkout.printed(problems);
  return [
    ...(compiled === wrong ? [`compiled: ${compiled}, errors: ${wrong}`] : []),
    ...problems.flatMap(({ code, message, place }) => {
      const located = place && place.line >= 1 && place.col >= 1 && place.length >= 1;
      const filled = !/\{\w+\}|undefined|\[object/.test(message.replace(/"[^"]*"/g, ''));
      return located && filled ? [] : [`${code} at ${JSON.stringify(place)}: ${message}`];
    }),
  ];
}

/** A check, and the processor time it took. */
async function timed(pipeline: string) {
  const before = process.cpuUsage();
  const checked = await checkout.check(pipeline);
  const { user, system } = process.cpuUsage(before);
  return { ...checked, seconds: (user + system) / 1e6 };
}

async function tried(file: string, text: Buffer): Promise<readonly string[]> {
  const pipeline = checkedBy(file);
  checkout.write(file, text);
  try {
    const { compiled, problems, seconds } = await timed(pipeline);
    const slow = seconds > MOST_TIMES * usual ? [`${seconds.toFixed(1)} s`] : [];
    return [...faults(problems, compiled !== undefined), ...slow];
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  } finally {
    checkout.write(file, good.get(file) ?? '');
  }
}

describe('whatever stands in a shipped file', () => {
  it(
    `${RUNS} mutations give a pipeline or problems with places`,
    async () => {
      const files = [...good.keys()];
      const picks = fc.tuple(fc.nat({ max: files.length - 1 }), mutations);
      const found: string[] = [];
      for (const [pick, mutate] of fc.sample(picks, { numRuns: RUNS, seed: SEED })) {
        const file = files[pick] ?? '';
        const text = mutate(good.get(file) ?? Buffer.alloc(0));
        const wrong = await tried(file, text);
        if (wrong.length > 0)
          found.push(`${file}\n${wrong.join('\n')}\n${text.toString('utf8').slice(0, 4000)}`);
      }
      expect(found).toEqual([]);
    },
    60_000 + RUNS * 5000,
  );
});
