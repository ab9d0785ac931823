import { Refusal } from '../../engine/diag/refusal.js';
import type { Context, NodePlugin } from '../../engine/sdk/node.js';
import { drawsOf } from './draws.js';

type Values = Readonly<Record<string, unknown>>;

/** Run a node with all its parameters given, outside of Jest; one that draws needs a seed. */
export async function bare(
  plugin: NodePlugin,
  ins: Values,
  params: Values,
  seed?: number,
): Promise<Values> {
  const context: Context = {
    random: (...labels) => {
      if (seed === undefined) throw new Error(`${plugin.type} draws`);
      return drawsOf(plugin.type, seed)(...labels);
    },
    log: () => undefined,
    warn: () => undefined,
    refuse: (code, facts = {}) => {
      throw new Refusal([{ code, severity: 'error', message: JSON.stringify(facts), facts }]);
    },
    progress: () => undefined,
    gives: () => true,
    digest: () => '',
    signal: new AbortController().signal,
  };
  return await plugin.run(ins, params, context);
}
