import {
  type Diagnostic,
  defineNode,
  evaluate,
  namesIn,
  optional,
  type Program,
  type ProgramColumn,
  port,
  reporter,
  type SpecOf,
  t,
} from '../../engine/sdk/index.js';
import { feature } from '../kinds/feature.js';
import { missedOf } from '../kinds/missed.js';
import { needsProblems, standing, standsOf, treesOf } from '../kinds/needs.js';
import { beside, boundFrames, columnsOf, errorsIn, programOf, shapeOf } from '../kinds/programs.js';
import {
  bars,
  features,
  fees,
  funding,
  liquidations,
  marks,
  news,
  openInterest,
  topOfBook,
} from '../ports.js';

const report = reporter({
  'features/elsewhere':
    'The feature "{id}" has the rows of "{clock}", not those of the bars: it is in no table, and no other feature uses it.',
});

/** Columns of bars that explain a row rather than measure it; formulas do not read them. */
const NOT_KEPT: ReadonlySet<string> = new Set(['fault']);
const kept = (name: string) => !NOT_KEPT.has(name);

/** Tables that formulas may read beside the bars, by the name they have there. */
const BESIDE = {
  funding: optional(funding),
  spot: optional(bars),
  benchmark: optional(bars),
  open_interest: optional(openInterest),
  liquidations: optional(liquidations),
  tob: optional(topOfBook),
  mark: optional(marks),
  premium: optional(marks),
  fees: optional(fees),
  news: optional(news),
};

/** What other symbols tell is for features.context: nothing misses it here. */
const PORTS: ReadonlySet<string> = new Set(Object.keys(BESIDE));

export default defineNode({
  type: 'features.table',
  doc: 'Every feature that one symbol alone can tell, beside the bars it was computed from.',
  time: 'trailing',

  in: { bars, ...BESIDE },
  out: {
    features,
    unavailable: port.json<Readonly<Record<string, readonly string[]>>>(
      'Features that could not be computed, by the port they miss; what misses a pair is told by features.context.',
    ),
  },
  params: {
    specs: t.list(t.spec(feature), {
      min: 1,
      doc: 'Features; those that need other symbols are left to features.context.',
    }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
    symbol: t.optional(t.text({ doc: 'What `symbol` means in formulas.' })),
  },
  shape(ins, { specs, spacing }, ctx) {
    if (!ins.bars) return {};
    const { program, problems } = programOf(specs, { ...ins, self: ins.bars }, spacing);
    const stands = standsOf(specs);
    const claims = specs.flatMap((s) =>
      needsProblems(s, treesOf(s), (name) => stands.get(name), problems),
    );
    ctx.problem(...problems, ...claims, ...elsewhere(specs, program));
    const own = ins.bars.columns.filter((c) => kept(c.name));
    const computed = columnsOf(program, 'symbol').map(shapeOf);
    return { features: standing([...own, ...computed], stands, program) };
  },
  reads({ specs, spacing }, ins) {
    if (!ins.bars) return {};
    const { reads } = programOf(specs, { ...ins, self: ins.bars }, spacing).program;
    return {
      bars: ins.bars.columns.map((c) => c.name).filter(kept),
      ...Object.fromEntries(Object.keys(BESIDE).map((name) => [name, reads[name] ?? ['ts']])),
    };
  },
  errors: {
    'features/unsound': 'The features do not compile: {problems}.',
    'features/no-symbol': 'A feature names `symbol`, but the node was not told which one it is.',
  },

  run({ bars: rows, ...others }, { specs, spacing, symbol }, ctx) {
    const compiled = programOf(specs, { ...others, self: rows }, spacing);
    const problems = errorsIn(compiled);
    if (problems.length > 0) ctx.refuse('features/unsound', { problems });
    const { program } = compiled;
    const columns = columnsOf(program, 'symbol');
    if (symbol === undefined && asksSymbol(columns)) ctx.refuse('features/no-symbol');
    const ids = columns.map((c) => c.id);
    const item = symbol === undefined ? {} : { symbol };
    const computed = evaluate(program, boundFrames({ ...others, self: rows }), ids, item);
    return {
      features: beside(rows.select(rows.names.filter(kept)), computed),
      unavailable: missedOf(program, specs, PORTS),
    };
  },
});

/** Features on another clock, such as the prints of funding, are for others to bring to bars; alone they come to nothing. */
function elsewhere(
  specs: readonly SpecOf<typeof feature>[],
  program: Program,
): readonly Diagnostic[] {
  const used = new Set(
    specs.flatMap((spec) => treesOf(spec).flatMap((tree) => [...namesIn(tree)])),
  );
  return program.columns.flatMap(({ id, clause, facts }) => {
    const spec = specs.find((s) => s.id === id);
    const { clock = 'bars' } = facts;
    if (clause || clock === 'bars' || used.has(id) || !spec) return [];
    const hint = 'asof(…) brings it to bars';
    const place = spec.expr.tree.place;
    return [report('features/elsewhere', place, { id, clock }, { hint, severity: 'warning' })];
  });
}

/** Whether a formula asks which symbol it is computed for. */
function asksSymbol(columns: readonly ProgramColumn[]): boolean {
  const nodes = new Set(columns.map((c) => c.node));
  // A set hands out what is added while it is walked, and each node once, however many formulas share it.
  for (const node of nodes) {
    if (node.kind === 'symbol') return true;
    if (node.kind === 'op') for (const input of node.inputs) nodes.add(input.node);
  }
  return false;
}
