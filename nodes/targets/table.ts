import {
  defineNode,
  evaluate,
  Frame,
  namesIn,
  optional,
  type Shape,
  type SpecOf,
  t,
} from '../../engine/sdk/index.js';
import { columnsIn, toldAbsent } from '../kinds/namespace.js';
import { treesOf } from '../kinds/needs.js';
import { beside, boundFrames, columnsOf, errorsIn, programOf, shapeOf } from '../kinds/programs.js';
import { target } from '../kinds/target.js';
import { bars, features, targets, unavailable } from '../ports.js';

type Target = SpecOf<typeof target>;

/*
 * A target that names a table nobody bound, or a feature that this market cannot give, is left out and told: its column is absent,
 * never a column of nothing. A name that is wrong is refused before there are data.
 */

export default defineNode({
  type: 'targets.table',
  doc: 'What happened after each decision bar of one symbol: outcomes, which no decision may read.',
  time: 'future',

  in: { features, spot: optional(bars) },
  out: { targets, unavailable },
  params: {
    specs: t.list(t.spec(target), { min: 1, doc: 'Outcomes to compute.' }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  shape(ins, { specs, spacing }, ctx) {
    if (!ins.features) return {};
    const { program, problems } = compiledBefore(specs, ins, spacing);
    ctx.problem(...problems);
    const plain = { dtype: 'time', taint: 'outcome', delay: 0, nullable: false } as const;
    const stamps = [
      { name: 'ts', ...plain },
      { name: 'known', ...plain },
    ];
    return { targets: { columns: [...stamps, ...columnsOf(program, 'symbol').map(shapeOf)] } };
  },
  reads({ specs, spacing }, ins) {
    if (!ins.features) return {};
    const { reads } = compiledBefore(specs, ins, spacing).program;
    // What is named, read or not: a target that is not there tells which of it is missing.
    const named = columnsIn(ins.features, namedBy(specs));
    const own = [...new Set([...(reads.self ?? ['ts']), ...named])];
    return { features: own, spot: reads.spot ?? ['ts'] };
  },
  errors: {
    'targets/unsound': 'The targets do not compile: {problems}.',
  },

  run({ features: rows, spot }, { specs, spacing }, ctx) {
    const tables = { self: rows, spot };
    const options = { admit: 'target', unavailable: nobodys(specs, rows) } as const;
    const compiled = programOf(specs, tables, spacing, options);
    const problems = errorsIn(compiled);
    if (problems.length > 0) ctx.refuse('targets/unsound', { problems });
    const { program } = compiled;
    const columns = columnsOf(program, 'symbol');
    const longest = columns.reduce((most, { facts }) => Math.max(most, facts.lookahead), 0);
    const ids = columns.map((c) => c.id);
    const ts = rows.time('ts');
    const known = ts.map((time) => time + (longest + 1) * spacing);
    const stamps = Frame.of({
      ts: { dtype: 'time', values: ts },
      known: { dtype: 'time', values: known },
    });
    return {
      targets: beside(stamps, evaluate(program, boundFrames(tables), ids)),
      unavailable: Object.fromEntries(program.needs),
    };
  },
});

/** Targets over what is told of the columns: a feature that is told as absent leaves out what names it. */
function compiledBefore(specs: readonly Target[], ins: Ins, spacing: number) {
  const tables = { self: ins.features, spot: ins.spot };
  const options = { admit: 'target', unavailable: toldAbsent(ins) ?? [] } as const;
  return programOf(specs, tables, spacing, options);
}

type Ins = Readonly<Record<string, Shape | undefined>>;

/** Columns that targets name, their own clauses aside. */
function namedBy(specs: readonly Target[]): readonly string[] {
  return specs.flatMap((spec) => {
    const names = treesOf(spec).flatMap((tree) => [...namesIn(tree)]);
    return names.filter((name) => !Object.hasOwn(spec.let, name));
  });
}

/** Names that no row has. What is wrong was refused before there were rows: these are features this market lacks. */
function nobodys(specs: readonly Target[], rows: Frame): readonly string[] {
  const known = new Set([...rows.names, ...specs.map(({ id }) => id)]);
  return namedBy(specs).filter((name) => !known.has(name));
}
