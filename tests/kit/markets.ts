import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const HOUR = 3_600_000;
const FIVE = 300_000;

const file: unknown = parse(
  readFileSync(new URL('../../spec/markets/demo.yaml', import.meta.url), 'utf8'),
);
if (!isMap(file) || !isMap(file.simulator))
  throw new Error('spec/markets/demo.yaml declares no world');

/** The demo market as a node receives it. */
export const demo = {
  id: 'demo',
  source: 'simulator',
  spacing: FIVE,
  simulator: { ...file.simulator, epoch: Date.UTC(2023, 0, 1), funding_interval: 8 * HOUR },
};

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
