import {
  concat,
  defineNode,
  evaluateUniverse,
  Frame,
  many,
  optional,
  type Program,
  port,
  type Shape,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { feature } from '../kinds/feature.js';
import { standing, standsOf } from '../kinds/needs.js';
import { boundFrames, columnsOf, errorsIn, programOf, shapeOf } from '../kinds/programs.js';
import { BAR_COLUMNS } from '../kinds/tables.js';
import { bars, context, features } from '../ports.js';

type Feature = Parameters<typeof programOf>[0][number];

export default defineNode({
  type: 'features.context',
  doc: 'Features that need several symbols, for all symbols in one pass; it gathers only the columns they read.',
  time: 'trailing',

  in: {
    features: many(features),
    bars: optional(many(bars)),
    benchmark: optional(features),
  },
  out: {
    context,
    unavailable: port.json<Readonly<Record<string, readonly string[]>>>(
      'Features that could not be computed, by the port or column they miss.',
    ),
  },
  params: {
    specs: t.list(t.spec(feature), {
      min: 1,
      doc: 'Features; those one symbol alone can tell come from features.table.',
    }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  shape(ins, { specs, spacing }, ctx) {
    if (!ins.features) return {};
    const wanted = left(specs, ins.features.columns);
    const ports = { self: ins.features, benchmark: ins.benchmark };
    const { program, problems } = programOf(wanted, ports, spacing);
    ctx.problem(...problems);
    const columns = contextColumns(columnsOf(program, 'universe').map(shapeOf));
    return { context: standing(columns, standsOf(specs), program) };
  },
  reads({ specs, spacing }, ins) {
    if (!ins.features) return {};
    const wanted = left(specs, ins.features.columns);
    const { program } = programOf(
      wanted,
      { self: ins.features, benchmark: ins.benchmark },
      spacing,
    );
    const { self, benchmark, ...others } = program.reads;
    // Another symbol's columns are columns of the features, too.
    const named = Object.entries(others).flatMap(([table, read]) =>
      table.startsWith('@') ? read : [],
    );
    const own = [...new Set([...(self ?? ['ts']), ...named])];
    return { features: own, benchmark: benchmark ?? ['ts'], bars: ['ts'] };
  },
  concerns({ specs }, ins) {
    return ins.features ? { specs: left(specs, ins.features.columns) } : {};
  },
  errors: {
    'features/unsound': 'The features do not compile: {problems}.',
    'features/other-symbols': 'Bars are of {bars}, but features are of {features}.',
  },

  run({ features: gathered, bars: listed, benchmark }, { specs, spacing }, ctx) {
    const symbols = gathered.map(({ at }) => symbolOf(at));
    const known = listed?.map(({ at }) => symbolOf(at)) ?? symbols;
    if (known.join() !== symbols.join()) {
      ctx.refuse('features/other-symbols', { bars: known, features: symbols });
    }
    const [first] = gathered;
    const fields = first?.value.fields ?? [];
    const given = new Set(fields.map((f) => f.name));
    const unavailable = BAR_COLUMNS.filter((name) => !given.has(name));
    const ports = { self: first?.value, benchmark };
    const compiled = programOf(left(specs, fields), ports, spacing, { unavailable });
    const problems = errorsIn(compiled);
    if (problems.length > 0) ctx.refuse('features/unsound', { problems });
    const { program } = compiled;
    const ids = columnsOf(program, 'universe').map((c) => c.id);
    const tables = new Map(
      gathered.map(({ at, value }) => [symbolOf(at), boundFrames({ self: value, benchmark })]),
    );
    const computed = ids.length === 0 ? new Map() : evaluateUniverse(program, tables, ids);
    const parts = [...computed].map(([symbol, frame]) => labelled(symbol, frame));
    return { context: parts.length === 0 ? empty() : concat(parts), unavailable: missed(program) };
  },
});

/** Features that miss a port; columns nobody reads were not handed over and are not missed. */
function missed(program: Program): Readonly<Record<string, readonly string[]>> {
  const bars: ReadonlySet<string> = new Set(BAR_COLUMNS);
  return Object.fromEntries([...program.needs].filter(([need]) => !bars.has(need)));
}

/** Specs whose columns nobody has computed yet. */
function left(
  specs: readonly Feature[],
  columns: readonly { readonly name: string }[],
): readonly Feature[] {
  const done = new Set(columns.map((c) => c.name));
  return specs.filter(({ id }) => !done.has(id));
}

function contextColumns(columns: Shape['columns']): Shape['columns'] {
  const plain = { taint: 'feature', delay: 0, nullable: false } as const;
  return [
    { name: 'symbol', dtype: 'text', ...plain },
    { name: 'ts', dtype: 'time', ...plain },
    ...columns,
  ];
}

function labelled(symbol: string, frame: Frame): Frame {
  const names = textColumn(new Array<string>(frame.length).fill(symbol));
  return frame.with('symbol', names).select(['symbol', ...frame.names]);
}

function empty(): Frame {
  const ts = { dtype: 'time', values: new Float64Array(0) } as const;
  return labelled('', Frame.of({ ts }));
}

function symbolOf(at: Readonly<Record<string, string>>): string {
  return at.symbol ?? Object.values(at)[0] ?? '';
}
