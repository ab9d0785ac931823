import { defineNode, many } from '../../engine/sdk/index.js';
import { coverage } from '../ports.js';
import { besides } from './rows/besides.js';

export default defineNode({
  type: 'events.coverage',
  doc: 'From which bars on each event could be looked for, of all registries in one table: what a fold is cut from.',
  time: 'trailing',

  in: { registries: many(coverage) },
  out: { coverage },
  params: {},
  // What the registries have in common is known before they run; each brings a column of its own.
  shape: ({ registries }) => (registries ? { coverage: { ...registries, open: true } } : {}),

  run: ({ registries }) => ({ coverage: besides(registries.map(({ value }) => value)) }),
});
