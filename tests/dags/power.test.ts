import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TestProject } from '../kit/project.js';

/*
 * Power takes minutes, so that research does not measure it: it tells what was measured last in its lake, and nothing but that is
 * made anew when it is measured again. Few and short markets here; what their shares are is no matter.
 */

jest.setTimeout(300_000);

const project = new TestProject(['nodes', 'spec', 'dags']);
beforeAll(() => project.build());
afterAll(() => project.remove());

async function run(pipeline: string, ...sets: readonly string[]) {
  const set = sets.flatMap((one) => ['--set', one]);
  const { code, out, err } = await project.dag('run', `dags/${pipeline}.yaml`, '--json', ...set);
  expect(code === 0 ? '' : `${out}${err}`).toBe('');
  const ended = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ event, outcome }) => event === 'item-ended' && outcome !== 'cached');
  return new Set(ended.map(({ item }): string => item));
}
const measure = (...sets: readonly string[]) =>
  run('power', 'seeds=1', 'drifts=0,60', 'span.to=2024-02-14', ...sets);
const research = () =>
  run('research', 'symbols=BTCUSDT,ETHUSDT', 'span.to=2024-03-31', 'warmup=30d', 'turns=1');
const text = () => project.read('lake/reports/research/text.md').replaceAll('\\', '');
const page = () => project.read('lake/reports/research/page.html');

describe('the power of discovery on the page of research', () => {
  it('is how to measure it, until somebody did', async () => {
    expect((await research()).size).toBeGreaterThan(50);
    expect(text()).toContain('was not measured in this lake: make power runs dags/power.yaml');
    expect(text()).not.toContain('## Power');
    expect(await research()).toEqual(new Set());
  });

  it('is the curve from then on, and nothing is found anew', async () => {
    await measure();
    // What was looked at to measure it are trials too, of simulated markets as this one is.
    expect(await research()).toEqual(new Set(['power', 'ledger', 'report']));
    expect(text()).toContain(
      'In the simulated market power, at costs binance_perp (declared as 6.5 bp a side), climax_fades moves the price for 60 min after each',
    );
    expect(text()).toMatch(/60 bp: found in [01] of 1 markets/);
    expect(text()).not.toContain('make power');
    const after = text().slice(text().indexOf('## Finds where there is nothing'));
    expect([...after.matchAll(/^## (.*)$/gm)].slice(0, 2).map(([, title]) => title)).toEqual([
      'Finds where there is nothing',
      'Power: climax_fades',
    ]);
    expect(page()).toContain('Share of markets in which climax_fades was found');
    expect(page()).toContain('Found and expected, by size');
    expect(await research()).toEqual(new Set());
  });

  it('is of its stage, as `dag why` tells', async () => {
    const [, digest = ''] = text().match(/_from power:_ `dag why ([0-9a-f]{16})`/) ?? [];
    const { out } = await project.dag('why', digest, '--json');
    const makers: readonly { readonly item: string; readonly port: string }[] = JSON.parse(out);
    expect(makers.map(({ item, port }) => `${item}.${port}`)).toEqual(['power.power']);
  });

  it('says so where it was measured at another level than the one of the page', async () => {
    await measure('fdr=0.2');
    expect(await research()).toEqual(new Set(['power', 'report']));
    expect(text()).toContain('q ≤ 0.20 is a find among');
    expect(text()).toContain('another level than on this page, where q ≤ 0.05 is a find');
    expect(text()).not.toContain('at other costs');
  });

  it('says so where its trades paid something else', async () => {
    await measure('fdr=0.2', 'cost=free');
    expect(await research()).toEqual(new Set(['power', 'report']));
    expect(text()).toContain(
      'In the simulated market power, at costs free (declared as 0.0 bp a side)',
    );
    expect(text()).toContain(
      'at other costs than on this page, which charges binance_perp, 6.5 bp',
    );
  });

  it('is refused where it was edited, and measured again it is right', async () => {
    project.edit('lake/power/power.json', '"level":0.2', '"level":0.05');
    const sets = ['symbols=BTCUSDT,ETHUSDT', 'span.to=2024-03-31', 'warmup=30d', 'turns=1'];
    const { code, err, out } = await project.dag(
      'run',
      'dags/research.yaml',
      '--plain',
      ...sets.flatMap((one) => ['--set', one]),
    );
    expect(code).toBe(1);
    expect(out + err).toContain('lake/power/power.json was changed since it was published');
    expect(out + err).toContain('`dag run dags/power.yaml` publishes it anew');
    await measure('fdr=0.2');
    expect(await research()).toEqual(new Set());
  });
});
