import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '../../../engine/diag/diagnostic.js';
import {
  compile,
  evaluate,
  loadComposed,
  operators,
  type Program,
  parseFormula,
} from '../../../engine/expr/index.js';
import type { Frame } from '../../../engine/frame/frame.js';
import { parseYaml } from '../../../engine/yaml/parse.js';

const locate = (offset: number, length: number): Place => ({
  file: 'bench',
  line: 1,
  col: offset + 1,
  length,
});

/** The composed operators that ship with the project. */
function shipped() {
  const folder = join('spec', 'formulas');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const { value } = parseYaml(readFileSync(join(folder, file), 'utf8'), file);
      return value === undefined ? [] : [{ file, value }];
    });
  return loadComposed(sources, new Set(operators.keys())).composed;
}

/** A program of formulas over bars; stops with the first problem of a formula. */
export function programOf(
  formulas: Readonly<Record<string, string>>,
  tables: Readonly<Record<string, Frame>>,
): Program {
  const definitions = Object.entries(formulas).map(([id, text]) => {
    const { tree } = parseFormula(text, locate);
    if (tree === undefined) throw new Error(`${id}: ${text} is no formula`);
    return { id, tree, place: locate(0, text.length) };
  });
  const facts = Object.entries(tables).map(([name, frame]) => {
    const columns = frame.fields.map(
      (f) => [f.name, { dtype: f.dtype, taint: 'feature' as const, delay: 0 }] as const,
    );
    return [name, { clock: 'bars', spacing: 300_000, columns: new Map(columns) }] as const;
  });
  const { program, problems } = compile(definitions, Object.fromEntries(facts), {
    admit: 'feature',
    composed: shipped(),
  });
  const [error] = problems.filter((p) => p.severity === 'error');
  if (error !== undefined) throw new Error(`${error.code} ${error.message}`);
  return program;
}

/** Milliseconds until the columns of a program are there, at best of some runs: what else a shared machine does only adds to it. */
export function timed(
  program: Program,
  tables: Readonly<Record<string, Frame>>,
  runs: number,
): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    evaluate(program, tables);
    best = Math.min(best, performance.now() - began);
  }
  return best;
}
