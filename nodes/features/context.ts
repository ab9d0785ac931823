import {
  concat,
  defineNode,
  evaluateUniverse,
  Frame,
  many,
  namesIn,
  optional,
  type Program,
  type ProgramColumn,
  port,
  readsOfColumns,
  type Shape,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { feature } from '../kinds/feature.js';
import { missedOf } from '../kinds/missed.js';
import { standing, standsOf, treesOf } from '../kinds/needs.js';
import { boundFrames, columnsOf, errorsIn, programOf, shapeOf } from '../kinds/programs.js';
import { BAR_COLUMNS, type Known } from '../kinds/tables.js';
import { bars, context, features } from '../ports.js';
import { partnersOf } from './pairs/partners.js';

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
    pairs: t.map(t.text(), {
      default: {},
      doc: 'Whom a symbol is paired with, which formulas call `pair`: ETHUSDT: BTCUSDT. Who is not named is paired with the benchmark, the benchmark with the next by name.',
    }),
    benchmark: t.optional(
      t.text({
        doc: 'The symbol that others are paired with; with neither it nor pairs there are none.',
      }),
    ),
  },
  shape(ins, params, ctx) {
    if (!ins.features) return {};
    const wanted = left(params.specs, ins.features.columns);
    const { program, problems } = programOf(wanted, portsOf(ins, params), params.spacing);
    ctx.problem(...problems);
    const columns = contextColumns(crossing(program).map(shapeOf));
    return { context: standing(columns, standsOf(params.specs), program) };
  },
  reads(params, ins) {
    if (!ins.features) return {};
    const wanted = left(params.specs, ins.features.columns);
    const { program } = programOf(wanted, portsOf(ins, params), params.spacing);
    const { self, benchmark, ...others } = program.reads;
    // Another symbol's columns are columns of the features, too.
    const named = Object.entries(others).flatMap(([table, read]) =>
      table.startsWith('@') || table === 'pair' ? read : [],
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
  warnings: {
    'features/no-partner':
      '{symbol} is paired with {pair}, which is not among {symbols}: what asks for its pair is missing.',
  },

  run({ features: gathered, bars: listed, benchmark }, params, ctx) {
    const { specs, spacing } = params;
    const symbols = gathered.map(({ at }) => symbolOf(at));
    const known = listed?.map(({ at }) => symbolOf(at)) ?? symbols;
    if (known.join() !== symbols.join()) {
      ctx.refuse('features/other-symbols', { bars: known, features: symbols });
    }
    const [first] = gathered;
    const fields = first?.value.fields ?? [];
    const wanted = left(specs, fields);
    const unavailable = notHanded(wanted, fields);
    const ports = portsOf({ features: first?.value, benchmark }, params);
    const compiled = programOf(wanted, ports, spacing, { unavailable });
    const problems = errorsIn(compiled);
    if (problems.length > 0) ctx.refuse('features/unsound', { problems });
    const { program } = compiled;
    const ids = crossing(program).map((c) => c.id);
    const values = new Map(gathered.map(({ at, value }) => [symbolOf(at), value]));
    const partners = partnersOf(symbols, params.pairs, params.benchmark);
    for (const [symbol, pair] of partners ?? []) {
      if (!values.has(pair)) ctx.warn('features/no-partner', { symbol, pair, symbols });
    }
    const tables = new Map(
      [...values].map(([symbol, self]) => {
        const pair = partners && (values.get(partners.get(symbol) ?? '') ?? self.slice(0, 0));
        return [symbol, boundFrames({ self, benchmark, pair })];
      }),
    );
    const computed = ids.length === 0 ? new Map() : evaluateUniverse(program, tables, ids);
    const parts = [...computed].map(([symbol, frame]) => labelled(symbol, frame));
    return {
      context: parts.length === 0 ? empty() : concat(parts),
      unavailable: missedOf(program, wanted, PORTS),
    };
  },
});

/** The tables formulas may read; a pair has the columns that every symbol has. */
function portsOf(
  { features, benchmark }: { readonly features?: Known; readonly benchmark?: Known },
  params: {
    readonly pairs: Readonly<Record<string, string>>;
    readonly benchmark?: string | undefined;
  },
) {
  const paired = partnersOf([], params.pairs, params.benchmark) !== undefined;
  return { self: features, benchmark, pair: paired ? features : undefined };
}

/** Columns that need more than one symbol: cross-sections, other symbols by name, the pair. */
function crossing(program: Program): readonly ProgramColumn[] {
  const own = columnsOf(program, 'symbol');
  const paired = own.filter(({ id }) => 'pair' in readsOfColumns(program, [id]));
  return [...columnsOf(program, 'universe'), ...paired];
}

/** What only this node may be given; features.table tells what misses any other port, for it has them. */
const PORTS: ReadonlySet<string> = new Set(['benchmark', 'pair']);

/** Specs whose columns nobody has computed yet. */
function left(
  specs: readonly Feature[],
  columns: readonly { readonly name: string }[],
): readonly Feature[] {
  const done = new Set(columns.map((c) => c.name));
  return specs.filter(({ id }) => !done.has(id));
}

/** Names that features have for columns that were not handed over, since nothing that can be computed needs them. */
function notHanded(
  specs: readonly Feature[],
  columns: readonly { readonly name: string }[],
): readonly string[] {
  const given = new Set([...columns.map((c) => c.name), ...specs.map(({ id }) => id)]);
  const named = specs.flatMap((spec) => {
    const names = treesOf(spec).flatMap((tree) => [...namesIn(tree)]);
    return names.filter((name) => !Object.hasOwn(spec.let, name));
  });
  return [...new Set([...BAR_COLUMNS, ...named])].filter((name) => !given.has(name));
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
