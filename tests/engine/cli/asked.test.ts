import { expect, it } from '@jest/globals';
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
