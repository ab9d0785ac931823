import { describe, expect, it } from '@jest/globals';
import { runAgain } from '../../../../engine/cli/again.js';
import { auditRun } from '../../../../engine/ledger/audit.js';
import { findRun, readItems, readManifest } from '../../../../engine/ledger/runs.js';
import { stateOf } from '../../../chaos/kit/state.js';
import { screen } from '../../cli/kit.js';
import { again, at, project, RUN, ranBeforeEach } from './kit.js';

ranBeforeEach();

/** Without what differs between any two runs. */
const plain = (text: string) =>
  text
    .replaceAll(/[0-7][0-9A-HJKMNP-TV-Z]{25}/g, 'RUN')
    .replaceAll(/"elapsed":[\d.]+|in [\d.]+ m?s/g, 'TIME');
const byName = <T extends { readonly item: string }>(items: readonly T[]) =>
  [...items].sort((a, b) => (a.item < b.item ? -1 : 1));
const last = () => findRun(project.path('lake'), 'last');

describe('a run of which nothing has moved', () => {
  it('is told again as a run that looks everything up tells it', async () => {
    const full = await project.dag(...RUN, '--recheck');
    const fullItems = readItems(last());
    const fullState = stateOf(project.path('lake'));
    const told = await again(...RUN);
    expect(told && { code: told.code, out: plain(told.out), err: plain(told.err) }).toEqual({
      code: full.code,
      out: plain(full.out),
      err: plain(full.err),
    });
    expect(byName(readItems(last()))).toEqual(byName(fullItems));
    expect(stateOf(project.path('lake'))).toEqual(fullState);
  });

  it('has the same events', async () => {
    const events = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((one) => JSON.parse(plain(one).replaceAll('TIME', '"elapsed":0')))
        .filter(({ event }) => event !== 'expanded' && event !== 'run-started');
    await project.dag(...RUN, '--json');
    const full = await project.dag(...RUN, '--json', '--recheck');
    const told = await again(...RUN, '--json');
    expect(events(told?.out ?? '')).toEqual(events(full.out));
  });

  it('is a run of its own: manifest, items, a sound audit chain', async () => {
    const before = readManifest(last());
    expect(await again(...RUN)).toMatchObject({ code: 0 });
    expect(last().id).not.toBe(before.run);
    const {
      run: _run,
      pid: _pid,
      started: _started,
      ended: _ended,
      result,
      audit,
      ...same
    } = readManifest(last());
    expect(before).toMatchObject(same);
    expect(result).toMatchObject({ outcome: 'done', counts: { cached: 5, done: 0 }, warnings: 2 });
    expect(audit).not.toBeNull();
    expect(auditRun(last())).toMatchObject({ state: 'sound' });
  });

  it('warns again of what it warned of', async () => {
    const told = await again(...RUN);
    expect(told?.err.match(/Expectation of numbers@[ab] is broken/g)).toHaveLength(2);
    expect(told?.out).toContain('degraded: numbers@a, numbers@b');
  });

  it('does not stand where another command line has published since', async () => {
    await project.dag(...RUN, '--set', 'rows=5');
    expect(await again(...RUN)).toBeUndefined();
  });

  it('is another question with other words, or from another folder', async () => {
    expect(await again(...RUN, '--set', 'rows=4')).toBeUndefined();
    expect(await again(...RUN, '--recheck')).toBeUndefined();
    const { io } = screen({ ...at, cwd: project.path('input') }, RUN);
    expect(await runAgain(io)).toBeUndefined();
    expect(await again('plan', 'dags/standing.yaml')).toBeUndefined();
  });
});
