import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../engine/diag/refusal.js';
import { appendTrials, readTrials, trialsFile } from '../../../engine/ledger/trials.js';
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

describe('the set of trials', () => {
  it('is a union: adding again changes nothing, not even the file', () => {
    expect(appendTrials(lake, [a, b, a])).toBe(2);
    const before = readFileSync(trialsFile(lake, 'main'));
    expect(appendTrials(lake, [b, a])).toBe(0);
    expect(readFileSync(trialsFile(lake, 'main'))).toEqual(before);
    expect(appendTrials(lake, [c, a])).toBe(1);
    expect(readTrials(lake)).toEqual([...ids].sort());
  });

  it('namespaces do not mix', () => {
    appendTrials(lake, [a], 'simulated');
    expect(readTrials(lake)).toEqual([]);
    expect(readTrials(lake, 'simulated')).toEqual([a]);
  });

  it('a line torn by a kill is closed and left out', () => {
    appendTrials(lake, [a]);
    appendFileSync(trialsFile(lake, 'main'), b.slice(0, 20));
    expect(readTrials(lake)).toEqual([a]);
    appendTrials(lake, [b, c]);
    expect(readTrials(lake)).toEqual([...ids].sort());
  });

  it.each(['', 'E1', `${a}\n`, a.toUpperCase()])('%j is no id', (id) => {
    expect(() => appendTrials(lake, [id])).toThrow(Refusal);
    expect(readTrials(lake)).toEqual([]);
  });

  it.each(['', '../x', 'A', 'a/b'])('the name %j is refused', (namespace) => {
    expect(() => readTrials(lake, namespace)).toThrow(Refusal);
  });
});
