import {
  defineNode,
  evaluate,
  Frame,
  many,
  optional,
  type SpecOf,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { detector, usable } from '../kinds/detector.js';
import { event } from '../kinds/event.js';
import { errorsIn } from '../kinds/programs.js';
import { quality } from '../kinds/quality.js';
import { context, events, features, funding, nudged as port } from '../ports.js';
import { type Difference, differences, firedIn, timesOf } from './rows/differences.js';
import { divided, veiled, wantedOf } from './rows/looked.js';
import { variantsOf } from './rows/nudged.js';
import { nudgesOf } from './rows/nudges.js';
import { framesOf, readBy, symbolOf } from './rows/rule.js';

export default defineNode({
  type: 'events.nudge',
  doc: 'Occurrences that come or go when the main threshold of an event is a little lower or higher: how much its count hangs on that number.',
  time: 'trailing',

  in: {
    features: many(features),
    context: optional(context),
    funding: optional(many(funding)),
    events,
  },
  out: { nudged: port },
  params: {
    event: t.spec(event, { doc: 'The event.' }),
    quality: t.spec(quality, { doc: 'Tells how far the threshold is moved.' }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  reads: ({ event: spec, spacing }, ins) => {
    return ins.features ? { ...readBy(spec, ins, spacing), events: ['symbol', 'ts'] } : {};
  },
  errors: {
    'events/nudge-unsound': 'Event {event} does not compile with {param} at {values}: {problems}.',
  },

  run(ins, { event: given, quality, spacing }, ctx) {
    const symbols = ins.features.map(symbolOf);
    const tables = framesOf(ins.features, ins.context, ins.funding);
    const [first] = tables;
    const ports = { features: first?.self, funding: first?.funding };
    const spec = usable(given, ports, spacing);
    const values = nudgesOf(spec.open, quality.step).map(({ value }) => value);
    const { variants, definitions } = variantsOf(spec, values);
    const result = detector(spec, ports, spacing, definitions);
    const problems = errorsIn(result);
    if (problems.length > 0) {
      const facts = { event: spec.id, param: spec.open?.name ?? '', values, problems };
      ctx.refuse('events/nudge-unsound', facts);
    }
    const { program } = result;
    const known = new Set(program.columns.map((c) => c.id));
    // An event that is not available has no column to ask for.
    const asked = variants.filter(({ column }) => known.has(column));
    const wanted = wantedOf(spec, program.reads);
    const { looked } = divided(symbols, tables, wanted, program.reads.self ?? []);
    const base = timesOf(ins.events);
    const rows = (asked.length === 0 ? [] : looked).flatMap(({ symbol, frames, since }) => {
      const columns = asked.map(({ column }) => column);
      const frame = veiled(evaluate(program, frames, columns, { symbol }), columns, since);
      const own = base.get(symbol) ?? new Set();
      return asked.flatMap(({ value, column }) =>
        differences(own, firedIn(frame, column)).map((found) => ({ symbol, value, ...found })),
      );
    });
    return { nudged: frameOf(spec, spacing, rows) };
  },
});

interface Row extends Difference {
  readonly symbol: string;
  readonly value: number;
}

function frameOf(spec: SpecOf<typeof event>, spacing: number, found: readonly Row[]): Frame {
  const rows = [...found].sort((a, b) => {
    return a.ts - b.ts || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : a.value - b.value);
  });
  const time = (of: (row: Row) => number) => {
    return { dtype: 'time', values: Float64Array.from(rows, of) } as const;
  };
  return Frame.of({
    event: textColumn(rows.map(() => spec.id)),
    symbol: textColumn(rows.map((r) => r.symbol)),
    ts: time((r) => r.ts),
    tradable: time((r) => r.ts + spacing),
    value: Float64Array.from(rows, (r) => r.value),
    change: Float64Array.from(rows, (r) => r.change),
  });
}
