import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../engine/diag/refusal.js';
import { appendTrials, readTrials, trialId, trialsFile } from '../../../engine/ledger/trials.js';

let lake = '';
const made: string[] = [];
beforeEach(() => {
  lake = mkdtempSync(join(tmpdir(), 'dag-trials-'));
  made.push(lake);
});
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

const ids = ['a', 'b', 'c'].map((event) => trialId({ event, horizon: '5m' }));
const [a = '', b = '', c = ''] = ids;

describe('the set of trials', () => {
  it('an id says what was tried, whatever the order of its words', () => {
    expect(trialId({ horizon: '5m', event: 'a' })).toBe(a);
    expect(new Set(ids).size).toBe(3);
  });

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
    appendFileSync(trialsFile(lake, 'main'), b.slice(0, 30));
    expect(readTrials(lake)).toEqual([a]);
    appendTrials(lake, [b, c]);
    expect(readTrials(lake)).toEqual([...ids].sort());
  });

  it.each(['', '../x', 'A', 'a/b'])('the name %j is refused', (namespace) => {
    expect(() => readTrials(lake, namespace)).toThrow(Refusal);
  });
});
