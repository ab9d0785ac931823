import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { sha256 } from '../../../engine/store/digest.js';
import { Store } from '../../../engine/store/store.js';
import { temporaryFolder } from './kit/folder.js';

/** Three processes store 60 objects each, most of them the same, and a record for each; `kill` ends one midway. */
const WRITER = `
import { keyOf, sha256 } from './engine/store/digest.ts';
import { Store } from './engine/store/store.ts';
const [lake, name, kill] = process.argv.slice(2);
const store = Store.open(lake);
for (let i = 0; i < 60; i++) {
  const hash = store.objects.put(Buffer.from('object ' + (i % 50) + 'x'.repeat(10_000)));
  store.records.append({
    key: keyOf(sha256(name + i)), item: name + i, node: 'test', at: '2024-01-01T00:00:00.000Z',
    outputs: { out: { kind: 'file', object: hash, name: 'x', bytes: 1 } }, objects: [], warnings: [],
    preimage: { name }, timings: { queue: 0, hash: 0, read: 0, user: 0, write: 0 }, log: [],
  });
  if (kill === String(i)) process.kill(process.pid, 'SIGKILL');
}
store.close();
`;

let program = '';
beforeAll(async () => {
  const built = await build({
    stdin: { contents: WRITER, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'silent',
  });
  program = built.outputFiles[0]?.text ?? '';
});

async function write(
  lake: string,
  name: string,
  kill: number,
): Promise<NodeJS.Signals | number | null> {
  const child = spawn(process.execPath, ['-', lake, name, String(kill)], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin?.end(program);
  const [code, signal] = await once(child, 'exit');
  return signal ?? code;
}

describe('several processes on one lake', () => {
  it('share objects, keep all records, and one killed midway does no harm', async () => {
    const lake = join(temporaryFolder(), 'lake');
    const ends = await Promise.all([
      write(lake, 'a', -1),
      write(lake, 'b', -1),
      write(lake, 'c', 30),
    ]);
    expect(ends).toEqual([0, 0, 'SIGKILL']);
    const store = Store.open(lake);
    expect(store.records.size).toBe(60 + 60 + 31);
    expect(store.records.heads(store.records.all()).every((head) => head !== undefined)).toBe(true);
    expect(store.objects.list()).toHaveLength(50);
    expect(store.objects.list().every((hash) => store.objects.verify(hash) === 'ok')).toBe(true);
    expect(store.objects.list()).toContain(sha256(`object 7${'x'.repeat(10_000)}`));
  });
});
