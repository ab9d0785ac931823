import { Refusal } from '../../engine/diag/refusal.js';
import type { Context, NodePlugin } from '../../engine/sdk/node.js';
import { absentOf, filesOf } from './absent.js';
import { drawsOf } from './draws.js';

type Values = Readonly<Record<string, unknown>>;

/** What a node gave outside of Jest, and what it warned of. */
export interface Told {
  readonly outs: Values;
  readonly warnings: readonly { readonly code: string; readonly facts: Values }[];
}

/** Run a node with all its parameters given, outside of Jest; one that draws needs a seed. */
export async function bare(
  plugin: NodePlugin,
  ins: Values,
  params: Values,
  seed?: number,
): Promise<Values> {
  return (await bareTold(plugin, ins, params, seed)).outs;
}

/** The same with the warnings. */
export async function bareTold(
  plugin: NodePlugin,
  ins: Values,
  params: Values,
  seed?: number,
): Promise<Told> {
  const warnings: { code: string; facts: Values }[] = [];
  const absent = absentOf(plugin, ins, params);
  const context: Context = {
    random: (...labels) => {
      if (seed === undefined) throw new Error(`${plugin.type} draws`);
      return drawsOf(plugin.type, seed)(...labels);
    },
    log: () => undefined,
    warn: (code, facts = {}) => void warnings.push({ code, facts }),
    refuse: (code, facts = {}) => {
      throw new Refusal([{ code, severity: 'error', message: JSON.stringify(facts), facts }]);
    },
    progress: () => undefined,
    gives: (port) => !absent.includes(port),
    files: filesOf(plugin, params),
    digest: () => '',
    signal: new AbortController().signal,
  };
  return { outs: await plugin.run(ins, params, context), warnings };
}
