import { defineNode, many, optional, port, type SpecOf, t } from '../../engine/sdk/index.js';
import { event } from '../kinds/event.js';
import { quality } from '../kinds/quality.js';
import type { EventVerdict } from '../kinds/verdict.js';
import { coverage, eventQuality, events, nudged, verdicts } from '../ports.js';
import { Cells } from './quality/cells.js';
import { Changes, logOf } from './quality/log.js';
import { barsOf, knownYears } from './quality/seen.js';
import { tableOf } from './quality/table.js';
import { verdictOf } from './quality/verdict.js';

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
    const bySymbol = new Map(bars.map((one) => [one.symbol, one]));
    const log = logOf(events, specs, bySymbol, bounds.age * spacing);
    const counts = moved && new Changes(moved);
    const cellsOf = (spec: SpecOf<typeof event>) => {
      const looked = told ? bars.map((one) => knownYears(one, spec.id, told)) : bars;
      return new Cells(spec, log.get(spec.id) ?? [], looked, counts, bounds, spacing);
    };
    const all = specs.map(cellsOf);
    return {
      verdicts: all.map((cells): EventVerdict => verdictOf(cells)),
      quality: tableOf(all),
    };
  },
});
