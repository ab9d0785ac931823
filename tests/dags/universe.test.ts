import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Frame, isFrame } from '../../engine/frame/frame.js';
import { formulaSources } from '../../engine/graph/composed.js';
import { pitPipeline } from '../../engine/pit/pipeline.js';
import { compile } from '../../engine/run/compile.js';
import type { Project } from '../../engine/run/project.js';
import { walkStored } from '../../engine/run/stored-walk.js';
import type { Plugins } from '../../engine/sdk/catalogue.js';
import { readValue } from '../../engine/store/value.js';
import { Checkout } from '../kit/checkout.js';
import { LAB } from '../kit/lab.js';
import { CHECKOUT } from '../kit/project.js';
import { InlineProject } from '../kit/run.js';
import { shipped } from '../kit/shipped.js';

/*
 * A pipeline that takes its symbols from the universe: two that live on, one that dies in the middle of the span and one that is
 * listed in the middle of it. What is said of a time uses who traded then, and nobody is left out for what became of it.
 */

// Months of bars in Jest's realm, which is slow with numbers.
jest.setTimeout(180_000);

const DEAD = Date.parse('2024-01-21T12:00Z');
const LATE = Date.parse('2024-01-16T06:00Z');
const DAY = 86_400_000;
const ALL = 'AAAUSDT, BBBUSDT, DEADUSDT, LATEUSDT';

const pipeline = (where = '') => `dag: mortal
params:
  market: { type: spec market, default: mortal }
  symbols: { type: list text, default: [${ALL}] }
  span: { type: span, default: { from: 2024-01-08, to: 2024-02-03 } }
  rhythm: { type: rhythm, default: { id: once, train: 5d, test: 20d, step: 20d } }
dimensions:
  symbol: ${where === '' ? 'universe.universe' : `{ over: universe.universe, where: ${where} }`}
  fold: folds.folds
stages:
  universe: { use: ingest.universe, with: { market: $market, symbols: $symbols, span: $span } }
  members: { use: universe.members, in: { universe: universe.universe }, with: { span: $span } }
  raw: { foreach: symbol, use: ingest.market, with: { market: $market, symbol: $symbol, span: $span, seed: 3 } }
  clean: { foreach: symbol, use: clean.market, in: { raw: raw.raw, funding: raw.funding }, with: { span: $span } }
  features: { foreach: symbol, use: features.table, in: { bars: clean.bars, funding: clean.funding }, with: { specs: [logret_1, ret, rv, rv_z] } }
  context: { use: features.context, in: { bars: clean.bars, features: features.features }, with: { specs: spec/features/**/*.yaml } }
  registry: { use: events.registry, in: { features: features.features }, with: { event: VOL_SPIKE } }
  folds: { use: walkforward.folds, with: { rhythm: $rhythm, span: $span } }
  bars: { foreach: [symbol, fold], use: walkforward.window, in: { frame: clean.bars }, with: { fold: $fold, columns: [close, quote_volume] } }
  held: { foreach: fold, use: simulation.benchmark, in: { bars: bars.test, universe: universe.universe }, with: { cost: free, fold: $fold } }
out: { context: context.context }
`;

/** The shipped specs and nodes, run in this thread. */
class Shipped extends InlineProject {
  constructor(readonly plugins: Plugins) {
    super([]);
    for (const folder of ['spec', 'dags'])
      cpSync(join(CHECKOUT, folder), join(this.root, folder), { recursive: true });
    const world = readFileSync(join(CHECKOUT, 'spec/markets/placebo.yaml'), 'utf8')
      .replace('market: placebo', 'market: mortal')
      .replace(
        'simulator:\n',
        `simulator:\n  listings: { DEADUSDT: { until: ${iso(DEAD)} }, LATEUSDT: { from: ${iso(LATE)} } }\n`,
      )
      .replace(/epoch: .*/, 'epoch: 2024-01-01');
    this.write({ 'spec/markets/mortal.yaml': world, 'dags/mortal.yaml': pipeline() });
  }
  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }
  override open(): Project {
    return { ...super.open(), plugins: this.plugins, formulas: formulaSources(this.root) };
  }

  /** Run a pipeline; gives the frames at its outputs. */
  async frames(file: string, sets: Readonly<Record<string, string>> = {}) {
    const options = { sets: Object.entries(sets).map(([path, text]) => ({ path, text })) };
    const ran = await this.run(file, options);
    const problems = ran.events.flatMap((e) =>
      e.event === 'item-ended' ? (e.problems ?? []) : [],
    );
    expect(problems.map(({ message }) => message)).toEqual([]);
    const project = this.open();
    const { walk } = walkStored(project, await compile(project, file, options));
    const at = (item: string, port: string): unknown => {
      const entry = walk.entries.find(({ name }) => name === item);
      const stored = entry?.state.kind === 'given' ? entry.state.outputs[port] : undefined;
      const read = stored && readValue(project.store.objects, stored);
      if (read?.state !== 'ok') throw new Error(`there is no ${item}.${port}`);
      return read.value;
    };
    const frame = (item: string, port: string): Frame => {
      const value = at(item, port);
      if (!isFrame(value)) throw new Error(`${item}.${port} is no frame`);
      return value;
    };
    return { ran, at, frame };
  }
}
const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 16)}Z`;

/** Rows of a table as plain data: those of a symbol with times from … until before. */
function rowsOf(
  table: Frame,
  symbol: string,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
) {
  const [names, ts] = [table.texts('symbol'), table.time('ts')];
  return [...table.rows()].filter(
    (_, i) => names[i] === symbol && (ts[i] ?? 0) >= from && (ts[i] ?? 0) < to,
  );
}

let project: Shipped;
let found: Awaited<ReturnType<Shipped['frames']>>;
beforeAll(async () => {
  project = new Shipped(await shipped());
  found = await project.frames('dags/mortal.yaml');
});
afterAll(() => project.remove());

describe('a pipeline over a universe', () => {
  it('goes over every symbol that traded, the dead one among them', () => {
    expect(found.ran.exit).toBe(0);
    const items = Object.keys(found.ran.outcomes).filter((name) => name.startsWith('features@'));
    expect(items).toEqual(ALL.split(', ').map((symbol) => `features@${symbol}`));
  });

  it('tells members by month and day', () => {
    const members = found.frame('members', 'members');
    const told = [...members.rows()].map(({ month, symbol, listed, until }) =>
      [month, listed, until]
        .map((ms) => iso(Number(ms)))
        .concat(String(symbol))
        .join(' '),
    );
    expect(told.filter((row) => /DEAD|LATE/.test(row))).toEqual([
      `2024-01-01T00:00Z 2024-01-01T00:00Z ${iso(DEAD)} DEADUSDT`,
      `2024-01-01T00:00Z ${iso(LATE)} 2024-02-01T00:00Z LATEUSDT`,
      '2024-02-01T00:00Z 2024-02-01T00:00Z 2024-02-04T00:00Z LATEUSDT',
    ]);
    expect(told).toHaveLength(7);
  });

  it('has no bar of a symbol before it is listed or after it ends, and does not call that a gap', () => {
    for (const [symbol, from, to] of [
      ['DEADUSDT', Number.NEGATIVE_INFINITY, DEAD],
      ['LATEUSDT', LATE, Number.POSITIVE_INFINITY],
    ] as const) {
      const bars = found.frame(`clean@${symbol}`, 'bars');
      const [ts, close] = [bars.time('ts'), bars.column('close')];
      const quoted = ts.filter((_, i) => !Number.isNaN(close[i] ?? Number.NaN));
      expect(quoted.every((ms) => ms >= from && ms < to)).toBe(true);
      expect(quoted.length).toBeGreaterThan(12 * 288);
      expect(Number(found.at(`clean@${symbol}`, 'missing_share'))).toBeLessThan(0.05);
    }
  });

  it('has no event of a symbol outside of its life', () => {
    const events = found.frame('registry', 'events');
    for (const symbol of ['DEADUSDT', 'LATEUSDT'])
      expect(rowsOf(events, symbol).length).toBeGreaterThan(3);
    for (const row of rowsOf(events, 'DEADUSDT')) expect(Number(row.ts)).toBeLessThan(DEAD);
    for (const row of rowsOf(events, 'LATEUSDT'))
      expect(Number(row.ts)).toBeGreaterThanOrEqual(LATE);
  });

  it('ranks and averages only over symbols that trade at the time', async () => {
    const whole = found.frame('context', 'context');
    const without = async (symbols: string) =>
      (await project.frames('dags/mortal.yaml', { symbols })).frame('context', 'context');
    const unborn = await without('AAAUSDT,BBBUSDT,DEADUSDT');
    for (const symbol of ['AAAUSDT', 'DEADUSDT'])
      expect(rowsOf(whole, symbol, 0, LATE)).toEqual(rowsOf(unborn, symbol, 0, LATE));
    // Windows still hold rows of the dead one for a while; the longest reaches a day back.
    const dead = await without('AAAUSDT,BBBUSDT,LATEUSDT');
    expect(rowsOf(whole, 'LATEUSDT', DEAD + 2 * DAY)).toEqual(
      rowsOf(dead, 'LATEUSDT', DEAD + 2 * DAY),
    );
    expect(rowsOf(whole, 'LATEUSDT', LATE, DEAD)).not.toEqual(rowsOf(dead, 'LATEUSDT', LATE, DEAD));
    const ranks = rowsOf(whole, 'AAAUSDT', 0, DEAD).map((row) => row.xs_rank_96);
    expect(new Set(ranks.map((rank) => Math.round(Number(rank) * 6) / 6)).size).toBeGreaterThan(2);
  });

  it('sells the dead one at its last price, books its loss, and buys the late one when it comes', () => {
    const held = found.frame('held@1', 'returns');
    const days = held.time('ts');
    const on = (ms: number) => days.findIndex((ts) => ts === Math.floor(ms / DAY) * DAY);
    const traded = Array.from(held.column('turnover'), (x) => Number(x.toFixed(6)));
    const moving = days.filter((_, i) => (traded[i] ?? 0) > 0);
    expect([...moving].map(iso)).toEqual(
      [days[0] ?? 0, days[on(LATE)] ?? 0, days[on(DEAD)] ?? 0, days[days.length - 1] ?? 0].map(iso),
    );
    const warned = found.ran.events.flatMap((e) => (e.event === 'warning' ? [e.problem.code] : []));
    expect(warned).toContain('simulation/delisted');
  });
});

it('two-run tests call members and what is held blind to the future', async () => {
  const open = project.open();
  const report = await pitPipeline(open, await compile(open, 'dags/mortal.yaml', {}), {
    effort: { cuts: 8, seed: 1 },
    most: 1,
    wants: ({ entry }) => ['members', 'held', 'universe'].includes(entry.stage.path),
  });
  const told = report.certificates.map(({ item, verdict, findings }) => {
    return [item, verdict, ...findings.map((f) => JSON.stringify(f))].join(' ');
  });
  expect({ told, trusted: report.trusted, timeless: report.timeless }).toEqual({
    told: ['universe blind', 'members blind', 'held@1 blind'],
    trusted: [],
    timeless: [],
  });
});

describe('a universe beside rows of time', () => {
  /** Problems of a shipped pipeline that has a universe, with stages more. */
  async function problemsOf(file: string, stages = ''): Promise<readonly string[]> {
    const checkout = await Checkout.make(LAB);
    const text = readFileSync(join(CHECKOUT, file), 'utf8');
    expect(text).toContain('universe: universe.universe }');
    checkout.write(file, text.replace(/^stages:\n/m, `stages:\n${stages}`));
    const { problems } = await checkout.check(file);
    checkout.remove();
    return problems.flatMap((p) =>
      p.severity === 'error' ? [`${p.code}: ${p.facts.path ?? p.message}`] : [],
    );
  }

  it('is taken by every fold of the tournament', async () => {
    expect(await problemsOf('dags/tournament.yaml')).toEqual([]);
  });

  it('an estimate of it has seen how all of them ended', async () => {
    const known = '  known: { use: lab.estimate, in: { rows: universe.universe } }\n';
    const moved =
      '  moved: { foreach: symbol, use: lab.adjust, in: { bars: clean.bars, level: known.level } }\n';
    expect(await problemsOf('dags/tournament.yaml', known + moved)).toEqual([
      'known/not-after: universe.universe → known.level → moved',
    ]);
  });
});

describe('what decides who is looked at', () => {
  it.each([
    ['symbol.delisted > 0', ['known/late-column']],
    ['symbol.status == "active"', ['known/late-column']],
    ['symbol.until > 0', ['known/late-column']],
    ['symbol.category != "Meme"', ['known/late-column']],
    ['symbol.evidence == "exchange"', ['known/late-column']],
    ['symbol.listed > 0', []],
  ])('where: %s', async (where, codes) => {
    const checkout = await Checkout.make();
    checkout.write('spec/markets/mortal.yaml', project.read('spec/markets/mortal.yaml'));
    checkout.write('dags/mortal.yaml', pipeline(where));
    const { problems } = await checkout.check('dags/mortal.yaml');
    checkout.remove();
    expect(problems.filter((p) => p.severity === 'error').map((p) => p.code)).toEqual(codes);
  });
});
