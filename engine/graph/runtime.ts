import { reporter } from '../diag/diagnostic.js';
import type { ParamSchema } from '../sdk/params.js';
import type { Json } from '../yaml/value.js';
import type { FieldAst } from './ast.js';
import { isMap } from './given.js';
import type { Stage } from './graph.js';
import type { NodeShell } from './scope.js';
import { type Names, termOf } from './terms.js';

const report = reporter({
  'graph/retry-pure':
    'Node "{node}" touches nothing outside: a second try would fail the same way.',
  'graph/setting-varies': '"{name}" must be the same for every item.',
  'graph/memory': '"memory" must be a size such as 512MiB or 2GiB, found "{found}".',
});

const RETRY: ParamSchema = {
  'x-dag': {
    as: 'record',
    fields: {
      times: { 'x-dag': { as: 'integer', min: 1, max: 100 } },
      backoff: { 'x-dag': { as: 'duration' }, default: '1s' },
    },
  },
};
const RESOURCES: ParamSchema = {
  'x-dag': {
    as: 'record',
    fields: {
      threads: { 'x-dag': { as: 'integer', min: 1, max: 1024 }, default: 1 },
      memory: { 'x-dag': { as: 'text' }, default: '0B' },
    },
  },
};

type Runtime = Pick<Stage, 'retry' | 'timeout' | 'resources'>;

/** How a stage is run: none of it is part of a result. */
export function runtimeOf(shell: NodeShell, names: Names): Runtime {
  const { ast } = shell;
  const timeout =
    ast.timeout && settingOf(shell, ast.timeout, { 'x-dag': { as: 'duration' } }, names);
  return {
    retry: retryOf(shell, names),
    timeout: typeof timeout === 'number' && timeout > 0 ? timeout : undefined,
    resources: resourcesOf(shell, names),
  };
}

function retryOf(shell: NodeShell, names: Names): Runtime['retry'] {
  const { ast, entry, scope } = shell;
  if (!ast.retry) return undefined;
  if (entry.effects.length === 0) {
    const facts = { node: entry.type };
    scope.session.problems.add(report('graph/retry-pure', ast.retry.place, facts));
    return undefined;
  }
  const { value } = ast.retry;
  const bare = value.kind === 'scalar';
  const { place } = value;
  const map = { kind: 'map', entries: [{ key: 'times', keyPlace: place, value }], place } as const;
  const json = settingOf(shell, bare ? { ...ast.retry, value: map } : ast.retry, RETRY, names);
  if (!isMap(json)) return undefined;
  const { times, backoff } = json;
  return typeof times === 'number' && typeof backoff === 'number' ? { times, backoff } : undefined;
}

function resourcesOf(shell: NodeShell, names: Names): Runtime['resources'] {
  const { ast, scope } = shell;
  const json = ast.resources && settingOf(shell, ast.resources, RESOURCES, names);
  if (!ast.resources || !isMap(json)) return { threads: 1, memory: 0 };
  const { threads, memory } = json;
  const bytes = typeof memory === 'string' ? bytesOf(memory) : undefined;
  if (bytes === undefined) {
    scope.session.problems.add(report('graph/memory', ast.resources.place, { found: memory }));
  }
  return { threads: typeof threads === 'number' ? threads : 1, memory: bytes ?? 0 };
}

const SIZES: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 1024,
  MiB: 1024 * 1024,
  GiB: 1024 * 1024 * 1024,
  TiB: 1024 * 1024 * 1024 * 1024,
};

/** Bytes of `2GiB`; undefined for anything else. */
export function bytesOf(text: string): number | undefined {
  const parts = /^(\d{1,9}(?:\.\d{1,6})?)(B|KiB|MiB|GiB|TiB)$/.exec(text);
  const unit = SIZES[parts?.[2] ?? ''];
  return unit === undefined ? undefined : Math.round(Number(parts?.[1]) * unit);
}

function settingOf(
  shell: NodeShell,
  field: FieldAst,
  schema: ParamSchema,
  names: Names,
): Json | undefined {
  const { specs: world, problems } = shell.scope.session;
  const term = termOf(field.value, schema, `"${field.name}"`, field.place, {
    names,
    world,
    problems,
  });
  if (!term) return undefined;
  if (term.dims.length > 0 || term.rounds.length > 0) {
    problems.add(report('graph/setting-varies', field.value.place, { name: field.name }));
    return undefined;
  }
  return term.at(new Map(), {});
}
