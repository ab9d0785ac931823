import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printDiagnostics } from '../../../engine/diag/print.js';
import { type Mutation, mutations, PIECES } from '../../kit/mutate.js';
import { BAD, CASES, compileCase } from './corpus.js';
import { FOLD, MAIN, PARTS } from './good.js';
import { World } from './world.js';

/** FUZZ_RUNS mutations in all; a few where nobody asks. */
const numRuns = Math.ceil(Number(process.env.FUZZ_RUNS ?? 240) / 4);
const TIME = 5000 + numRuns * 30;
const world = new World(PARTS);
afterAll(() => world.remove());

/** Whatever the text: a graph or errors, each with a place and a message whose holes are filled; and it can be printed. */
function holds({ graph, problems }: ReturnType<typeof compileCase>): void {
  expect(graph !== undefined).toBe(!problems.some((p) => p.severity === 'error'));
  for (const { message, place } of problems) {
    // What a message quotes may say anything.
    expect(message.replace(/"[^"]*"/g, '')).not.toMatch(/undefined|\[object/);
    expect(place).toBeDefined();
  }
  printDiagnostics(problems, () => undefined, { color: false });
}

const mutated = (text: string, mutate: Mutation) => mutate(Buffer.from(text)).toString('utf8');

describe('whatever stands in the files', () => {
  it(
    'mutated good pipelines give a graph or diagnostics',
    () => {
      fc.assert(
        fc.property(mutations, (mutate) => holds(world.compile(mutated(MAIN, mutate)))),
        { numRuns, seed: 11 },
      );
    },
    TIME,
  );

  it(
    'mutated parts give a graph or diagnostics',
    () => {
      fc.assert(
        fc.property(mutations, (mutate) => {
          const part = mutated(FOLD, mutate);
          const files = new Map([
            ['dags/main.yaml', MAIN],
            ['dags/parts/fold.yaml', part],
          ]);
          holds(world.compile(MAIN, { readText: (file) => files.get(file) }));
        }),
        { numRuns, seed: 12 },
      );
    },
    TIME,
  );

  it(
    'mutated malformed files give diagnostics',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...CASES), mutations, (file, mutate) => {
          holds(compileCase(file, mutated(readFileSync(path.join(BAD, file), 'utf8'), mutate)));
        }),
        { numRuns, seed: 13 },
      );
    },
    TIME,
  );

  it(
    'any setting gives a graph or diagnostics',
    () => {
      const paths = fc.constantFrom(
        'names',
        'lead',
        'span',
        'span.to',
        'windows.0.train',
        'stages.raw.with.seed',
        'venue',
        'raw',
        'depths',
        'stages.fold.with.depth',
        'x',
      );
      const texts = fc.oneof(fc.constantFrom(...PIECES), fc.string());
      fc.assert(
        fc.property(fc.array(fc.record({ path: paths, text: texts }), { maxLength: 3 }), (sets) => {
          holds(world.compile(MAIN, { sets }));
        }),
        { numRuns, seed: 14 },
      );
    },
    TIME,
  );
});
