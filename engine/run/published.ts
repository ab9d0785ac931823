import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What stands in every folder that a pipeline publishes to: whose it is, and what each file was copied from. */
export const LEDGER = '.published.json';

/** Did a pipeline publish to a folder, or to one around it? The folder is as parameters name it: from the root, or absolute. */
export function isPublished(root: string, folder: string): boolean {
  const top = resolve(root);
  for (let at = resolve(top, folder); ; at = dirname(at)) {
    if (existsSync(join(at, LEDGER))) return true;
    if (at === top || at === dirname(at)) return false;
  }
}
