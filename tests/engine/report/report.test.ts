import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Frame } from '../../../engine/frame/frame.js';
import { textColumn } from '../../../engine/frame/text.js';
import { bytes, count, duration, number, time } from '../../../engine/report/format.js';
import { frameTable } from '../../../engine/report/frame.js';
import { jsonLines } from '../../../engine/report/json-lines.js';
import { liveBlock } from '../../../engine/report/live.js';
import { runLog } from '../../../engine/report/log.js';
import { plainLines } from '../../../engine/report/plain.js';
import { Progress } from '../../../engine/report/progress.js';
import type { Reporter, Screen } from '../../../engine/report/reporter.js';
import { summaryText } from '../../../engine/report/summary.js';
import { csv, cut, table } from '../../../engine/report/table.js';
import type { RunEvent, Summary } from '../../../engine/run/events.js';

/** Moves of the cursor: up, erase. */
const CONTROL = new RegExp(`${String.fromCharCode(27)}\\[\\d+[AJ]`, 'g');
const folder = mkdtempSync(join(tmpdir(), 'dag-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

const problem = {
  code: 'a/b',
  severity: 'error',
  message: 'It broke.',
  facts: { x: Number.NaN },
} as const;
const timings = { queue: 1, hash: 2, read: 3, user: 90, write: 4 };
const counts = { cached: 2, done: 1, joined: 0, failed: 1, skipped: 0, blocked: 0, cancelled: 0 };
const summary: Summary = {
  outcome: 'failed',
  counts,
  degraded: ['fold@1'],
  warnings: 1,
  remembered: 2,
  elapsed: 1234,
  timings,
  outs: { page: { kind: 'file', digest: '3fa9c1d2e3f4a5b6', path: 'lake/reports/page.html' } },
};
const events: readonly RunEvent[] = [
  { event: 'run-started', run: 'R1', pipeline: 'smoke', items: 2 },
  { event: 'expanded', dimension: 'fold', at: '', points: 2, items: 2 },
  { event: 'item-ended', item: 'a@1', node: 'n.a', outcome: 'cached' },
  { event: 'item-ended', item: 'a@2', node: 'n.a', outcome: 'cached' },
  { event: 'item-started', item: 'b@1', node: 'n.b' },
  { event: 'item-started', item: 'b@2', node: 'n.b' },
  { event: 'item-progress', item: 'b@1', done: 1, total: 4 },
  { event: 'item-log', item: 'b@1', message: 'half way', facts: { rows: 3 } },
  { event: 'item-ended', item: 'b@1', node: 'n.b', outcome: 'done', key: 'k', timings },
  { event: 'warning', item: 'b@1', problem: { ...problem, severity: 'warning' } },
  { event: 'item-ended', item: 'b@2', node: 'n.b', outcome: 'failed', problems: [problem] },
  { event: 'published', path: 'lake/x.parquet', rows: 12_000, bytes: 4096 },
  { event: 'run-ended', run: 'R1', summary },
];

/** Plays the events with 3 s between two of them. */
function play(make: (screen: Screen) => Reporter, width = 60): string {
  let [text, now] = ['', 0];
  const reporter = make({
    write: (more) => {
      text += more;
    },
    color: false,
    width,
    now: () => now,
    explain: (found) => found.map((p) => `${p.code} ${p.message}\n`).join(''),
  });
  for (const event of events) {
    now += 3000;
    reporter.take(event);
  }
  reporter.close();
  return text;
}

describe('reporters', () => {
  it('plain lines tell what is notable', () => {
    expect(play(plainLines)).toBe(
      [
        'smoke: run R1',
        '0 done, 1 cached, 0 running, 3 to go; 6.00 s',
        '0 done, 2 cached, 2 running, 2 to go; 18.0 s; b@1 25 %, 6.00 s',
        '1 done, 2 cached, 1 running, 1 to go; 24.0 s, about 3.00 s left; b@2, 9.00 s',
        'warning b@1',
        'a/b It broke.',
        'failed b@2 (n.b)',
        'a/b It broke.',
        '1 done, 2 cached, 0 running, 1 failed; 30.0 s',
        'published lake/x.parquet (12,000 rows, 4.00 KiB)',
        '',
      ].join('\n'),
    );
  });

  it('JSON lines tell everything, one event a line', () => {
    const lines = play(jsonLines).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(events.map((e) => e.event));
    expect(JSON.parse(lines[10] ?? '').problems[0].facts).toEqual({ x: 'NaN' });
  });

  it('the live block leaves nothing behind but what is notable', () => {
    const screen = render(play(liveBlock));
    expect(screen).toEqual([
      'warning b@1',
      'a/b It broke.',
      'failed b@2 (n.b)',
      'a/b It broke.',
      'published lake/x.parquet (12,000 rows, 4.00 KiB)',
    ]);
    for (const line of play(liveBlock, 30).split('\n'))
      expect(line.replace(CONTROL, '').length).toBeLessThan(49);
  });

  it('the summary says how it ended and where the time went', () => {
    expect(summaryText('smoke', 'R1', summary, { color: false })).toBe(
      [
        'smoke failed in 1.23 s  (run R1)',
        '  4 items: 2 cached, 1 done, 1 failed',
        '  time of items: hash 0.00 s (2 %), read 0.00 s (3 %), user 0.09 s (91 %), write 0.00 s (4 %); queue 0.00 s an item',
        '  1 warning',
        '  2 warnings of cached items (`dag show --warnings` lists them)',
        '  degraded: fold@1',
        '  page  3fa9c1d2e3  lake/reports/page.html',
      ].join('\n'),
    );
  });

  it('the log has what nodes said, what was wrong and what failed', async () => {
    mkdirSync(join(folder, 'runs/R1'), { recursive: true });
    const log = runLog(folder);
    for (const event of events) log.take(event);
    await log.flush();
    const lines = readFileSync(log.path ?? '', 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((l) => `${l.level} ${l.item} ${l.message}`)).toEqual([
      'info b@1 half way',
      'warn b@1 It broke.',
      'error b@2 failed',
    ]);
  });

  it('a run in which nothing happens has no log', async () => {
    const log = runLog(folder);
    for (const event of events.slice(0, 4)) log.take(event);
    await log.flush();
    expect(log.path).toBeUndefined();
  });
});

describe('how long it will take', () => {
  it('is judged by what has ended', () => {
    const progress = new Progress();
    let now = 0;
    for (const event of events.slice(0, 9)) {
      now += 1000;
      progress.take(event, now);
    }
    // One item took 4 s; the other has run for 3 s.
    expect(progress.left(now)).toBe(1000);
    expect(progress.left(now + 500)).toBe(500);
    expect(new Progress().left(0)).toBeUndefined();
  });
});

describe('words', () => {
  it.each([
    [duration(340), '0.34 s'],
    [duration(42_140), '42.1 s'],
    [duration(185_000), '3:05 min'],
    [duration(3_730_000), '1:02:10 h'],
    [bytes(312), '312 B'],
    [bytes(4300), '4.20 KiB'],
    [bytes(1024 * 1024 * 1340), '1.31 GiB'],
    [count(1234567), '1,234,567'],
    [count(999), '999'],
    [number(0.1 + 0.2), '0.3'],
    [number(123456.789), '123460'],
    [number(1e-7), '1.0000e-7'],
    [number(Number.NaN), '·'],
    [time(Date.UTC(2024, 0, 31)), '2024-01-31'],
    [time(Date.UTC(2024, 0, 31, 8, 5)), '2024-01-31 08:05'],
    [cut('abcdef', 4), 'abc…'],
    [csv(['a', 'b'], [['1,2', 'x"y']]), 'a,b\n"1,2","x""y"'],
    [
      table(
        [{ title: 'a' }, { title: 'bb', align: 'right' }],
        [
          ['x', '1'],
          ['yyy', '22'],
        ],
      ),
      'a    bb\n---  --\nx     1\nyyy  22',
    ],
  ])('%#: %s', (made, expected) => expect(made).toBe(expected));
});

describe('frames as tables', () => {
  const frame = Frame.from(
    [
      { name: 'ts', column: { dtype: 'time', values: Float64Array.of(0, 300_000, 600_000) } },
      {
        name: 'r',
        column: { dtype: 'f64', values: Float64Array.of(0.5, Number.NaN, -2) },
        unit: 'return',
      },
      { name: 'up', column: { dtype: 'bool', values: Uint8Array.of(1, 255, 0) } },
      { name: 'who', column: textColumn(['a', null, 'b']) },
    ],
    3,
  );
  it('shows every type', () => {
    expect(frameTable(frame, { rows: 10 }).split('\n')).toEqual([
      'ts                r [return]  up     who',
      '----------------  ----------  -----  ---',
      '1970-01-01               0.5  true   a',
      '1970-01-01 00:05           ·  ·      ·',
      '1970-01-01 00:10          -2  false  b',
    ]);
  });
  it('shows fractions in per cent, and says so', () => {
    const column = (values: readonly number[]) => ({
      dtype: 'f64' as const,
      values: Float64Array.from(values),
    });
    const shares = Frame.from(
      [
        { name: 'part', column: column([0.426, -0.0147, Number.NaN, 1]), unit: 'fraction' },
        { name: 'plain', column: column([0.426, -0.0147, Number.NaN, 1]) },
      ],
      4,
    );
    expect(frameTable(shares, { rows: 10, digits: 3 }).split('\n')).toEqual([
      'part [%]    plain',
      '--------  -------',
      '    42.6    0.426',
      '   -1.47  -0.0147',
      '       ·        ·',
      '     100        1',
    ]);
  });
  it('leaves out the middle', () => {
    expect(frameTable(frame, { rows: 2, columns: ['who'] }).split('\n')).toEqual([
      'who',
      '---',
      'a',
      '⋮',
      'b',
    ]);
  });
});

/** What a terminal shows after some text: only "up n lines" and "erase below" are understood. */
function render(text: string): readonly string[] {
  const lines: string[] = [''];
  let row = 0;
  for (const part of text.split(new RegExp(`(${CONTROL.source}|\\n)`))) {
    const up = part.startsWith('\x1b') ? /(\d+)A$/.exec(part) : null;
    if (up) row -= Number(up[1]);
    else if (part === '\x1b[0J') lines.splice(row, lines.length, '');
    else if (part === '\n') lines[++row] ??= '';
    else lines[row] = (lines[row] ?? '') + part;
  }
  return lines.slice(0, -1);
}
