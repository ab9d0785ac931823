import { defineNode, many, optional, port, type SpecOf, t } from '../../engine/sdk/index.js';
import { event } from '../kinds/event.js';
import { barsOf as cooldownOf } from '../kinds/occurrence.js';
import { quality } from '../kinds/quality.js';
import type { EventVerdict } from '../kinds/verdict.js';
import { coverage, eventQuality, events, nudged, verdicts } from '../ports.js';
import { barsOf, knownYears } from './quality/bars.js';
import { Cells } from './quality/cells.js';
import { Changes, logOf } from './quality/log.js';
import { Seen } from './quality/seen.js';
import { tableOf } from './quality/table.js';
import { verdictOf } from './quality/verdict.js';

type Event = SpecOf<typeof event>;

export default defineNode({
  type: 'events.quality',
  doc: 'Gate E1: how often each event occurs, how clustered, how readable and how dependent on one number, before any outcome is looked at.',
  time: 'fit',

  in: {
    events,
    nudged: optional(nudged),
    bars: many(port.frame('The grid of one symbol, with closes.')),
    coverage: optional(many(coverage)),
  },
  out: { verdicts, quality: eventQuality },
  params: {
    specs: t.list(t.spec(event), { min: 1, doc: 'Events that are judged.' }),
    quality: t.spec(quality, { doc: 'The bounds.' }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  reads: () => ({
    events: ['event', 'symbol', 'ts', 'direction', 'severity'],
    bars: ['ts', 'close'],
  }),

  run(ins, { specs, quality: bounds, spacing }) {
    const { events, nudged: moved, bars: gathered, coverage: told } = ins;
    const bars = gathered.map(barsOf);
    // Counted from the occurrence itself, no bar within the cooldown could ever be near.
    const near = ({ cooldown }: Event) => cooldownOf(cooldown) - 1 + bounds.near;
    const log = logOf(events, specs, bars, {
      age: bounds.age * spacing,
      short: (spec) => near(spec) * spacing,
    });
    const counts = moved && new Changes(moved);
    const cellsOf = (spec: Event) => {
      const looked = told ? bars.map((one) => knownYears(one, spec.id, told)) : bars;
      const seen = log.get(spec.id) ?? new Seen(0);
      return new Cells(spec, seen, looked, counts, bounds);
    };
    const all = specs.map(cellsOf);
    return {
      verdicts: all.map((cells): EventVerdict => verdictOf(cells)),
      quality: tableOf(all),
    };
  },
});
