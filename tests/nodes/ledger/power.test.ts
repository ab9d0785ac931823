import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../engine/sdk/index.js';
import ledger from '../../../nodes/ledger/power.js';
import { testContext } from '../../kit/node.js';
import { curveOf, rowOf } from '../report/power-kit.js';

const folder = mkdtempSync(join(tmpdir(), 'dag-power-'));
afterAll(() => rmSync(folder, { recursive: true }));

const measured = [curveOf({}, rowOf(0, 0, 0.001), rowOf(30, 5, 0.5))];
const text = JSON.stringify(measured);
const params = { folder: 'lake/power' };

function read(published: string | undefined) {
  const path = join(folder, 'power.json');
  if (published !== undefined) writeFileSync(path, published);
  const files = published === undefined ? [] : [path];
  return ledger.run({}, params, testContext(ledger, 0, [], [], files));
}

async function refusalOf(published: string) {
  try {
    await read(published);
  } catch (error) {
    if (error instanceof Refusal) return error.diagnostics;
    throw error;
  }
  throw new Error('Expected a refusal; none came.');
}

/** A measurement that another version wrote, or nobody. */
const changed = (...[from, to]: readonly [string, string]) => {
  if (!text.includes(from)) throw new Error(`nothing says ${from}`);
  return text.replace(from, to);
};

describe('ledger.power', () => {
  it('is what was published last', async () =>
    expect(await read(`${text}\n`)).toEqual({ power: measured }));

  it('is nothing where nothing was', async () =>
    expect(await read(undefined)).toEqual({ power: [] }));

  it('asks for what the pipeline published in the folder', () => {
    const published = (...asked: readonly string[]) => asked;
    const world = { list: () => [], trials: () => [], published };
    expect(ledger.files?.(params, world)).toEqual(['lake/power', 'power.json', 'dags/power.yaml']);
  });

  it.each([
    ['cut off', text.slice(0, 90), 'Unterminated string'],
    ['an older one', changed('"market":"power",', ''), "must have required property 'market'"],
    ['a newer one', changed('"over"', '"paid":13,"over"'), 'additional properties: "paid"'],
    ['no share', changed('"share":0.5', '"share":1.5'), '/0/rows/1/found/share must be <= 1'],
    ['no list', '{}', 'must be array'],
    ['no numbers', changed('"n":300', '"n":"300"'), '/0/rows/0/n must be number,null'],
  ])('refuses what is no measurement: %s', async (_name, published, problem) => {
    const [told] = await refusalOf(published);
    expect(told).toMatchObject({
      code: 'ledger/no-power',
      facts: { file: 'lake/power/power.json' },
    });
    expect(told?.message).toContain(problem);
    expect(told?.message).toContain('Measure again: dag run dags/power.yaml.');
  });
});
