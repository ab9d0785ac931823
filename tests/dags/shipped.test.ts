import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileGraph } from '../../engine/graph/compile.js';
import type { Catalogue } from '../../engine/sdk/catalogue.js';
import { shipped } from '../kit/shipped.js';
import { installFormulas, ROOT } from '../kit/specs.js';

/** Every shipped pipeline, with each of its profiles, reads and types without a single problem. */

let catalogue: Catalogue;

beforeAll(async () => {
  installFormulas();
  ({ catalogue } = await shipped());
});

const PIPELINES = [
  ['dags/tournament.yaml', undefined],
  ['dags/tournament.yaml', 'binance'],
  ['dags/tournament.yaml', 'smoke'],
  ['dags/research.yaml', undefined],
  ['dags/smoke.yaml', undefined],
] as const;

describe('shipped pipelines', () => {
  for (const [file, profile] of PIPELINES) {
    it(`${file}${profile === undefined ? '' : ` --profile ${profile}`} compiles`, () => {
      const { graph, problems } = compileGraph({
        root: ROOT,
        file,
        profile,
        sets: [],
        folders: [],
        catalogue,
      });
      const told = problems.map((p) => `${p.place?.file}:${p.place?.line} ${p.code} ${p.message}`);
      expect(told).toEqual([]);
      expect(graph?.stages.length).toBeGreaterThan(10);
    });
  }

  it('how research corrects for many tests is set once, for the finds and for their control', () => {
    const sets = [{ path: 'correction', text: 'two_stage' }];
    const file = 'dags/research.yaml';
    const { graph } = compileGraph({ root: ROOT, file, sets, folders: [], catalogue });
    const told = (graph?.stages ?? []).flatMap(({ path, params }) =>
      params
        .filter(({ name }) => name === 'correction')
        .map((p) => [path, p.at(new Map(), {})] as const),
    );
    expect(told).toEqual([
      ['evidence/discovery/corrected', 'two_stage'],
      ['evidence/turned/discovery/corrected', 'two_stage'],
    ]);
  });

  it.each([...new Set(PIPELINES.map(([file]) => file))])(
    '%s: what is set reaches every stage that has it',
    (file) => {
      const sets = [
        { path: 'fdr', text: '0.123' },
        { path: 'seed', text: '4321' },
      ];
      const { graph } = compileGraph({ root: ROOT, file, sets, folders: [], catalogue });
      const told = (graph?.stages ?? []).flatMap(({ path, params }) =>
        params
          // What a dimension sets is of each point: a turn of the negative control has a seed of its own.
          .filter((p) => (p.name === 'fdr' || p.name === 'seed') && p.dims.length === 0)
          .map((p) => [path, p.name, p.at(new Map(), {})]),
      );
      expect(told.map(([, name]) => name)).toContain('fdr');
      expect(told).toEqual(told.map(([path, name]) => [path, name, name === 'fdr' ? 0.123 : 4321]));
    },
  );
});
