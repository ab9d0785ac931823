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
  regular: false, // the venue changes intervals

  async *pages({ rest, symbol, from, to }, ask) {
    const prints: Print[] = [];
    for (let start = from - DAY; dueAfter(prints, prints.length - 1) < to; ) {
      const query = { symbol, startTime: start, endTime: to - 1, limit: rest.page };
      const page = await ask(rest.path, query, 'array of funding', (json) =>
        rowsIn(json, (element) => print(element, start)),
      );
      if (page === 'broken') {
        yield page;
        return;
      }
      prints.push(...page);
      const last = page[page.length - 1];
      if (last === undefined) break;
      start = last.time + 1;
    }
    yield prints
      .map(({ time, rate }, i) => {
        const text = `${time},${hoursAt(prints, i) ?? ''},${rate}`;
        return { time, text, due: dueAfter(prints, i) };
      })
      .filter(({ time }) => time >= from);
  },
};

interface Print {
  readonly time: number;
  readonly rate: string;
}

/** Hours from the print before to this one; undefined if there is no other. */
function hoursAt(prints: readonly Print[], i: number): number | undefined {
  const [one, other] = [prints[Math.max(i, 1) - 1], prints[Math.max(i, 1)]];
  return one && other ? Math.round((other.time - one.time) / HOUR) : undefined;
}

/** When the print after this one is due, as far as can be told; before all if there is none. */
function dueAfter(prints: readonly Print[], i: number): number {
  const time = prints[i]?.time ?? Number.NEGATIVE_INFINITY;
  return time + (hoursAt(prints, i) ?? 0) * HOUR;
}

/** @param from  No print before it was asked for. */
function print(element: unknown, from: number): Print | undefined {
  const [time, rate] = [timeAt(element, 'fundingTime'), numberAt(element, 'fundingRate')];
  return time === undefined || time < from || rate === undefined ? undefined : { time, rate };
}
