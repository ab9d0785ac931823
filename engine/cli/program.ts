import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command as Commander, CommanderError } from 'commander';
import { Refusal } from '../diag/refusal.js';
import { commands } from './commands.js';
import { tellBug } from './shared/bug.js';
import { type Command, Given } from './shared/command.js';
import { explain, problemsJson } from './shared/explain.js';
import type { Io } from './shared/io.js';

/** Exit codes that are not a command's own. */
const WRONG = 2;
/** Also where the store cannot be used: a full disk is not the spec's fault. */
const FAILED = 1;
const BUG = 3;

/**
 * Run one command line.
 * @param argv  words after the program's name.
 * @returns     the exit code: 0 done, 1 an item failed, 2 the spec (or the command line) is wrong, 3 a bug, 130 interrupted.
 */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const program = makeProgram(io, (exit) => {
    code = exit;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG;
    const root = await rootOf(io);
    if (error instanceof Refusal) {
      if (argv.includes('--json')) io.out(problemsJson(error.diagnostics));
      else io.err(explain(error.diagnostics, root ?? io.cwd, io.color.err));
      return error.diagnostics.every(({ code }) => code.startsWith('store/')) ? FAILED : WRONG;
    }
    tellBug(error, io, root);
    return BUG;
  }
}

function makeProgram(io: Io, done: (exit: number) => void): Commander {
  const program = new Commander('dag')
    .description('A declarative dataflow engine for quantitative research.')
    .option('--version', 'Print the versions of dag and Node.')
    .on('option:version', () => {
      io.out(`${versionOf(io)}\n`);
      throw new CommanderError(0, 'commander.version', '');
    })
    .helpOption('-h, --help', 'Explain a command.')
    .helpCommand(false)
    .showSuggestionAfterError()
    .addHelpText('after', '\nEach command explains itself: dag run --help');
  for (const command of commands) program.addCommand(makeCommand(command, io, done));
  for (const part of [program, ...program.commands]) {
    part
      .exitOverride()
      .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) });
  }
  return program;
}

function makeCommand(command: Command, io: Io, done: (exit: number) => void): Commander {
  const made = new Commander(command.name)
    .description(command.doc)
    .helpOption('-h, --help', 'Print this.')
    .showHelpAfterError(`(dag ${command.name} --help explains it)`);
  for (const { name, doc } of command.args) made.argument(name, doc);
  for (const { flags, doc, many } of command.options) {
    if (many)
      made.option(flags, doc, (text: string, before: readonly string[] = []) => [...before, text]);
    else made.option(flags, doc);
  }
  made.addHelpText(
    'after',
    `\nExamples:\n${command.examples.map((line) => `  ${line}`).join('\n')}`,
  );
  return made.action(async () => {
    done(await command.run(new Given(made.args, made.opts()), io, commands));
  });
}

function versionOf({ home }: Io): string {
  const { version } = Object(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')));
  return `dag ${version} (node ${process.versions.node})`;
}

async function rootOf(io: Io): Promise<string | undefined> {
  try {
    const { projectRoot } = await import('./shared/project.js');
    return await projectRoot(io);
  } catch {
    return undefined; // the problem at hand is told without a project
  }
}
