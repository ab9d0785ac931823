import { relative } from 'node:path';
import type { Site } from '../../run/site.js';
import type { Io } from './io.js';

/** What was asked: the words of the command line, of which project and from where, since they may name files. */
export function questionOf({ root }: Pick<Site, 'root'>, { cwd, argv }: Io): readonly string[] {
  return [root, relative(root, cwd), ...argv];
}
