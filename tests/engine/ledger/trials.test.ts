import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../engine/diag/refusal.js';
import { appendTrials, readTrials } from '../../../engine/ledger/trials.js';
import { fingerprint } from '../../../nodes/math/fingerprint.js';

let lake = '';
const made: string[] = [];
beforeEach(() => {
  lake = mkdtempSync(join(tmpdir(), 'dag-trials-'));
  made.push(lake);
});
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** Of the length that discovery.grid gives. */
const ids = ['a', 'b', 'c'].map((event) => fingerprint({ event, horizon: '5m' }));
const [a = '', b = '', c = ''] = ids;
const trial = (id: string, event: string | null = null) => ({ id, event, template: null });
const add = (of: readonly string[], set?: string) =>
  appendTrials(
    lake,
    of.map((id) => trial(id)),
    set,
  );
const read = (set?: string) => readTrials(lake, set).map(({ id }) => id);
const files = () => readdirSync(join(lake, 'trials', 'main')).sort();

describe('the set of trials', () => {
  it('is a union: adding again changes nothing, and files that are there never change', () => {
    expect(add([a, b, a])).toBe(2);
    const before = files();
    expect(add([b, a])).toBe(0);
    expect(files()).toEqual(before);
    expect(add([c, a])).toBe(1);
    expect(files()).toEqual(expect.arrayContaining(before));
    expect(files()).toHaveLength(2);
    expect(read()).toEqual([...ids].sort());
  });

  it('the same added at the same moment is one file', () => {
    add([a, b]);
    const [first] = files();
    rmSync(join(lake, 'trials', 'main', first ?? ''));
    add([b, a]);
    expect(files()).toEqual([first]);
  });

  it('namespaces do not mix', () => {
    add([a], 'simulated');
    expect(read()).toEqual([]);
    expect(read('simulated')).toEqual([a]);
  });

  it('keeps which event and template a trial is of', () => {
    const whole = { id: a, event: 'VOL "SPIKE"', template: 'a|b' };
    appendTrials(lake, [whole, trial(b)]);
    expect(readTrials(lake)).toEqual([whole, trial(b)].sort((x, y) => (x.id < y.id ? -1 : 1)));
  });

  it('what older engines appended counts, without a line torn by a kill or damaged', () => {
    mkdirSync(join(lake, 'trials'));
    const damaged = `["${c}","E`;
    writeFileSync(join(lake, 'trials', 'main.ids'), `${a}\n~\n${damaged}\n${b.slice(0, 20)}`);
    expect(read()).toEqual([a]);
    expect(add([a, b])).toBe(1);
    expect(read()).toEqual([a, b].sort());
  });

  it('what a killed process left half written is in no set', () => {
    add([a]);
    const half = `["${b}",null,null]\n`;
    writeFileSync(join(lake, 'trials', 'main', '.0123.ids.1.0.1.tmp'), half);
    expect(read()).toEqual([a]);
  });

  it.each(['', 'E1', `${a}\n`, a.toUpperCase()])('%j is no id', (id) => {
    expect(() => add([id])).toThrow(Refusal);
    expect(read()).toEqual([]);
  });

  it.each(['', '../x', 'A', 'a/b'])('the name %j is refused', (namespace) => {
    expect(() => readTrials(lake, namespace)).toThrow(Refusal);
  });
});
