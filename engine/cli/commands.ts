import { audit } from './audit.js';
import { check } from './check.js';
import { diff } from './diff.js';
import { docs } from './docs.js';
import { gc } from './gc.js';
import { graph } from './graph.js';
import { init } from './init.js';
import { ls } from './ls.js';
import { nodes } from './nodes.js';
import { pit } from './pit.js';
import { plan } from './plan.js';
import { query } from './query.js';
import { run } from './run.js';
import { runs } from './runs.js';
import { schema } from './schema.js';
import type { Command } from './shared/command.js';
import { show } from './show.js';
import { test } from './test.js';
import { why } from './why.js';

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
  run,
  plan,
  why,
  check,
  test,
  pit,
  show,
  query,
  diff,
  graph,
  runs,
  ls,
  audit,
  nodes,
  docs,
  schema,
  gc,
  init,
];
