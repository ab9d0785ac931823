import type { Operator } from '../op.js';
import * as across from './across.js';
import * as among from './among.js';
import * as arithmetic from './arithmetic.js';
import * as calendar from './calendar.js';
import * as choose from './choose.js';
import * as clocks from './clocks.js';
import * as compare from './compare.js';
import * as cut from './cut.js';
import * as extremes from './extremes.js';
import * as functions from './functions.js';
import * as happenings from './happenings.js';
import * as lag from './lag.js';
import * as logic from './logic.js';
import * as moments from './moments.js';
import * as order from './order.js';
import * as power from './power.js';
import * as recursive from './recursive.js';
import * as resample from './resample.js';
import * as trailingStop from './trailing-stop.js';

const families: readonly Readonly<Record<string, Operator>>[] = [
  arithmetic,
  power,
  compare,
  logic,
  functions,
  among,
  choose,
  cut,
  lag,
  moments,
  extremes,
  order,
  recursive,
  trailingStop,
  resample,
  happenings,
  calendar,
  clocks,
  across,
];

/** Every operator of the language by name. */
export const operators: ReadonlyMap<string, Operator> = listed();

function listed(): ReadonlyMap<string, Operator> {
  const found = new Map<string, Operator>();
  for (const family of families)
    for (const op of Object.values(family)) {
      if (found.has(op.name)) throw new Error(`Two operators are called ${op.name}.`);
      found.set(op.name, op);
    }
  return found;
}
