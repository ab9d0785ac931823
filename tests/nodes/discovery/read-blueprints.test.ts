import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isFrame, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import blueprints from '../../../nodes/discovery/blueprints.js';
import read from '../../../nodes/discovery/read-blueprints.js';
import type { Blueprint } from '../../../nodes/kinds/blueprint-lines.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import {
  continuation,
  costly,
  DAY,
  eventSpec,
  formula,
  market,
  START,
  templateSpec,
} from '../../kit/research.js';

const feature = (id: string, text: string) => ({ id, doc: '', expr: formula(text), let: {} });
const trend = (text: string) => {
  return templateSpec('only_if_trend', { base: ['continuation'], keep: formula(text) });
};
const calm = (text: string) => ({
  ...{ id: 'CALM', family: 'TEST', source: 'E', scope: 'source_only', min_events: 200 },
  ...{ needs: ['perp_ohlcv_5m'], templates: ['continuation'], rule: formula(text), let: {} },
});
const specs = {
  specs: [eventSpec('E')],
  features: [feature('ret_1', 'close / lag(close, 1) - 1'), feature('er_96', 'close')],
  templates: [continuation, trend('er_96 >= 0.3')],
  states: [calm('abs(close) < 1')],
};
const sizing = {
  ...{ target_vol: 0.12, vol_window_bars: 5760, max_gross_leverage: 1, max_position_scale: 1 },
  ...{ portfolio_risk_budget: 1, symbol_risk_budget: 1 },
};
const min_trades = { share: 0.5, least: 20, most: 200 };

/** Two lines as research writes them: a filter in a state, and a plain template. */
async function research(): Promise<readonly Blueprint[]> {
  const at = { fold: 'validation' };
  const promoted = frame({
    ...{ id: ['a', 'b'], event: ['E', 'E'] },
    template: ['only_if_trend(continuation)', 'continuation'],
    ...{ symbol: textColumn([null, null]), state: textColumn(['CALM', null]) },
    ...{ horizon: [3, 3], direction: [1, 1], n: [150, 150], stressed: [0.002, 0.001] },
    passed: [true, true],
  });
  const candidates = frame({ id: ['a', 'b'], entry_lag: [1, 1], fills: [2, 2] });
  const folds = frame({
    id: ['validation'],
    ...{ train_from: timeColumn([START]), train_to: timeColumn([START + DAY]) },
    ...{ test_from: timeColumn([START + DAY]), test_to: timeColumn([START + 2 * DAY]) },
  });
  const { outs } = await runNode(
    blueprints,
    { promoted: [{ at, value: promoted }], candidates: [{ at, value: candidates }], folds },
    {
      ...{ ...specs, market, symbols: ['S0'], cost: costly },
      promotion: { id: 'test', least: 100, let: {} },
      blueprint: { id: 'test', let: {}, per_event: 2, at_most: 3, sizing, min_trades },
    },
  );
  return outs.list as readonly Blueprint[]; // its own schema is held to in the test of that node
}

const root = mkdtempSync(join(tmpdir(), 'dag-blueprints-'));
let list: readonly Blueprint[] = [];
beforeAll(async () => {
  list = await research();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const fileOf = (text: string) => {
  return { name: 'blueprints.jsonl', bytes: new TextEncoder().encode(text) };
};
const textOf = (lines: readonly unknown[]) => lines.map((x) => `${JSON.stringify(x)}\n`).join('');
/** The lines over the port, as a row says. */
const ported = (lines: () => readonly unknown[]) => () => ({ blueprints: fileOf(textOf(lines())) });
const edited = (entry: Readonly<Record<string, unknown>>) => {
  return ported(() => list.map((one) => ({ ...one, entry: { ...one.entry, ...entry } })));
};
const folder = (name: string, text?: string) => {
  mkdirSync(join(root, name), { recursive: true });
  if (text !== undefined) writeFileSync(join(root, name, 'blueprints.jsonl'), text);
  return join(root, name);
};

describe('discovery.read-blueprints', () => {
  nodeTable(read, {
    gives: [
      {
        name: 'what a run wrote',
        in: ported(() => list),
        params: specs,
        out: () => ({ list, blueprints: fileOf(textOf(list)) }),
      },
      {
        name: 'what lies in a folder, with or without an end of the last line',
        params: () => ({ ...specs, folder: folder('there', textOf(list).trimEnd()) }),
        out: () => ({ list, blueprints: fileOf(textOf(list).trimEnd()) }),
      },
      {
        name: 'no blueprint at all, as most runs find none',
        in: { blueprints: fileOf('') },
        params: specs,
        out: { list: [] },
      },
      {
        name: 'fields in another order, and other words about rules',
        in: ported(() => list.map((one) => Object.fromEntries(Object.entries(one).reverse()))),
        params: {
          ...specs,
          templates: specs.templates.map((x) => ({ ...x, doc: 'Other words.' })),
        },
        out: () => ({ list }),
      },
    ],
    refuses: [
      {
        name: 'nothing to read',
        params: specs,
        code: 'blueprint/one-source',
        data: { given: 'none is' },
      },
      {
        name: 'two things to read',
        in: ported(() => list),
        params: () => ({ ...specs, folder: folder('both', '') }),
        code: 'blueprint/one-source',
        data: { given: 'both are' },
      },
      {
        name: 'a folder without any',
        params: () => ({ ...specs, folder: folder('none') }),
        code: 'blueprint/no-file',
        data: { folder: join(root, 'none') },
      },
      {
        name: 'half a line',
        in: () => ({ blueprints: fileOf(textOf(list).slice(0, -20)) }),
        params: specs,
        code: 'blueprint/not-json',
        data: { line: 2 },
      },
      {
        name: 'a misspelt field, with the right one',
        in: ported(() =>
          list.map(({ direction, ...one }, i) =>
            i ? { ...one, diretion: direction } : { direction, ...one },
          ),
        ),
        params: specs,
        code: 'blueprint/wrong-line',
        data: { line: 2, problem: expect.stringContaining('did you mean "direction"?') },
      },
      {
        name: 'a line from before sides were told',
        in: edited({ side: undefined }),
        params: specs,
        code: 'blueprint/wrong-line',
        data: { line: 1, problem: "/entry must have required property 'side'" },
      },
      {
        name: 'one line twice',
        in: ported(() => [...list, ...list]),
        params: specs,
        code: 'blueprint/twice',
        data: { line: 3, first: 1 },
      },
      {
        name: 'another rule of the event since research',
        in: ported(() => list),
        params: { ...specs, specs: [eventSpec('E', { fires: formula('rises(ret_1 > 0.01)') })] },
        code: 'blueprint/stale',
        data: { line: 1, changed: 'event E' },
      },
      {
        name: 'another rule by hand',
        in: edited({ when: 'ret_1 > 0' }),
        params: specs,
        code: 'blueprint/edited',
        data: { line: 1, field: 'entry.when', written: '"ret_1 > 0"', found: 'null' },
      },
    ],
  });

  it.each([
    ['a filter', { templates: [continuation, trend('er_96 >= 0.4')] }, 'template only_if_trend'],
    [
      'its base',
      {
        templates: [
          { ...continuation, doc: '', when: formula('ret_1 > 0') },
          trend('er_96 >= 0.3'),
        ],
      },
      'template continuation',
    ],
    ['a state', { states: [calm('abs(close) < 2')] }, 'state CALM'],
    ['a state that is gone', { states: [] }, 'state CALM'],
    [
      'a feature below the event',
      { features: [feature('ret_1', 'close'), specs.features[1]] },
      'event E',
    ],
    [
      'a feature below the filter',
      { features: [specs.features[0], feature('er_96', '1')] },
      'template only_if_trend',
    ],
  ])('says what has changed: %s', async (_, changed, told) => {
    const file = { blueprints: fileOf(textOf(list.slice(0, 1))) };
    await expect(runNode(read, file, { ...specs, ...changed })).rejects.toThrow(
      `changed or gone since it was written: ${told}.`,
    );
  });
  it('hands on the very bytes it read', async () => {
    const { outs } = await runNode(read, { blueprints: fileOf(textOf(list)) }, specs);
    expect(isFrame(outs.blueprints)).toBe(false);
    expect(outs.blueprints).toEqual(fileOf(textOf(list)));
  });
});
