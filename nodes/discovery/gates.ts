import {
  defineNode,
  type Frame,
  flagColumn,
  type SpecOf,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { gates as kind } from '../kinds/gates.js';
import { candidates, corrected, effects, gateRows, tests } from '../ports.js';
import { boundsOf, isKept, judged, qualityOf, reasonsOf, type Tested } from './gates/judge.js';
import { gateTable } from './gates/table.js';

/*
 * 1. Every test is held against every gate, with the bounds of its event. An edge is the lesser of the shrunken and of its own
 *    effect: what lost money itself holds none. q is that of the unshrunk p-value.
 * 2. What passes only by bounds of its own event says by which.
 * 3. What fails and is good all the same is kept for study, on a track that nothing trades.
 */

export default defineNode({
  type: 'discovery.gates',
  doc: 'Hold every test against every gate: what is left is a find, and the rest say what they failed.',
  time: 'fit',

  in: { tests, effects, corrected },
  out: { candidates, gates: gateRows },
  params: {
    gates: t.spec(kind, { doc: 'The bounds.' }),
    fdr: t.number({ default: 0.05, min: 0, max: 0.5, doc: 'Share of false finds we accept.' }),
  },
  errors: {
    'discovery/bounds-twice':
      'Gates {gates} have bounds of their own for {event} more than once: only one can be meant.',
    'discovery/rows-differ':
      'Tests, effects and corrected p-values must be of the same hypotheses, row by row; row {row} is {test}, {effect} and {corrected}.',
  },

  shape(_ins, { gates }, ctx) {
    const twice = ctx.knows('gates') ? twiceIn(gates) : undefined;
    if (twice) ctx.wrong('gates', 'discovery/bounds-twice', twice);
    return {};
  },

  run({ tests, effects, corrected }, { gates, fdr }, ctx) {
    const twice = twiceIn(gates);
    if (twice) ctx.refuse('discovery/bounds-twice', twice);
    const apart = differs(tests, effects, corrected);
    if (apart) ctx.refuse('discovery/rows-differ', apart);
    const all = testedOf(tests, effects, corrected).map((test) => {
      const bounds = boundsOf(gates, fdr, test.event);
      const held = judged(test, bounds, gates);
      const reasons = reasonsOf(held);
      const passed = reasons.length === 0;
      const plain = () => reasonsOf(judged(test, boundsOf(gates, fdr), gates));
      const quality = qualityOf(held);
      const fallback = !passed && isKept(test, quality, gates);
      return {
        held,
        quality,
        passed,
        reasons: reasons.join('+') || null,
        override: passed ? plain().join('+') || null : null,
        track: passed ? 'standard' : fallback ? 'fallback_only' : 'none',
        shrunk: test.gross - test.cost,
        stressed: test.gross - bounds.stress * test.cost,
      };
    });
    ctx.log('Hypotheses held against the gates.', {
      passed: all.filter(({ passed }) => passed).length,
      fallback_only: all.filter(({ track }) => track === 'fallback_only').length,
    });
    return {
      candidates: tests
        .without(['market', 'namespace', 'lacks', 'cost', 'stable', 'sharpe', 'min_events'])
        .with(
          'shrunk',
          Float64Array.from(all, (r) => r.shrunk),
        )
        .with('weight', effects.column('weight'))
        .with('posterior', effects.column('posterior'))
        .with('p_shrunk', effects.column('p_shrunk'))
        .with(
          'stressed',
          Float64Array.from(all, (r) => r.stressed),
        )
        .with('q', corrected.column('q'))
        .with(
          'quality',
          Float64Array.from(all, (r) => r.quality),
        )
        .with('track', textColumn(all.map((r) => r.track)))
        .with('passed', flagColumn(all.map((r) => r.passed)))
        .with('override', textColumn(all.map((r) => r.override)))
        .with('reasons', textColumn(all.map((r) => r.reasons))),
      gates: gateTable(
        tests,
        all.map(({ held }) => held),
      ),
    };
  },
});

/** The first event that has its own bounds again. */
function twiceIn({ id, overrides }: SpecOf<typeof kind>) {
  const events = overrides.map(({ event }) => event);
  const event = events.find((one, i) => events.indexOf(one) < i);
  return event === undefined ? undefined : { gates: id, event };
}

/** The first row where the tables are not of one hypothesis. */
function differs(tests: Frame, effects: Frame, corrected: Frame) {
  const [a, b, c] = [tests.texts('id'), effects.texts('id'), corrected.texts('id')];
  const rows = Math.max(a.length, b.length, c.length);
  for (let i = 0; i < rows; i++) {
    const facts = { row: i + 1, test: a[i] ?? null, effect: b[i] ?? null, corrected: c[i] ?? null };
    if (facts.test !== facts.effect || facts.test !== facts.corrected) return facts;
  }
  return undefined;
}

function testedOf(tests: Frame, effects: Frame, corrected: Frame): readonly Tested[] {
  const [events, states] = [tests.texts('event'), tests.texts('state')];
  const [lacks, same] = [tests.texts('lacks'), tests.texts('same')];
  const [n, asked, cost, t] = [
    tests.column('n'),
    tests.column('min_events'),
    tests.column('cost'),
    tests.column('t'),
  ];
  const [gross, weight] = [effects.column('gross'), effects.column('weight')];
  const own = tests.column('gross');
  const [q, stable] = [corrected.column('q'), tests.flags('stable')];
  return events.map((event, i) => ({
    event: event ?? '',
    conditioned: states[i] !== null,
    dark: lacks[i] !== null,
    again: same[i] !== null,
    n: n[i] ?? NaN,
    asked: asked[i] ?? NaN,
    gross: gross[i] ?? NaN,
    own: own[i] ?? NaN,
    cost: cost[i] ?? NaN,
    weight: weight[i] ?? NaN,
    q: q[i] ?? NaN,
    t: t[i] ?? NaN,
    stable: stable[i] === 1,
  }));
}
