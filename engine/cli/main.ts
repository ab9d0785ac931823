import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './program.js';
import { tellBug } from './shared/bug.js';
import { processIo } from './shared/io.js';

/** Run the command line of this process; its exit code is set, and the process ends when nothing is left to do. */
export async function startCommandLine(): Promise<void> {
  // Bundled as `.dist/<build>/engine.js`: the checkout is two folders up.
  const home = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
  const io = processIo(home);
  process.on('uncaughtException', (error) => {
    tellBug(error, io, home);
    process.exit(3);
  });
  process.exitCode = await runProgram(process.argv.slice(2), io);
}
