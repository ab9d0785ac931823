import { ABSENT, defineNode, Frame, optional, t, textColumn } from '../../engine/sdk/index.js';
import { market } from '../kinds/market.js';
import { fees, news } from '../ports.js';

export default defineNode({
  type: 'ingest.schedule',
  doc: 'What a market states rather than records: how its fees changed, and the scheduled news of its calendar. What it does not state is absent.',
  time: 'row',

  in: {},
  out: { fees: optional(fees), news: optional(news) },
  params: {
    market: t.spec(market, { doc: 'Whose fees and calendar.' }),
    span: t.span({ doc: 'Nothing that came to be known after it is told.' }),
    warmup: t.duration({ default: '0d', doc: 'History before the span.' }),
  },
  within: ({ span, warmup }) => ({ from: span.from - warmup, to: span.to }),
  shape: (_ins, { market: { fees, calendar } }) => ({
    ...(fees.length === 0 && { fees: ABSENT }),
    ...(calendar.releases.length === 0 && { news: ABSENT }),
  }),
  errors: {
    'ingest/fees-twice': 'Market {market} states its fees twice for {at}.',
    'ingest/news-twice': 'Calendar {calendar} has {name} twice at {at}.',
    'ingest/late-notice':
      'Calendar {calendar} has {name} announced on {announced}, after it is out on {at}.',
  },

  run(_ins, { market: spec, span }, ctx) {
    const { calendar } = spec;
    const changes = spec.fees.filter(({ from }) => from < span.to).sort((a, b) => a.from - b.from);
    const again = changes.find(({ from }, i) => from === changes[i + 1]?.from);
    if (again) ctx.refuse('ingest/fees-twice', { market: spec.id, at: iso(again.from) });
    const releases = calendar.releases
      .flatMap(({ at, ...about }) => at.map((ts) => ({ ...about, ts })))
      .filter(({ announced }) => announced < span.to)
      .sort((a, b) => a.ts - b.ts || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    releases.forEach(({ name, ts, announced }, i) => {
      const facts = { calendar: calendar.id, name, at: iso(ts) };
      const next = releases[i + 1];
      if (next?.ts === ts && next.name === name) ctx.refuse('ingest/news-twice', facts);
      if (announced > ts) ctx.refuse('ingest/late-notice', { ...facts, announced: iso(announced) });
    });
    return {
      fees: spec.fees.length === 0 ? undefined : feesFrame(changes),
      news: calendar.releases.length === 0 ? undefined : newsFrame(releases),
    };
  },
});

type Change = {
  readonly from: number;
  readonly taker_bps: number;
  readonly maker_bps?: number | undefined;
};

function feesFrame(changes: readonly Change[]): Frame {
  const columns = {
    ts: time(changes.map((c) => c.from)),
    taker_bps: Float64Array.from(changes, (c) => c.taker_bps),
    maker_bps: Float64Array.from(changes, (c) => c.maker_bps ?? Number.NaN),
  };
  return Frame.of(columns, { taker_bps: 'bps', maker_bps: 'bps' });
}

interface Release {
  readonly ts: number;
  readonly name: string;
  readonly importance: string;
  readonly announced: number;
}

function newsFrame(releases: readonly Release[]): Frame {
  return Frame.of({
    ts: time(releases.map((r) => r.ts)),
    name: textColumn(releases.map((r) => r.name)),
    importance: textColumn(releases.map((r) => r.importance)),
    announced: time(releases.map((r) => r.announced)),
  });
}

function time(values: readonly number[]) {
  return { dtype: 'time', values: Float64Array.from(values) } as const;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
