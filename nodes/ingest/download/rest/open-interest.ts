import { type Form, numberAt, type Question, rowsIn, timeAt } from './form.js';

/** The archive has a reading every five minutes, whatever the bars. */
const STEP = 300_000;
/** Columns beside the two of open interest, in the archive's order. */
const RATIOS = [
  'count_toptrader_long_short_ratio',
  'sum_toptrader_long_short_ratio',
  'count_long_short_ratio',
  'sum_taker_long_short_vol_ratio',
] as const;

/**
 * Open interest and the ratios of longs to shorts, joined by time. A window is asked for that holds no more readings than a
 * page, since endpoints differ in which end of a longer one they give; where readings break off, the next window begins.
 * @see Binance REST, GET /futures/data/openInterestHist, topLongShortAccountRatio, topLongShortPositionRatio,
 *      globalLongShortAccountRatio, takerlongshortRatio
 */
export const openInterest: Form = {
  header: `create_time,symbol,sum_open_interest,sum_open_interest_value,${RATIOS.join(',')}`,
  regular: true,

  async *pages(question, ask) {
    const { rest, symbol, from, to } = question;
    for (let start = from; start < to; ) {
      const query = windowOf(question, start);
      const what = 'array of open interest';
      const readings = await ask(rest.path, query, what, (json) =>
        rowsIn(json, (element) => reading(element, start)),
      );
      if (readings === 'broken') {
        yield readings;
        return;
      }
      const beside: ReadonlyMap<number, string>[] = [];
      for (const column of RATIOS) {
        const path = rest.columns[column];
        const rows =
          path === undefined || readings.length === 0
            ? []
            : await ask(path, query, 'array of ratios', (json) => rowsIn(json, ratio));
        if (rows === 'broken') {
          yield rows;
          return;
        }
        beside.push(new Map(rows.map(({ time, value }) => [time, value])));
      }
      yield readings.map(({ time, base, value }) => {
        const ratios = beside.map((column) => column.get(time) ?? '');
        const text = [clock(time), symbol, base, value, ...ratios].join(',');
        return { time, text, due: time + STEP };
      });
      const last = readings[readings.length - 1];
      start = last === undefined ? query.endTime + 1 : last.time + STEP;
    }
  },
};

function windowOf({ rest, symbol, to }: Question, start: number) {
  const endTime = Math.min(to, start + rest.page * STEP) - 1;
  return { symbol, period: '5m', startTime: start, endTime, limit: rest.page };
}

/** @param from  No reading before it was asked for. */
function reading(element: unknown, from: number) {
  const time = timeAt(element, 'timestamp');
  const [base, value] = [
    numberAt(element, 'sumOpenInterest'),
    numberAt(element, 'sumOpenInterestValue'),
  ];
  return time === undefined || time < from || base === undefined || value === undefined
    ? undefined
    : { time, base, value };
}

function ratio(element: unknown) {
  const time = timeAt(element, 'timestamp');
  const value = numberAt(element, 'longShortRatio') ?? numberAt(element, 'buySellRatio');
  return time === undefined || value === undefined ? undefined : { time, value };
}

/** `2025-02-03 00:05:00`, as the archive writes times of metrics. */
function clock(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}
