import { chain, type Edits } from './chain.js';

const SPAN = '{ from: 2024-01-01, to: 2024-03-31 }';
const BARS = `dag: user
stages:
  raw: { use: ingest.market, with: { market: demo, symbol: BTCUSDT, span: ${SPAN} } }
  clean: { use: clean.market, in: { raw: raw.raw, funding: raw.funding }, with: { span: ${SPAN} } }
`;
const table = (specs: string) =>
  `  features: { use: features.table, in: { bars: clean.bars, funding: clean.funding }, with: { specs: [${specs}] } }\n`;

/** A pipeline that uses a spec: by its path where the kind allows that, else by the id or the glob that is the case's. */
export function userOf(file: string): string {
  const kind = file.split('/')[1];
  if (kind === 'features') return BARS + table(`logret_1, rv, ${file}`);
  if (kind === 'formulas') return BARS + table('logret_1, rv, rv_z');
  if (kind === 'events') {
    const found = `  registry: { use: events.registry, in: { features: features.features }, with: { event: ${file} } }\n`;
    return BARS + table('logret_1, ret, rv, rv_z') + found;
  }
  if (kind === 'states') {
    const found = `  registry: { use: events.registry, in: { features: features.features }, with: { event: VOL_SPIKE } }
  events: { use: events.merge, in: { registries: registry.events } }
  states: { use: states.table, in: { features: features.features, events: events.events, coverage: registry.coverage }, with: { specs: [${file}], events: [VOL_SPIKE], symbol: BTCUSDT } }\n`;
    return BARS + table('logret_1, ret, rv, rv_z') + found;
  }
  if (file.includes('/templates/')) {
    const found = `  registry: { use: events.registry, in: { features: features.features }, with: { event: VOL_SPIKE } }
  events: { use: events.merge, in: { registries: registry.events } }
  decisions: { use: discovery.decide, in: { events: events.events, features: features.features }, with: { templates: [continuation, ${file}], specs: [VOL_SPIKE] } }\n`;
    return BARS + table('logret_1, ret, rv, rv_z') + found;
  }
  if (kind === 'targets')
    return `${BARS}${table('logret_1')}  targets: { use: targets.table, in: { features: features.features }, with: { specs: spec/targets/*.yaml } }\n`;
  const profile: Edits = file.includes('/profiles/')
    ? [['profile: equal_weight', `profile: ${file}`]]
    : [];
  return chain({ edits: [['dag: chain', 'dag: user'], ...profile] });
}
