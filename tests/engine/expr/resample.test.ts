import { describe, expect, it } from '@jest/globals';
import { mentionsOf } from '../../../engine/expr/mentions.js';
import { evaluate, evaluateOn, type TableFacts } from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import { bars, barTable, column, compileAll, listsOf, parse, START } from './kit.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const N = Number.NaN;

const sessions: TableFacts = {
  clock: 'sessions',
  nominal: 30 * MINUTE,
  within: DAY,
  available: 'ends',
  columns: new Map([
    ['ts', column('time')],
    ['ends', column('time')],
    ['name', column('text')],
  ]),
};
const self = barTable(['x'], { late: column('f64', { delay: 7 * MINUTE }) });
const tables = { self, sessions };

function frameOf(x: readonly number[], start = START): Frame {
  const time = { dtype: 'time', values: bars(x.length, start) } as const;
  return Frame.of({ x: [...x], late: [...x] }).with('ts', time);
}

function factsOf(text: string) {
  const { program, problems } = compileAll({ out: text }, tables);
  expect(problems.map((p) => p.message)).toEqual([]);
  return program.columns[0]?.facts;
}

describe('buckets', () => {
  const rows = (text: string, x: readonly number[], start = START) => {
    const { program, problems } = compileAll({ out: text }, tables);
    expect(problems).toEqual([]);
    const clock = program.columns[0]?.facts.clock ?? '';
    const found = evaluateOn(program, clock, { self: frameOf(x, start) }, ['out']);
    return { ts: [...found.time('ts')], out: listsOf(found).out };
  };

  it('weeks begin on Monday, UTC, and the open one has no row', () => {
    const days = 10;
    const x = Array.from({ length: days * 288 }, (_, i) => i);
    // 2024-03-01 was a Friday.
    const { ts, out } = rows('resample(x, 7d, last, min=1)', x);
    expect(ts).toEqual([START - 4 * DAY, START + 3 * DAY]);
    expect(out).toEqual([3 * 288 - 1, 10 * 288 - 1]);
    expect(rows('resample(x, 7d, count, min=1)', x.slice(0, -1)).out).toEqual([3 * 288]);
  });

  const summaries: readonly (readonly [how: string, gives: readonly (number | null)[]])[] = [
    ['first', [1e16, 4]],
    ['last', [3, 6]],
    ['highest', [1e16, 6]],
    ['lowest', [-1e16, 4]],
    ['sum', [3, 15]],
    ['mean', [1, 5]],
    ['std', [1e16, 1]],
    ['count', [3, 3]],
  ];
  for (const [how, gives] of summaries)
    it(`${how}: digits are kept`, () =>
      expect(rows(`resample(x, 15m, ${how})`, [1e16, -1e16, 3, 4, 5, 6]).out).toEqual(gives));

  it('what is late is seen later, never before the bucket is over', () => {
    const x = Array.from({ length: 40 }, (_, i) => i);
    const out = (text: string) =>
      listsOf(evaluate(compileAll({ out: text }, tables).program, { self: frameOf(x) })).out ?? [];
    // The hour that closes at bar 12 is seen by bar 11, whose close it shares; 7 minutes later by bar 13.
    expect(out('asof(resample(x, 1h, last))').slice(10, 13)).toEqual([null, 11, 11]);
    expect(out('asof(resample(late, 1h, last))').slice(11, 15)).toEqual([null, null, 11, 11]);
    // A lag pays for delay, and brings the end of the bucket no nearer.
    expect(out('asof(resample(lag(x, 1), 1h, last, min=11))').slice(10, 13)).toEqual([
      null,
      10,
      10,
    ]);
    expect(out('asof(resample(lag(late, 2), 1h, last, min=10))').slice(10, 13)).toEqual([
      null,
      9,
      9,
    ]);
  });
});

describe('tables of intervals', () => {
  const table = (spans: readonly (readonly [from: number, to: number])[]) =>
    Frame.of({ name: spans.map((_, i) => `s${i}`) })
      .with('ts', { dtype: 'time', values: Float64Array.from(spans, ([a]) => START + a * MINUTE) })
      .with('ends', {
        dtype: 'time',
        values: Float64Array.from(spans, ([, b]) => START + b * MINUTE),
      });
  const out = (
    text: string,
    x: readonly number[],
    spans: readonly (readonly [from: number, to: number])[],
  ) => {
    const { program, problems } = compileAll({ out: text }, tables);
    expect(problems).toEqual([]);
    return listsOf(evaluate(program, { self: frameOf(x), sessions: table(spans) })).out;
  };

  it('take the bars that lie within, and are seen when they are over', () => {
    expect(
      out(
        'asof(resample(x, sessions, sum))',
        [1, 2, 3, 4, 5, 6, 7, 8],
        [
          [0, 10],
          [12, 25],
          [25, 60],
        ],
      ),
    ).toEqual([null, 3, 3, 3, 9, 9, 9, 9]);
  });
  it('may overlap, and may hold no bar', () => {
    expect(
      out(
        'asof(resample(x, sessions, count, min=1))',
        [1, 2, 3, 4, 5, 6],
        [
          [0, 20],
          [10, 20],
          [21, 24],
        ],
      ),
    ).toEqual([null, null, null, 2, null, null]);
  });
  it('need all of their bars unless min says otherwise', () => {
    const spans = [[0, 15]] as const;
    expect(out('asof(resample(x, sessions, last))', [1, N, 3, 4], spans)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(out('asof(resample(x, sessions, last, min=2))', [1, N, 3, 4], spans)).toEqual([
      null,
      null,
      3,
      3,
    ]);
  });
  it('go on as rows of their table', () => {
    const text = "asof(if(sessions.name != 's1', resample(x, sessions, last), 0))";
    expect(
      out(
        text,
        [1, 2, 3, 4, 5, 6],
        [
          [0, 5],
          [5, 10],
          [10, 20],
        ],
      ),
    ).toEqual([1, 0, 0, 4, 4, 4]);
  });

  it('are mentioned as the tables they are', () => {
    const names = (text: string) =>
      mentionsOf(parse(text), new Map()).map(({ kind, name }) => `${kind} ${name}`);
    expect(names('resample(x, sessions, last)')).toEqual(['table sessions', 'name x']);
    expect(names('resample(x, how=last, to=sessions)')).toEqual(['table sessions', 'name x']);
    expect(names('resample(x, 1h, last)')).toEqual(['name x']);
    expect(names('by(hour, x)')).toEqual(['time hour', 'name x']);
    const { program } = compileAll({ out: 'asof(resample(x, sessions, last))' }, tables);
    expect(program.reads).toEqual({ self: ['ts', 'x'], sessions: ['ends', 'ts'] });
  });
  it('that are not bound make what needs them unavailable', () => {
    const { program, problems } = compileAll(
      { out: 'asof(resample(x, sessions, last))' },
      { self },
      { unbound: ['sessions'] },
    );
    expect(problems).toEqual([]);
    expect([...program.needs]).toEqual([['sessions', ['out']]]);
  });

  const refused: readonly (readonly [text: string, code: string, says: string])[] = [
    ['asof(resample(x, sesions, last))', 'expr/unknown-table', '"sesions"'],
    ['asof(resample(x, prints, last))', 'expr/argument', 'do not say when they end'],
    ['asof(resample(x, self, last))', 'expr/argument', 'on the clock of x itself'],
    ['asof(resample(x, 7m, last))', 'expr/argument', 'whole number of rows'],
    ['asof(resample(prints.rate, 1d, last))', 'expr/argument', 'no fixed spacing'],
    ['asof(resample(x, 1h, median))', 'expr/constant-expected', 'one of first'],
  ];
  for (const [text, code, says] of refused)
    it(`${text}: ${code}`, () => {
      const columns = new Map([
        ['ts', column('time')],
        ['rate', column('f64')],
      ] as const);
      const prints: TableFacts = { clock: 'prints', columns };
      const { problems } = compileAll({ out: text }, { ...tables, prints });
      expect(problems.map((p) => p.code)).toEqual([code]);
      expect(problems[0]?.message).toContain(says);
    });
});

describe('how far a bucket reaches back', () => {
  // Coarse rows: what x looks back on from the first bar of the bucket; in bars the bucket itself and the time until it is over.
  const reach: readonly (readonly [text: string, coarse: number, inBars: number])[] = [
    ['resample(x, 1h, last)', 0, 23],
    ['resample(mean(x, 3), 1h, last)', 0, 23],
    ['resample(mean(x, 4), 1h, last)', 1, 35],
    ['resample(lag(x, 1), 1h, last)', 0, 23],
    ['mean(resample(x, 1h, last), 4)', 3, 59],
    ['resample(late, 1h, last)', 0, 25],
    ['resample(x, 10m, last)', 0, 3],
  ];
  for (const [text, coarse, inBars] of reach)
    it(`${text}: ${coarse} rows, ${inBars} bars`, () => {
      expect(factsOf(text)).toMatchObject({ reach: coarse, kind: 'finite' });
      expect(factsOf(`asof(${text})`)).toMatchObject({ reach: inBars, delay: 0, clock: 'bars' });
    });

  it('no row further back is ever looked at', () => {
    const texts = [
      'asof(resample(x, 1h, sum, min=1))',
      'asof(resample(late, 1h, sum, min=1))',
      'asof(mean(resample(mean(x, 4), 15m, sum, min=1), 3, min=1))',
      'asof(resample(lag(x, 12), 1h, lowest, min=1))',
      'asof(resample(late, 15m, mean, min=1))',
    ];
    const x = Array.from({ length: 150 }, (_, i) => ((i * 7919) % 101) / 10);
    for (const text of texts) {
      const { program } = compileAll({ out: text }, tables);
      const bound = program.columns[0]?.facts.reach ?? 0;
      const values = (cells: readonly number[]) =>
        listsOf(evaluate(program, { self: frameOf(cells) })).out ?? [];
      const base = values(x);
      let furthest = 0;
      for (let moved = 0; moved < 60; moved += 1) {
        const other = values(x.map((v, i) => (i === moved ? -1000 : v)));
        other.forEach((v, t) => {
          if (v !== base[t]) furthest = Math.max(furthest, t - moved);
        });
      }
      expect([text, furthest <= bound, furthest > bound - 14]).toEqual([text, true, true]);
    }
  });
});
