import {
  defineNode,
  type Flags,
  type Frame,
  flagColumn,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { benjaminiHochberg, benjaminiYekutieli } from '../math/multiplicity.js';
import { candidates, tests, trials } from '../ports.js';

const TRIAL = [
  'id',
  'market',
  'namespace',
  'event',
  'template',
  'horizon',
  'direction',
  'n',
  'sharpe',
] as const;

export default defineNode({
  type: 'discovery.multiplicity',
  doc: 'Correct for everything that was tested, then apply the gates: what is left is a find.',
  source:
    'Benjamini & Hochberg (1995), JRSS-B 57; Benjamini & Yekutieli (2001), Annals of Statistics 29',
  time: 'fit',

  in: { tests },
  out: { candidates, trials },
  params: {
    fdr: t.number({ default: 0.05, min: 0, max: 0.5, doc: 'Share of false finds we accept.' }),
    correction: t.choice(['bh', 'by'], {
      default: 'bh',
      doc: '`bh` holds under positive dependence, `by` under any, at a price.',
    }),
    least: t.integer({ default: 50, min: 2, doc: 'Occurrences a find must have.' }),
    least_edge: t.number({
      default: 0.1,
      unit: 'bps',
      doc: 'Expectancy after costs a find must have.',
    }),
    stress: t.number({
      default: 1.5,
      min: 1,
      doc: 'A find must have it after this many times the costs too.',
    }),
    stable: t.boolean({ default: true, doc: 'Both halves of the sample must agree in sign.' }),
  },

  run({ tests }, params, ctx) {
    const p = tests.column('p');
    const q = params.correction === 'bh' ? benjaminiHochberg(p) : benjaminiYekutieli(p);
    const cost = tests.column('cost');
    const stressed = tests.column('gross').map((x, i) => x - params.stress * (cost[i] ?? NaN));
    const failed = Array.from(q, (_, i) => failures(rowOf(tests, i, q, stressed), params));
    const passed = failed.map((reasons) => reasons.length === 0);
    const lacks = tests.texts('lacks');
    const looked = [...lacks.keys()].filter((i) => lacks[i] === null);
    ctx.log('Hypotheses tested.', {
      hypotheses: tests.length,
      tested: q.filter((x) => !Number.isNaN(x)).length,
      passed: passed.filter(Boolean).length,
    });
    return {
      candidates: tests
        .without(['market', 'namespace', 'lacks', 'cost', 'stable', 'sharpe'])
        .with('symbol', textColumn(failed.map(() => null)))
        .with('stressed', stressed)
        .with('q', q)
        .with('passed', flagColumn(passed))
        .with('reasons', textColumn(failed.map((reasons) => reasons.join('+') || null))),
      // What could not be looked for was not tried.
      trials: tests.select(TRIAL).take(looked),
    };
  },
});

interface Row {
  readonly lacks: string | null;
  readonly n: number;
  readonly mean: number;
  readonly stressed: number;
  readonly q: number;
  readonly stable: boolean;
}
interface Gates {
  readonly fdr: number;
  readonly least: number;
  readonly least_edge: number;
  readonly stable: boolean;
}

/** Every gate that a row does not pass; a missing number passes none. */
function failures(row: Row, { fdr, least, least_edge, stable }: Gates): readonly string[] {
  if (row.lacks !== null) return ['unavailable'];
  const edge = least_edge / 10_000;
  const gates: readonly (readonly [string, boolean])[] = [
    ['not_tested', !Number.isNaN(row.q)],
    ['multiplicity', row.q <= fdr],
    ['sample', row.n >= least],
    ['edge', row.mean >= edge],
    ['stressed_edge', row.stressed >= edge],
    ['stability', row.stable || !stable],
  ];
  return gates.filter(([, held]) => !held).map(([name]) => name);
}

function rowOf(tests: Frame, i: number, q: Float64Array, stressed: Float64Array): Row {
  const flags: Flags = tests.flags('stable');
  return {
    lacks: tests.texts('lacks')[i] ?? null,
    n: tests.column('n')[i] ?? NaN,
    mean: tests.column('mean')[i] ?? NaN,
    stressed: stressed[i] ?? NaN,
    q: q[i] ?? NaN,
    stable: flags[i] === 1,
  };
}
