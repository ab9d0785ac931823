import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { type Diagnostic, type Facts, fill, reporter } from '../../engine/diag/diagnostic.js';
import { Refusal } from '../../engine/diag/refusal.js';
import { milliseconds } from '../../engine/frame/duration.js';
import { isFrame } from '../../engine/frame/frame.js';
import { filesIfThere } from '../../engine/run/files.js';
import type { Context, NodePlugin, Shape, ShapeContext } from '../../engine/sdk/node.js';
import type { ParamSchema } from '../../engine/sdk/params.js';
import { absentOf, filesOf } from './absent.js';
import { drawsOf } from './draws.js';
import { plainFrame } from './frame.js';

type Values = Readonly<Record<string, unknown>>;

/** What a node gave when it ran without an engine, and what it warned of. */
export interface Ran {
  readonly outs: Values;
  readonly warnings: readonly Diagnostic[];
}

/** The context a node gets in tests: same streams as in the engine, every code must be declared and every hole filled. */
export function testContext(
  plugin: NodePlugin,
  seed = 0,
  warnings: Diagnostic[] = [],
  absent: readonly string[] = [],
  files: readonly string[] = [],
): Context {
  const told = (severity: Diagnostic['severity'], code: string, facts: Facts): Diagnostic => {
    const sentence = (severity === 'error' ? plugin.errors : plugin.warnings)?.[code];
    if (sentence === undefined) throw new Error(`${plugin.type} does not declare ${code}`);
    return { code, severity, message: fill(sentence, facts), facts };
  };
  return {
    random: (...labels) => {
      const declared = Object.values(plugin.params).some((p) => p['x-dag'].as === 'seed');
      if (!declared) throw new Error(`${plugin.type} draws and declares no t.seed()`);
      return drawsOf(plugin.type, seed)(...labels);
    },
    log: () => undefined,
    warn: (code, facts = {}) => {
      warnings.push(told('warning', code, facts));
    },
    refuse: (code, facts = {}) => {
      throw new Refusal([told('error', code, facts)]);
    },
    progress: () => undefined,
    digest: (port) => createHash('sha256').update(port).digest('hex'),
    gives: (port) => !absent.includes(port),
    files,
    signal: new AbortController().signal,
  };
}

/**
 * Run a node without the engine, with its defaults filled in; durations and dates may be written as in YAML.
 * Specs and formulas are given as a node receives them.
 */
export async function runNode(
  plugin: NodePlugin,
  ins: Values,
  params: Values = {},
  { seed = 0 }: { readonly seed?: number } = {},
): Promise<Ran> {
  const warnings: Diagnostic[] = [];
  const full = filled(plugin, params, seed);
  const absent = absentOf(plugin, ins, full);
  const files = filesOf(plugin, full);
  const outs = await plugin.run(ins, full, testContext(plugin, seed, warnings, absent, files));
  const owed = Object.entries(plugin.out).flatMap(([port, { optional }]) =>
    optional ? [] : [port],
  );
  for (const port of owed) expect(Object.keys(outs)).toContain(port);
  return { outs, warnings };
}

/** The parameters as `run`, `shape` and `reads` receive them. */
export function filled(plugin: NodePlugin, params: Values, seed = 0): Values {
  const entries = Object.entries(plugin.params).map(([name, schema]) => {
    const given = name in params ? params[name] : schema.default;
    if (given !== undefined) return [name, resolved(schema, given)] as const;
    const type = schema['x-dag'].as;
    if (type === 'seed') return [name, seed] as const;
    if (type !== 'optional') throw new Error(`${plugin.type} needs the parameter ${name}`);
    return [name, undefined] as const;
  });
  for (const name of Object.keys(params)) {
    if (!(name in plugin.params)) throw new Error(`${plugin.type} has no parameter ${name}`);
  }
  return Object.fromEntries(entries);
}

function resolved(schema: ParamSchema, given: unknown): unknown {
  const type = schema['x-dag'];
  if (type.as === 'optional') return resolved(type.of, given);
  if (type.as === 'list' && Array.isArray(given)) return given.map((v) => resolved(type.of, v));
  if (typeof given !== 'string') return spanOf(type.as, given);
  if (type.as === 'duration') return milliseconds(given);
  return type.as === 'date' ? Date.parse(given) : given;
}

function spanOf(type: string, given: unknown): unknown {
  if (type !== 'span' || typeof given !== 'object' || given === null) return given;
  const { from, to } = given as { readonly from: unknown; readonly to: unknown }; // as authored
  if (typeof from !== 'string' || typeof to !== 'string') return given;
  return { from: Date.parse(from), to: Date.parse(to) + 86_400_000 };
}

/** A row of a table: values, or what makes them when the test runs (for files in a temporary folder). */
type Later<T> = T | (() => T | Promise<T>);

export interface Gives {
  readonly name: string;
  readonly in?: Later<Values>;
  readonly params?: Later<Values>;
  readonly seed?: number;
  /** Compared port by port; ports left out are not looked at. Frames compare by fields and values, NaN equals NaN. */
  readonly out: Later<Values>;
}
export interface Refuses {
  readonly name: string;
  readonly in?: Later<Values>;
  readonly params?: Later<Values>;
  readonly code: string;
  /** Facts the refusal must carry. */
  readonly data: Values;
}
export interface Warns extends Refuses {
  readonly warns: true;
}

/** What another test file shows of a node, so that this table need not. */
interface Elsewhere {
  readonly params?: readonly string[];
  readonly codes?: readonly string[];
}

/**
 * Turn rows into named tests of one node. Insists that a refusal carries its code and data, that no two rows are alike, and
 * that every parameter, error and warning is exercised.
 */
export function nodeTable(
  plugin: NodePlugin,
  table: {
    readonly gives: readonly Gives[];
    readonly refuses?: readonly Refuses[];
    readonly warns?: readonly Omit<Warns, 'warns'>[];
    readonly elsewhere?: Elsewhere;
  },
): void {
  const { gives, refuses = [], warns = [], elsewhere = {} } = table;
  const used = new Set<string>(elsewhere.params);
  const note = (params: Values) => {
    for (const name of Object.keys(params)) used.add(name);
    return params;
  };
  for (const row of gives) {
    it(row.name, async () => {
      const ins = await now(row.in ?? {});
      const { outs } = await runNode(plugin, ins, note(await now(row.params ?? {})), row);
      for (const [port, wanted] of Object.entries(await now(row.out))) {
        expect({ [port]: plain(outs[port]) }).toEqual({ [port]: plain(wanted) });
      }
    });
  }
  for (const row of refuses) {
    it(`refuses: ${row.name}`, async () => {
      const ins = await now(row.in ?? {});
      const params = note(await now(row.params ?? {}));
      const [problem] = await refusalLater(() => runNode(plugin, ins, params));
      expect(problem).toMatchObject({ code: row.code, facts: row.data });
      expect(problem?.message).not.toMatch(/\{\w+\}/);
    });
  }
  for (const row of warns) {
    it(`warns: ${row.name}`, async () => {
      const ins = await now(row.in ?? {});
      const { warnings } = await runNode(plugin, ins, note(await now(row.params ?? {})));
      expect(warnings[0]).toMatchObject({ code: row.code, facts: row.data });
      expect(warnings[0]?.message).not.toMatch(/\{\w+\}/);
    });
  }
  it('says everything: no row twice, every parameter, error and warning', () => {
    const rows = [...gives, ...refuses, ...warns];
    const alike = rows.map(({ name: _name, ...rest }) => show(rest));
    expect(alike).toEqual([...new Set(alike)]);
    expect(rows.map((r) => r.name)).toEqual([...new Set(rows.map((r) => r.name))]);
    const codes = [...refuses, ...warns].map((r) => r.code).concat(elsewhere.codes ?? []);
    const declared = [...Object.keys(plugin.errors ?? {}), ...Object.keys(plugin.warnings ?? {})];
    expect([...new Set(codes)].sort()).toEqual(declared.sort());
    expect([...used].sort()).toEqual(Object.keys(plugin.params).sort());
  });
}

/** Columns a node promises before data exist. */
export function shapesOf(
  plugin: NodePlugin,
  ins: Readonly<Record<string, Shape | undefined>>,
  params: Values,
): {
  readonly shapes: Readonly<Record<string, Shape | undefined>>;
  readonly problems: readonly Diagnostic[];
} {
  const problems: Diagnostic[] = [];
  const report = reporter(plugin.errors ?? {});
  const ctx: ShapeContext = {
    problem: (...found) => void problems.push(...found),
    knows: (param) => Object.hasOwn(params, param) || plugin.params[param]?.default !== undefined,
    wrong: (_param, code, facts) => void problems.push(report(code, undefined, facts)),
    list: (folder, pattern) => filesIfThere('/', folder, pattern),
  };
  return { shapes: plugin.shape?.(ins, filled(plugin, params), ctx) ?? {}, problems };
}

/** The problems that work is refused with; anything else that is thrown is a bug, and so is going through. */
async function refusalLater(act: () => Promise<unknown>): Promise<readonly Diagnostic[]> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Refusal) return error.diagnostics;
    throw error;
  }
  throw new Error('Expected a refusal; none came.');
}

async function now<T>(value: Later<T>): Promise<T> {
  return isMaker(value) ? await value() : value;
}

function isMaker<T>(value: Later<T>): value is () => T | Promise<T> {
  return typeof value === 'function';
}

/** A value as plain data that jest compares and prints; frames may stand anywhere inside. */
function plain(value: unknown): unknown {
  if (isFrame(value)) return plainFrame(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
}

const makers: unknown[] = [];

/** A row as text; what is made later counts by who makes it, since two makers of one text may differ in what they hold. */
function show(row: unknown): string {
  return JSON.stringify(plain(row), (_key, value: unknown) => {
    if (typeof value === 'function') return `maker ${makers.push(value)}`;
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    return value;
  });
}
