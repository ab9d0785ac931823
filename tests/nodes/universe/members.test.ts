import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { timeColumn } from '../../../engine/frame/build.js';
import { Frame } from '../../../engine/frame/frame.js';
import { textColumn } from '../../../engine/frame/text.js';
import members from '../../../nodes/universe/members.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';

const day = (text: string) => Date.parse(text);
type Life = readonly [symbol: string, listed: string, delisted: string | undefined];

function universe(lives: readonly Life[], until: string): Frame {
  return Frame.of({
    symbol: textColumn(lives.map(([symbol]) => symbol)),
    listed: timeColumn(lives.map(([, listed]) => day(listed))),
    delisted: lives.map(([, , end]) => (end === undefined ? Number.NaN : day(end))),
    until: timeColumn(lives.map(([, , end]) => day(end ?? until))),
    category: textColumn(lives.map(([symbol]) => `of ${symbol}`)),
  });
}

type Member = readonly [month: string, symbol: string, listed: string, until: string];
const table = (...rows: readonly Member[]) =>
  Frame.of({
    month: timeColumn(rows.map(([month]) => day(month))),
    symbol: textColumn(rows.map(([, symbol]) => symbol)),
    listed: timeColumn(rows.map(([, , listed]) => day(listed))),
    until: timeColumn(rows.map(([, , , until]) => day(until))),
    category: textColumn(rows.map(([, symbol]) => `of ${symbol}`)),
  });

const LIVES: readonly Life[] = [
  ['DEAD', '2022-01-15', '2022-03-01'],
  ['LATE', '2022-02-28T12:00Z', undefined],
];

nodeTable(members, {
  gives: [
    {
      name: 'a symbol is a member of every month it trades in; one that ends with a month is none of the next',
      in: { universe: universe(LIVES, '2022-03-10') },
      out: {
        members: table(
          ['2022-01-01', 'DEAD', '2022-01-15', '2022-02-01'],
          ['2022-02-01', 'DEAD', '2022-02-01', '2022-03-01'],
          ['2022-02-01', 'LATE', '2022-02-28T12:00Z', '2022-03-01'],
          ['2022-03-01', 'LATE', '2022-03-01', '2022-03-10'],
        ),
      },
    },
    {
      name: 'only months that touch the span, whole ones: also who ended or came within such a month, outside of the span',
      in: { universe: universe(LIVES, '2022-03-10') },
      params: { span: { from: '2022-02-10', to: '2022-02-20' } },
      out: {
        members: table(
          ['2022-02-01', 'DEAD', '2022-02-01', '2022-03-01'],
          ['2022-02-01', 'LATE', '2022-02-28T12:00Z', '2022-03-01'],
        ),
      },
    },
  ],
});

it('says of every day what the universe says of it', async () => {
  const DAY = 86_400_000;
  const start = day('2023-12-20');
  const life = fc.record({
    from: fc.nat(60),
    days: fc.integer({ min: 1, max: 60 }),
    dies: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 5 }), async (lives) => {
      const iso = (days: number) => new Date(start + days * DAY).toISOString();
      const given = lives.map(({ from, days, dies }, i): Life => {
        return [`S${i}`, iso(from), dies ? iso(from + days) : undefined];
      });
      const { outs } = await runNode(members, { universe: universe(given, iso(130)) });
      const found = frameAt(outs, 'members');
      for (let at = start; at < start + 130 * DAY; at += DAY) {
        const alive = lives.flatMap(({ from, days, dies }, i) =>
          at >= start + from * DAY && !(dies && at >= start + (from + days) * DAY) ? [`S${i}`] : [],
        );
        const [listed, until] = [found.time('listed'), found.time('until')];
        const told = found
          .texts('symbol')
          .filter((_, row) => (listed[row] ?? 0) <= at && at < (until[row] ?? 0));
        expect([...told].sort()).toEqual(alive);
      }
    }),
    { numRuns: 50 },
  );
});
