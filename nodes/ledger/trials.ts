import { readFileSync } from 'node:fs';
import {
  defineNode,
  Frame,
  flagColumn,
  many,
  t,
  textColumn,
  trialsIn,
} from '../../engine/sdk/index.js';
import { market } from '../kinds/market.js';
import { SHARED_SET, TRIAL_SET } from '../kinds/trial-set.js';
import { ledger, trials } from '../ports.js';

interface Kept {
  readonly event: string | null;
  readonly template: string | null;
  readonly own: boolean;
}

export default defineNode({
  type: 'ledger.trials',
  doc: 'Every hypothesis that was ever looked at in this lake, those of this pipeline among them: what a find has to be deflated by in all honesty. Reports alone may read it, for it is another one in every lake.',
  source: 'Bailey & López de Prado (2014), The Deflated Sharpe Ratio, JPM 40(5)',
  time: 'fit',
  effects: ['ledger'],

  in: { trials: many(trials) },
  out: { ledger },
  params: {
    market: t.spec(market, {
      doc: 'Real markets share one set of trials; those of simulated ones are another.',
    }),
  },
  reads: () => ({ trials: ['id', 'event', 'template'] }),
  // What this pipeline looked at was added before this is asked, so that a second run names the same files.
  files: ({ market: { source } }, world) => world.trials(TRIAL_SET[source] ?? SHARED_SET),

  run({ trials: own }, _params, ctx) {
    const found = new Map<string, Kept>();
    for (const path of ctx.files)
      for (const { id, event, template } of trialsIn(readFileSync(path, 'utf8')))
        found.set(id, { event, template, own: false });
    const earlier = found.size;
    for (const { value } of own) {
      const [events, templates] = [value.texts('event'), value.texts('template')];
      value.texts('id').forEach((id, row) => {
        const kin = { event: events[row] ?? null, template: templates[row] ?? null };
        if (id !== null) found.set(id, { ...kin, own: true });
      });
    }
    const rows = [...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    ctx.log('Hypotheses ever looked at.', { all: rows.length, kept: earlier });
    const texts = (of: (row: Kept) => string | null) => textColumn(rows.map(([, row]) => of(row)));
    return {
      ledger: Frame.of({
        id: textColumn(rows.map(([id]) => id)),
        event: texts((row) => row.event),
        template: texts((row) => row.template),
        own: flagColumn(rows.map(([, row]) => row.own)),
      }),
    };
  },
});
