import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from './io.js';

/**
 * Tell of something that should never have been thrown: a short line for the person, the stack for the log.
 * @param root  the project, if one was found: its lake gets the log.
 */
export function tellBug(thrown: unknown, io: Io, root: string | undefined): void {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const stack = thrown instanceof Error ? (thrown.stack ?? message) : message;
  const folder =
    root !== undefined && existsSync(join(root, 'lake')) ? join(root, 'lake') : tmpdir();
  const path = join(folder, 'crash.log');
  const kept = keep(path, folder, stack);
  io.err(`dag: internal error: ${message.split('\n')[0]}\n`);
  io.err(
    kept ? `  This is a bug, not a mistake of yours. The stack is in ${path}\n` : `  ${stack}\n`,
  );
  if (process.env.DAG_DEBUG) io.err(`${stack}\n`);
}

/** @returns false where the log cannot be written: the caller then shows the stack itself. */
function keep(path: string, folder: string, stack: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    appendFileSync(path, `${new Date().toISOString()} node ${process.versions.node}\n${stack}\n\n`);
    return true;
  } catch {
    return false;
  }
}
