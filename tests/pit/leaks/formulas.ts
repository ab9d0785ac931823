import type { Composed } from '../../../engine/expr/composed.js';
import { parseFormula } from '../../../engine/expr/parse.js';
import { carried, compile, evaluate } from '../../../engine/expr/program.js';
import type { Output, Subject, Table } from '../../../engine/pit/subject.js';
import { TABLES } from './tables.js';
import { contractNamed, tablesFor } from './world.js';

/** The contracts that the tables of formulas keep. */
const CONTRACTS: Readonly<Record<string, string>> = {
  self: 'bars_and_interest',
  spot: 'bars',
  benchmark: 'bars',
  funding: 'funding',
  open_interest: 'interest',
  releases: 'releases',
  news: 'agenda',
};

/** Formulas compiled over the tables of the corpus. */
export function compiledOver(
  formulas: Readonly<Record<string, string>>,
  admit: 'feature' | 'target',
  composed: ReadonlyMap<string, Composed>,
): ReturnType<typeof compile> {
  const definitions = Object.entries(formulas).map(([id, text]) => {
    const locate = (offset: number, length: number) => ({
      file: id,
      line: 1,
      col: offset + 1,
      length,
    });
    const { tree, problems } = parseFormula(text, locate);
    if (tree === undefined) throw new Error(problems.map((p) => p.message).join('\n'));
    return { id, tree, place: locate(0, text.length) };
  });
  return compile(definitions, TABLES, { admit, composed });
}

/** Formulas over the tables of the world, with what the compiler claims of them. */
export function formulaSubject(
  item: string,
  formulas: Readonly<Record<string, string>>,
  composed: ReadonlyMap<string, Composed>,
): Subject {
  const { program, problems } = compiledOver(formulas, 'feature', composed);
  if (problems.length > 0) throw new Error(problems.map((p) => p.message).join('\n'));
  const names = Object.keys(program.reads);
  const tables = ['self', ...names.filter((name) => name !== 'self')].flatMap((port): Table[] => {
    const contract = CONTRACTS[port] ?? port;
    return tablesFor(contract, false).map(({ label, frame }) => {
      return { port, label, frame, contract: contractNamed(contract) };
    });
  });
  const columns = program.columns.map((c) => [c.id, { ...carried(c), name: c.id }] as const);
  const output: Output = {
    port: 'out',
    contract: contractNamed('signal'),
    columns: new Map(columns),
    window: false,
  };
  return {
    item,
    node: 'formulas',
    time: 'trailing',
    tables,
    outputs: [output],
    run: async (frames) => {
      const named = Object.fromEntries(tables.map((t, i) => [t.port, frames[i] ?? t.frame]));
      return { kind: 'given', frames: { out: evaluate(program, named) } };
    },
  };
}
