import { type Context, defineNode, type ParamValue, port, t } from '../../engine/sdk/index.js';
import { market } from '../kinds/market.js';
import { now } from './download/clock.js';
import { DAY, dayOf, dayText } from './download/days.js';
import { isDiskError, problemsOf } from './download/declared.js';
import { download, type Order } from './download/order.js';
import { ERRORS, WARNINGS } from './download/problems.js';
import type { Told } from './download/told.js';

const symbolText = t.text({
  pattern: '^[A-Z0-9_]{1,32}$',
  form: 'a symbol such as BTCUSDT',
});

export default defineNode({
  type: 'ingest.download',
  doc: 'Fetch the files of a venue’s public archive that a span needs, months before days, and the days it does not have yet by REST.',
  source:
    'Binance public data, github.com/binance/binance-public-data; Binance REST API, limits and error codes',
  time: 'row',
  effects: ['network'],

  in: {},
  out: { files: port.json<Told>('Files that lie in the folder, and what became of each.') },
  params: {
    market: t.spec(market, { doc: 'Where the files can be had: its `network:`.' }),
    symbols: t.list(symbolText, { min: 1, doc: 'Symbols as the venue writes them.' }),
    datasets: t.list(t.text(), {
      default: ['bars', 'funding'],
      min: 1,
      doc: 'Data sets to fetch, of those that the market’s `network.datasets` names.',
    }),
    listings: t.boolean({
      default: false,
      doc: 'Keep what the venue lists today, for `ingest.universe`.',
    }),
    span: t.span({ doc: 'Days to fetch; those that are not over are left out.' }),
    until: t.optional(
      t.date({ doc: 'Last day that counts as over; yesterday by the clock if left out.' }),
    ),
    folder: t.folder({ doc: 'Where the files go, below it as in the archive.' }),
    tail: t.duration({
      default: '45d',
      doc: 'How long the archive may take to publish. Younger days that it does not have are asked for by REST; 0d asks for none.',
    }),
    recheck: t.duration({
      default: '7d',
      doc: 'How long a verified file, or the absence of an old one, is believed without asking.',
    }),
    attempts: t.integer({ default: 10, min: 1, max: 20, doc: 'Times a request may fail.' }),
    backoff: t.duration({ default: '1s', doc: 'Pause after the first failure; doubles.' }),
    patience: t.duration({ default: '10m', doc: 'How long a host may make one request wait.' }),
  },
  shape: (_ins, { market, datasets, listings }, ctx) => {
    if (!ctx.knows('datasets')) return {};
    for (const { param, code, facts } of problemsOf(market, datasets, listings))
      ctx.wrong(param, code, facts);
    return {};
  },
  errors: ERRORS,
  transient: ['ingest/gave-up', 'ingest/banned'],
  warnings: WARNINGS,

  async run(_ins, { market: spec, span, until, ...order }, ctx) {
    const problem = problemsOf(spec, order.datasets, order.listings)[0];
    if (problem) ctx.refuse(problem.code, problem.facts);
    const network = spec.network ?? ctx.refuse('ingest/no-network', { market: spec.id });
    const window = windowOf(span, until, ctx);
    const { spacing, quote } = spec;
    return { files: await onDisk({ ...order, network, spacing, quote, ...window }, ctx) };
  },
});

/** Days that are wanted and over. */
function windowOf(span: Span, until: number | undefined, ctx: Context) {
  const today = dayOf(now());
  const last = today - DAY;
  const until_ = until ?? last;
  if (until_ > last) ctx.refuse('ingest/not-over', { until: dayText(until_), last: dayText(last) });
  const to = Math.min(span.to, dayOf(until_) + DAY);
  const asked = { from: dayText(span.from), to: dayText(span.to - 1) };
  if (to <= span.from) ctx.refuse('ingest/no-days', { ...asked, until: dayText(until_) });
  if (to < span.to) ctx.warn('ingest/cut', { until: dayText(until_), to: asked.to });
  return { from: span.from, to, now: dayOf(until_) + DAY };
}

type Span = ParamValue<ReturnType<typeof t.span>>;

/** What the file system says no to is a problem of the user's. */
async function onDisk(order: Order, ctx: Context): Promise<Told> {
  try {
    return await download(order, ctx);
  } catch (thrown) {
    if (!isDiskError(thrown)) throw thrown;
    const { path = order.folder, code } = thrown;
    return ctx.refuse('ingest/cannot-write', { path, reason: code });
  }
}
