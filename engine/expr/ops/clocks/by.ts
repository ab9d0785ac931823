import { maxKind, unsettled, widenAhead } from '../../facts.js';
import { placesIn } from '../../kernels/groups.js';
import { slot } from '../../kernels/read.js';
import { takeRows } from '../../kernels/take.js';
import { type Call, defineOp, type Input } from '../../op.js';
import { PURE } from '../../unit.js';

/** `by(key, expr)`: inside groups of rows. */
export const by = defineOp({
  name: 'by',
  doc: 'expr worked out inside each group of rows with one value of key: lags and windows written in it count rows of the group, names stand for their series as they are. Missing where key is, and with a key that data decide until the group has as many rows as expr looks back.',
  formula: 'yₜ = expr over (xᵢ : i ≤ t, keyᵢ = keyₜ), at its last row',
  example: 'by(hour_of_week, rank(quote_volume, 96, min=24))',
  args: [
    { name: 'key', is: 'series', type: 'any' },
    { name: 'expr', is: 'series', type: 'any' },
  ],
  gives: ([, type]) => type,
  unit: ([, unit = PURE]) => unit,
  crosses: true,
  inside: 'expr',
  costly: true,
  facts({ outside: _, ...joined }, { args, clock }) {
    const [key, expr] = args;
    if (key?.clock === undefined) return 'the key must be a series, such as hour or a state';
    const grouped = expr?.clock === undefined ? undefined : clock(expr.clock).grouped;
    if (expr?.outside === undefined || grouped === undefined)
      return expr?.clock === undefined
        ? 'the expression must read a series'
        : `the expression must read rows of "${key.clock}", and is on the clock "${expr.clock}"`;
    if (key.patchy) return 'the key is itself known group by group';
    const { recurrence } = grouped;
    const kind = recurrence === undefined ? maxKind([joined.kind, 'resetting']) : joined.kind;
    const own = recurrence?.back(expr.reach) ?? expr.reach;
    return {
      ...joined,
      clock: grouped.of,
      reach: expr.outside.reach + own,
      warmup: expr.outside.warmup + (recurrence?.soonest(expr.warmup) ?? expr.warmup),
      ahead: widenAhead(expr.outside.ahead, own),
      kind,
      holes: true,
      ...(unsettled(kind) ? { patchy: true } : {}),
    };
  },
  cases: [
    {
      call: 'by(state, mean(x, 2))',
      rows: { x: [1, 10, 2, 20, null, 30, 3], state: ['a', 'b', 'a', 'b', 'a', 'b', null] },
      gives: [null, null, 1.5, 15, null, 25, null],
    },
    // The group of a key that data decide must be as long as the window, whatever min says; known rows are then enough.
    {
      call: 'by(c, mean(x, 2, min=1))',
      rows: { x: [1, 10, 2, 20, null, 30], c: [true, false, true, false, true, false] },
      gives: [null, null, 1.5, 15, 2, 25],
    },
    // The calendar names its groups in advance: here bars 12 and 13 are those after 0 and 1.
    {
      call: 'by(minute, x - lag(x, 1))',
      rows: { x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 21, 32] },
      gives: [null, null, null, null, null, null, null, null, null, null, null, null, 20, 30],
    },
  ],
  run(call) {
    const { series, clock, settled, facts } = inGroups(call);
    if (clock.groups === undefined) throw new Error('There are no groups to come back from.');
    const late = unsettled(facts.kind) || clock.spec.grouped?.recurrence === undefined;
    return takeRows(
      series,
      placesIn(clock.groups, call.rows, late ? settled : undefined),
      call.memory,
    );
  },
  // Each row that is not missing is settled.
  settled: () => 0,
});

function inGroups(call: Call): Input {
  const found = slot(call, 'expr');
  if (found === undefined) throw new Error('The call has no expression.');
  return found;
}
