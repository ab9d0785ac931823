import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { commands } from '../../../engine/cli/commands.js';
import { tellBug } from '../../../engine/cli/shared/bug.js';
import { line, screen, toyProject } from './kit.js';

// Machines that build and test at once are slow.
jest.setTimeout(30_000);

const folder = mkdtempSync(join(tmpdir(), 'dag-cli-'));
const home = toyProject();
afterAll(() => {
  home.remove();
  rmSync(folder, { recursive: true });
});

/** Run a command line from a folder that is no project. */
const told = (...argv: readonly string[]) => line({ cwd: folder, home: home.root }, ...argv);

describe('the command line', () => {
  it('lists every command', async () => {
    const { code, out } = await told('--help');
    expect(code).toBe(0);
    expect(commands.filter(({ name }) => !out.includes(`\n  ${name} `))).toEqual([]);
  });

  it('prints its version and that of Node', async () => {
    const { version } = JSON.parse(home.read('package.json'));
    const { code, out } = await told('--version');
    expect({ code, out }).toEqual({
      code: 0,
      out: `dag ${version} (node ${process.versions.node})\n`,
    });
  });

  it.each(commands.map((c) => [c.name, c] as const))(
    'explains `%s` with its options and an example',
    async (name, command) => {
      const { code, out } = await told(name, '--help');
      expect(code).toBe(0);
      const words = out.replace(/\s+/g, ' ');
      for (const { flags } of command.options) expect(out).toContain(flags);
      for (const { doc } of [...command.options, ...command.args]) expect(words).toContain(doc);
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) expect(out).toContain(`  ${example}\n`);
    },
  );

  it('gives every command that prints data `--json`', () => {
    const without = commands.filter((c) => !c.options.some((o) => o.flags === '--json'));
    // A picture is a format of its own; the others write files.
    expect(without.map((c) => c.name)).toEqual(['graph', 'docs', 'schema', 'init']);
  });
});

describe('what a newcomer types', () => {
  it.each([
    [['rum'], 'Did you mean run?'],
    [['run'], "missing required argument 'pipeline'\n(dag run --help explains it)"],
    [['run', 'chain', '--thread', '2'], 'Did you mean --threads?'],
    [['run', 'chain', 'again'], 'too many arguments'],
    [
      ['run', 'chian'],
      'cli/no-pipeline\n  There is no pipeline "chian".\n  hint: did you mean "chain"?',
    ],
    [['run', 'dags/chian.yaml'], 'hint: did you mean "chain"?'],
    [
      ['run', 'chain', '--threads', 'many'],
      '--threads is a whole number of at least 1, not "many"',
    ],
    [['run', 'chain', '--memory', '2GB'], '--memory is a size such as 512MiB or 2GiB, not "2GB"'],
    [['run', 'chain', '--executor', 'cloud'], '--executor is one of threads, inline, not "cloud"'],
    [['run', 'chain', '--set', 'times'], '--set times: a path, "=" and a value are expected.'],
    [['run', 'chain', '--set', 'timse=3'], 'did you mean "times"?'],
    [['run', 'chain', '--profile', 'big'], 'profile'],
    [['nodes', 'toy.dubble'], 'did you mean "toy.double"?'],
    [['nodes', 'toi'], 'did you mean "toy"?'],
    [['graph', 'chain', '--format', 'png'], '--format is one of mermaid, dot, svg, not "png"'],
    [['ls', '../..'], 'The lake has no folder "../..".'],
    [['ls', 'objects'], 'The lake has no folder "objects".'],
  ])('%j is answered with what to do', async (argv, expected) => {
    const { code, err, out } = await told(...argv);
    expect(err).toContain(expected);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('tells a file outside of the project from one that is not there', async () => {
    writeFileSync(join(folder, 'mine.yaml'), 'dag: mine\n');
    const { code, err } = await told('run', 'mine.yaml');
    expect(err).toContain('cli/outside');
    expect(err).toContain('`dag init` makes a folder a project');
    expect(code).toBe(2);
  });

  it('gives problems as JSON where JSON was asked for', async () => {
    const { code, out, err } = await told('run', 'chian', '--json');
    expect(JSON.parse(out).problems).toMatchObject([
      { code: 'cli/no-pipeline', severity: 'error', facts: { name: 'chian' } },
    ]);
    expect({ code, err }).toEqual({ code: 2, err: '' });
  });
});

describe('a bug', () => {
  it('is told in two lines, and its stack kept in a log', () => {
    const { io, said } = screen({ cwd: folder, home: home.root });
    tellBug(new Error('of mine\nand more'), io, folder);
    expect(said.err).toContain('dag: internal error: of mine\n');
    const path = /The stack is in (.*)\n/.exec(said.err)?.[1] ?? '';
    expect(readFileSync(path, 'utf8')).toContain('program.test');
    expect(said.err).not.toContain('program.test');
  });
});
