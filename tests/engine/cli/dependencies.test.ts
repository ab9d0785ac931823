import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CHECKOUT } from '../../kit/project.js';

interface Package {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest: Package = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8'));
const page = readFileSync(join(CHECKOUT, 'docs/dependencies.md'), 'utf8');
const [needed = '', rest = ''] = page.split('Development only:');
const [development = '', refused = ''] = rest.split('Refused altogether:');

/** Packages in the first cells of a table. */
function rows(text: string): readonly string[] {
  const cells = text.split('\n').flatMap((line) => /^\| (`.*?) \|/.exec(line)?.[1] ?? []);
  return cells
    .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''))
    .sort();
}

/** Packages that sources import. */
function imported(folder: string): ReadonlySet<string> {
  const files = readdirSync(join(CHECKOUT, folder), { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((name) => /\.(?:ts|mjs)$/.test(name))
    .map((name) => readFileSync(join(CHECKOUT, folder, name), 'utf8'));
  const names = texts.flatMap((text) =>
    [...text.matchAll(/(?:from|import)\s*\(?\s*'((?:@[\w-]+\/)?[\w-]+)[^']*'/g)].map(
      ([, name]) => name ?? '',
    ),
  );
  return new Set(names);
}

describe('docs/dependencies.md', () => {
  it('has a line for every runtime dependency, and for nothing else', () =>
    expect(rows(needed)).toEqual(Object.keys(manifest.dependencies).sort()));

  it('has a line for every development dependency, and for nothing else', () =>
    expect(rows(development)).toEqual(Object.keys(manifest.devDependencies).sort()));

  it('says of each what for and why', () => {
    const lines = page.split('\n').filter((line) => line.startsWith('| `'));
    expect(
      lines.filter((line) => line.split(' | ').some((cell) => cell.trim().length < 5)),
    ).toEqual([]);
  });

  it('refuses nothing that is installed', () => {
    const all = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter((name) => refused.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('package.json', () => {
  it('has exact versions only', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter((v) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(v))).toEqual([]);
  });

  it('has every dependency that the engine and the nodes import, and none that they do not', () => {
    const used = new Set([...imported('engine'), ...imported('nodes')]);
    const names = Object.keys(manifest.dependencies);
    expect(names.filter((name) => !used.has(name))).toEqual([]);
  });
});
