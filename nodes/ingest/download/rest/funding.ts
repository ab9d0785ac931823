import { DAY } from '../days.js';
import { type Form, numberAt, rowsIn, timeAt } from './form.js';

const HOUR = 3_600_000;

/**
 * Funding prints, oldest first. The answer does not tell the interval, which the archive has: it is the distance to the print
 * before, whence the question begins a day early; the first print of a symbol has that of the next one.
 * @see Binance REST, GET /fapi/v1/fundingRate
 */
export const funding: Form = {
  header: 'calc_time,funding_interval_hours,last_funding_rate',

  async *pages({ rest, symbol, from, to }, ask) {
    const prints: { readonly time: number; readonly rate: string }[] = [];
    for (let start = from - DAY; start < to; ) {
      const query = { symbol, startTime: start, endTime: to - 1, limit: rest.page };
      const page = await ask(rest.path, query, 'array of funding', (json) => rowsIn(json, print));
      if (page === 'broken') {
        yield page;
        return;
      }
      prints.push(...page);
      const last = page[page.length - 1];
      if (last === undefined || page.length < rest.page) break;
      start = last.time + 1;
    }
    yield prints
      .map(({ time, rate }, i) => {
        const [one, other] = i > 0 ? [prints[i - 1]?.time, time] : [time, prints[i + 1]?.time];
        const hours =
          one === undefined || other === undefined ? '' : Math.round((other - one) / HOUR);
        return { time, text: `${time},${hours},${rate}` };
      })
      .filter(({ time }) => time >= from);
  },
};

function print(element: unknown) {
  const [time, rate] = [timeAt(element, 'fundingTime'), numberAt(element, 'fundingRate')];
  return time === undefined || rate === undefined ? undefined : { time, rate };
}
