import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './program.js';
import { tellBug } from './shared/bug.js';
import { processIo } from './shared/io.js';

// Bundled as `.dist/<build>/dag.js`: the checkout is two folders up.
const home = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const io = processIo(home);
process.on('uncaughtException', (error) => {
  tellBug(error, io, home);
  process.exit(3);
});
process.exitCode = await runProgram(process.argv.slice(2), io);
