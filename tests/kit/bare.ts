import { Refusal } from '../../engine/diag/refusal.js';
import type { Context, NodePlugin } from '../../engine/sdk/node.js';

type Values = Readonly<Record<string, unknown>>;

/** Run a node that draws nothing, with all its parameters given, outside of Jest. */
export async function bare(plugin: NodePlugin, ins: Values, params: Values): Promise<Values> {
  const context: Context = {
    random: () => {
      throw new Error(`${plugin.type} draws`);
    },
    log: () => undefined,
    warn: () => undefined,
    refuse: (code, facts = {}) => {
      throw new Refusal([{ code, severity: 'error', message: JSON.stringify(facts), facts }]);
    },
    progress: () => undefined,
    digest: () => '',
    signal: new AbortController().signal,
  };
  return await plugin.run(ins, params, context);
}
