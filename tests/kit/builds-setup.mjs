import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before any test: the folder in which `builds.ts` keeps what the processes of this run have built. */
export default function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'dag-test-builds-'));
  process.env.DAG_TEST_BUILDS = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
