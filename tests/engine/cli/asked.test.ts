import { describe, expect, it } from '@jest/globals';
import { type AskedSpec, narrowed, untold } from '../../../engine/cli/certificates/asked.js';
import type { Certificate } from '../../../engine/pit/certificate.js';
import type { Finding } from '../../../engine/pit/finding.js';

const found = (column: string): Finding => ({
  test: 'removed',
  port: 'features',
  column,
  known: 0,
  was: '1',
  is: '2',
  how: 'all that is known later removed',
});
const table = (columns: readonly string[], ...findings: readonly Finding[]): Certificate => ({
  item: 'features@A',
  stage: 'features',
  node: 'features.table',
  specs: ['rv_96', 'rv_z', 'far'].map((id) => ({ kind: 'feature', id })),
  verdict: findings.length > 0 ? 'leaks' : 'blind',
  key: '',
  effort: { cuts: 1, seed: 1 },
  columns: columns.map((name) => ({ port: 'features', name, delay: 0 })),
  cuts: 1,
  rows: 1,
  authors: [],
  tests: {},
  findings,
  bounds: [],
  refusals: [],
});
const asked = (stem: string, ids: readonly string[], kind = 'feature'): AskedSpec => ({
  kind,
  stem,
  file: `spec/features/${stem}.yaml`,
  has: (id) => ids.includes(id),
});
const rv = asked('rv', ['rv_96']);
const ALL = ['rv_96', 'rv_z'];

it('is about the columns of the specs that were asked for', () => {
  const one = narrowed(table(ALL, found('rv_z')), [rv]);
  expect(one?.columns.map((c) => c.name)).toEqual(['rv_96']);
  expect(one).toMatchObject({ verdict: 'blind', findings: [] });
  expect(narrowed(table(ALL, found('rv_96')), [rv])?.verdict).toBe('leaks');
});

it('keeps that rows come or go, which is everybody’s leak', () => {
  const one = narrowed(table(ALL, found('(rows)')), [rv]);
  expect(one).toMatchObject({ verdict: 'leaks', findings: [{ column: '(rows)' }] });
});

it('tells what was not computed, and takes no spec for one of another kind', () => {
  const far = asked('far', ['far']);
  expect(narrowed(table(ALL), [far])).toBeUndefined();
  expect(untold([rv, far], [table(ALL)])).toEqual(['spec/features/far.yaml']);
  const event = asked('rv', ['rv_96'], 'event');
  expect(narrowed(table(ALL), [event])).toBeUndefined();
  expect(untold([event], [table(ALL)])).toEqual(['spec/features/rv.yaml']);
});

describe('rows that say which specs made them', () => {
  const pull = asked('pull', ['pull'], 'template');
  const only = asked('only', ['only'], 'template');
  const other = asked('other', ['other'], 'template');
  const decisions = (...findings: readonly Finding[]): Certificate => ({
    ...table(['template', 'side'], ...findings),
    specs: ['pull', 'only', 'other', 'never'].map((id) => ({ kind: 'template', id })),
    authors: [
      { kind: 'template', id: 'pull', rows: 3 },
      { kind: 'template', id: 'only', rows: 1 },
      { kind: 'template', id: 'other', rows: 2 },
    ],
  });
  const late = { ...found('side'), of: { template: 'only(pull)' } };

  it.each([
    ['a row of it', [late], pull, 'leaks'],
    ['a row that it filters', [late], only, 'leaks'],
    ['a row of another', [late], other, 'blind'],
    ['rows that come or go', [found('(rows)')], other, 'leaks'],
    ['a row that does not say whose it is', [found('side')], other, 'leaks'],
  ] as const)('%s', (_, findings, spec, verdict) => {
    const one = narrowed(decisions(...findings), [spec]);
    expect(one?.verdict).toBe(verdict);
    expect(one?.columns).toHaveLength(2);
    expect(untold([spec], [decisions(...findings)])).toEqual([]);
  });

  it('has nothing to tell of a spec that made none, or of one of another kind', () => {
    for (const spec of [asked('never', ['never'], 'template'), asked('pull', ['pull'], 'event')]) {
      expect(narrowed(decisions(), [spec])).toBeUndefined();
      expect(untold([spec], [decisions()])).toEqual([spec.file]);
    }
  });
});
