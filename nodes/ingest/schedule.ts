import {
  ABSENT,
  type Context,
  defineNode,
  Frame,
  optional,
  type SpecOf,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
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
    'ingest/no-end':
      'Calendar {calendar} states releases, but not until when it knows them: give `known_until`.',
    'ingest/after-end':
      'Calendar {calendar} has {name} out on {at}, and says that it knows releases until {end}.',
  },

  run(_ins, { market: spec, span }, ctx) {
    const { calendar } = spec;
    const changes = spec.fees.filter(({ from }) => from < span.to).sort((a, b) => a.from - b.from);
    const again = changes.find(({ from }, i) => from === changes[i + 1]?.from);
    if (again) ctx.refuse('ingest/fees-twice', { market: spec.id, at: iso(again.from) });
    return {
      fees: spec.fees.length === 0 ? undefined : feesFrame(changes),
      news: calendar.releases.length === 0 ? undefined : newsOf(calendar, span.to, ctx),
    };
  },
});

type Calendar = SpecOf<typeof market>['calendar'];

/** What is announced by then, and last where the list ends: the end of a list is known as long as the list is. */
function newsOf({ id, releases, known_until: end }: Calendar, by: number, ctx: Context): Frame {
  if (end === undefined) return ctx.refuse('ingest/no-end', { calendar: id });
  const all = releases
    .flatMap(({ at, ...about }) => at.map((ts) => ({ ...about, ts })))
    .sort((a, b) => a.ts - b.ts || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  all.forEach(({ name, ts, announced }, i) => {
    const facts = { calendar: id, name, at: iso(ts) };
    const next = all[i + 1];
    if (next?.ts === ts && next.name === name) ctx.refuse('ingest/news-twice', facts);
    if (announced > ts) ctx.refuse('ingest/late-notice', { ...facts, announced: iso(announced) });
    if (ts >= end) ctx.refuse('ingest/after-end', { ...facts, end: iso(end) });
  });
  const since = all.reduce((first, { announced }) => Math.min(first, announced), end);
  const last = { ts: end, name: END, importance: 'none', announced: since };
  return newsFrame([...all, last].filter(({ announced }) => announced < by));
}

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

/** What the row is called that stands where the list ends. */
const END = '(end of the list)';

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
    ends: {
      dtype: 'bool',
      values: Uint8Array.from(releases, ({ name }) => (name === END ? 1 : 0)),
    },
  });
}

function time(values: readonly number[]) {
  return { dtype: 'time', values: Float64Array.from(values) } as const;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
