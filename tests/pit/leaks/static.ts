import type { Diagnostic } from '../../../engine/diag/diagnostic.js';
import { composedOperators } from '../../../engine/sdk/composed.js';
import { chain } from '../../dags/chain.js';
import type { Checkout } from '../../kit/checkout.js';
import type { Case } from './corpus.js';
import { compiledOver } from './formulas.js';

/** What the compiler says of a case: nothing where it admits it. */
export async function told(found: Case, checkout: Checkout): Promise<readonly Diagnostic[]> {
  return Object.keys(found.formulas).length > 0
    ? toldOfFormulas(found)
    : toldOfFiles(found, checkout);
}

function toldOfFormulas({ formulas, as }: Case): readonly Diagnostic[] {
  return compiledOver(formulas, as, composedOperators()).problems;
}

async function toldOfFiles(found: Case, checkout: Checkout): Promise<readonly Diagnostic[]> {
  const files = { ...found.files, 'dags/chain.yaml': pipelineOf(found) };
  for (const [file, text] of Object.entries(files)) checkout.write(file, text);
  const { problems } = await checkout.check('dags/chain.yaml');
  for (const file of Object.keys(files)) checkout.restore(file);
  return problems;
}

/** The chain with what the case adds, and with a stage that uses its spec. */
function pipelineOf({ use, stages, edits }: Case): string {
  const [kind, ...names] = use?.split(' ') ?? [];
  const id = names.join(' ');
  const users: Readonly<Record<string, string>> = {
    feature: `used: { foreach: symbol, use: features.table, in: { bars: clean.bars, funding: clean.funding, benchmark: clean.bars@BTCUSDT }, with: { specs: [logret_1, ${id}] } }\n`,
    context: `used: { use: features.context, in: { features: features.features, bars: clean.bars }, with: { specs: [${id}] } }\n`,
    event: `used: { use: events.registry, in: { features: features.features }, with: { event: ${id} } }\n`,
    target: `used: { foreach: symbol, use: targets.table, in: { features: features.features }, with: { specs: spec/targets/${id}.yaml } }\n`,
  };
  return chain({ edits, stages: stages + (kind === undefined ? '' : (users[kind] ?? '')) });
}

/** Where a problem lies: file and line of a spec, or the stage of the pipeline it is about. */
export function placeOf({ place, facts, message }: Diagnostic): string {
  const path = typeof facts.path === 'string' ? facts.path : '';
  if (place !== undefined && place.file !== 'dags/chain.yaml') return `${place.file}:${place.line}`;
  const stage = /stage "([^"]+)"/.exec(message)?.[1];
  return path.split(' → ').at(-1) || stage || message.split(':')[0] || '';
}
