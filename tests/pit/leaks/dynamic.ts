import { readdirSync, readFileSync } from 'node:fs';
import { Refusal } from '../../../engine/diag/refusal.js';
import { type Composed, loadComposed } from '../../../engine/expr/composed.js';
import { operators } from '../../../engine/expr/ops/index.js';
import { type Frame, isFrame } from '../../../engine/frame/frame.js';
import { type Examined, examine } from '../../../engine/pit/examine.js';
import type { Output, Subject, Table } from '../../../engine/pit/subject.js';
import type { NodePlugin } from '../../../engine/sdk/node.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import { bare } from '../../kit/bare.js';
import { type Case, formulasOf } from './corpus.js';
import { formulaSubject } from './formulas.js';
import { contractNamed, tablesFor } from './world.js';

const SEED = 7;
const CUTS = 16;

/** What the two-run test says of the node or the formulas of a case; undefined where it has none that can be run alone. */
export async function examined(found: Case): Promise<Examined | undefined> {
  const formulas = found.verdict === 'clean' ? formulasOf(found) : {};
  if (found.node === undefined && Object.keys(formulas).length === 0) return undefined;
  const subject =
    found.node === undefined
      ? formulaSubject(found.id, formulas, shippedOperators())
      : await subjectOf(found);
  return examine(subject, { cuts: CUTS, seed: SEED });
}

let shipped: ReadonlyMap<string, Composed> | undefined;

/** The composed operators that ship, read once. */
function shippedOperators(): ReadonlyMap<string, Composed> {
  shipped ??= readOperators();
  return shipped;
}

function readOperators(): ReadonlyMap<string, Composed> {
  const folder = new URL('../../../spec/formulas/', import.meta.url);
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const { value } = parseYaml(readFileSync(new URL(file, folder), 'utf8'), file);
      return value ? [{ file, value }] : [];
    });
  return loadComposed(sources, new Set(operators.keys())).composed;
}

/** The node of a case over the tables of the world. */
async function subjectOf({ id, node, verdict }: Case): Promise<Subject> {
  const plugin = await pluginOf(verdict === 'clean' ? 'fair' : 'lies', node ?? '');
  const tables = Object.entries(plugin.in).flatMap(([port, spec]): Table[] => {
    const given = tablesFor(spec.contract ?? '', spec.many !== undefined);
    return given.map(({ label, frame, contract }) => ({
      port,
      label,
      frame,
      contract: contractNamed(contract),
    }));
  });
  const outputs = Object.entries(plugin.out).map(([port, { contract }]): Output => {
    return { port, contract: contractNamed(contract ?? ''), columns: new Map(), window: false };
  });
  return {
    item: id,
    node: plugin.type,
    time: plugin.time,
    tables,
    outputs,
    run: async (frames) => {
      try {
        const outs = await bare(plugin, insOf(plugin, tables, frames), { seed: SEED }, SEED);
        const given = Object.entries(outs).filter((e): e is [string, Frame] => isFrame(e[1]));
        return { kind: 'given', frames: Object.fromEntries(given) };
      } catch (thrown) {
        if (thrown instanceof Refusal) return { kind: 'refused', problems: thrown.diagnostics };
        throw thrown;
      }
    },
  };
}

function insOf(
  plugin: NodePlugin,
  tables: readonly Table[],
  frames: readonly Frame[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(plugin.in).map(([port, spec]) => {
      const own = tables.flatMap((table, i) =>
        table.port === port ? [{ at: { symbol: table.label }, value: frames[i] }] : [],
      );
      return [port, spec.many ? own : own[0]?.value];
    }),
  );
}

/** Bundled, the nodes lie beside the script as `.mjs`. */
async function pluginOf(folder: string, name: string): Promise<NodePlugin> {
  const file = `./nodes/${folder}/${name}.mjs`;
  const module: unknown = await import(file);
  const found = hasDefault(module) ? module.default : undefined;
  if (!isPlugin(found) || found.type !== `${folder}.${name}`)
    throw new Error(`nodes/${folder}/${name}.ts holds no node ${folder}.${name}.`);
  return found;
}

function hasDefault(module: unknown): module is { readonly default: unknown } {
  return typeof module === 'object' && module !== null && 'default' in module;
}

function isPlugin(value: unknown): value is NodePlugin {
  return typeof value === 'object' && value !== null && 'run' in value && 'type' in value;
}
