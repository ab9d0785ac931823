import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileGraph } from '../../engine/graph/compile.js';
import type { Catalogue } from '../../engine/sdk/catalogue.js';
import type { AnyKind } from '../../engine/sdk/kind.js';
import type { NodePlugin } from '../../engine/sdk/node.js';
import { catalogueOf } from '../kit/catalogue.js';
import { installFormulas, ROOT } from '../kit/specs.js';

/** Every shipped pipeline, with each of its profiles, reads and types without a single problem. */

let catalogue: Catalogue;

beforeAll(async () => {
  installFormulas();
  catalogue = catalogueOf(await plugins(), await kinds()).catalogue;
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
});

async function modules(folder: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const names = readdirSync(`${ROOT}nodes/${folder}`)
    .filter((name) => name.endsWith('.ts'))
    .sort();
  const found: Readonly<Record<string, unknown>>[] = [];
  // One after the other: Jest cannot link modules that are asked for at once.
  for (const name of names) {
    found.push(await import(`../../nodes/${folder}/${name.replace(/\.ts$/, '.js')}`));
  }
  return found;
}

async function plugins(): Promise<readonly NodePlugin[]> {
  const skipped = new Set(['kinds', 'math']);
  const folders = readdirSync(`${ROOT}nodes`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !skipped.has(entry.name))
    .map((entry) => entry.name);
  const found: Readonly<Record<string, unknown>>[] = [];
  for (const folder of folders) found.push(...(await modules(folder)));
  return found.flatMap(({ default: plugin }) => (isPlugin(plugin) ? [plugin] : []));
}

async function kinds(): Promise<readonly AnyKind[]> {
  return (await modules('kinds')).flatMap((module) => Object.values(module).filter(isKind));
}

function isPlugin(value: unknown): value is NodePlugin {
  return typeof value === 'object' && value !== null && 'type' in value && 'run' in value;
}

function isKind(value: unknown): value is AnyKind {
  return typeof value === 'object' && value !== null && 'kind' in value && 'folder' in value;
}
