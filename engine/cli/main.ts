import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runAgain } from './again.js';
import { tellBug } from './shared/bug.js';
import { type Io, processIo } from './shared/io.js';

/**
 * Run the command line of this process; its exit code is set, and the process ends when nothing is left to do. A run whose
 * ingredients have not moved needs little code, and this module holds no more: everything else is the engine's.
 */
export async function startCommandLine(): Promise<void> {
  // Bundled as `.dist/<build>/dag.js`: the checkout is two folders up.
  const home = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
  const io = processIo(home);
  process.on('uncaughtException', (error) => {
    tellBug(error, io, home);
    process.exit(3);
  });
  process.exitCode = (await runAgain(io)) ?? (await runAnew(io));
}

async function runAnew(io: Io): Promise<number> {
  const { runProgram } = await import('./program.js');
  return runProgram(io.argv, io);
}
