import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printDiagnostics } from '../../../engine/diag/print.js';
import { BAD, CASES, compileCase } from './corpus.js';
import { MAIN, PARTS } from './good.js';
import { World } from './world.js';

const numRuns = Number(process.env.FUZZ_RUNS ?? 60);
const world = new World(PARTS);
afterAll(() => world.remove());

/** Pieces that mean something to the language, to be put where they do not belong. */
const PIECES = [
  '$name',
  '$',
  '$$x',
  '@',
  '@AAA',
  ':',
  '{',
  '}',
  '[',
  ']',
  '- ',
  ', ',
  '#',
  "'",
  '"',
  '\n',
  '  ',
  '*',
  '**/*.yaml',
  'in',
  'in.rows',
  'raw.rows',
  'name',
  'null',
  'true',
  '0',
  '-1',
  '1e400',
  '.nan',
  '~',
  '../',
  '/etc',
  '__proto__',
  'spec/columns/*.yaml',
  'dags/main.yaml',
  'parts/fold.yaml',
  'foreach: name',
  'when: x > 1',
  'x y',
  'é',
  '\u2028',
  '\t',
];

interface Edit {
  readonly at: number;
  readonly drop: number;
  readonly put: string;
}
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.integer({ min: 0, max: 12 }),
  put: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4 })),
});

function mutated(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { at, drop, put } of edits) {
    const start = Math.floor(at * result.length);
    result = result.slice(0, start) + put + result.slice(start + drop);
  }
  return result;
}

function swapLines(text: string, a: number, b: number): string {
  const lines = text.split('\n');
  const [i, j] = [a % lines.length, b % lines.length];
  const [first = '', second = ''] = [lines[i], lines[j]];
  lines[i] = second;
  lines[j] = first;
  return lines.join('\n');
}

/** Whatever the text: a graph or errors, each with a message whose holes are filled; and it can be printed. */
function holds({ graph, problems }: ReturnType<typeof compileCase>): void {
  expect(graph !== undefined).toBe(!problems.some((p) => p.severity === 'error'));
  for (const problem of problems) expect(problem.message).not.toMatch(/undefined|\[object/);
  printDiagnostics(problems, () => undefined, { color: false });
}

describe('whatever stands in the files', () => {
  it('mutated good pipelines give a graph or diagnostics', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        holds(world.compile(mutated(MAIN, edits)));
      }),
      { numRuns, seed: 11 },
    );
  });

  it('pipelines with exchanged lines give a graph or diagnostics', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => holds(world.compile(swapLines(MAIN, a, b)))),
      { numRuns, seed: 12 },
    );
  });

  it('mutated malformed files give diagnostics', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CASES), fc.array(edit, { maxLength: 3 }), (file, edits) => {
        holds(compileCase(file, mutated(readFileSync(path.join(BAD, file), 'utf8'), edits)));
      }),
      { numRuns, seed: 13 },
    );
  });

  it('any setting gives a graph or diagnostics', () => {
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
  });
});
