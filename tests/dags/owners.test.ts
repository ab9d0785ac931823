import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CHECKOUT } from '../kit/project.js';

/** Folders that a pipeline file publishes to. */
function publishedBy(file: string): readonly string[] {
  const lines = readFileSync(join(CHECKOUT, 'dags', file), 'utf8').split('\n');
  return lines
    .filter((line) => /\bpublish:/.test(line))
    .flatMap((line) => line.match(/\blake\/[\w/-]+/g) ?? []);
}

describe('pipelines that ship', () => {
  it('publish to folders of their own, so that all of them run in one lake', () => {
    const files = readdirSync(join(CHECKOUT, 'dags')).filter((name) => name.endsWith('.yaml'));
    const all = files.flatMap((file) =>
      [...new Set(publishedBy(file))].map((to) => ({ file, to })),
    );
    expect(all.length).toBeGreaterThan(3);
    const shared = all.filter((one) =>
      all.some((other) => other.file !== one.file && `${one.to}/`.startsWith(`${other.to}/`)),
    );
    expect(shared).toEqual([]);
  });
});
