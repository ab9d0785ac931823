import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { families } from '../../../../engine/expr/ops/index.js';

/*
 * Where each family is held against slow, obvious definitions on random data with gaps. A new operator must be called in the
 * tests of its family, or this fails.
 */
const ORACLES: Readonly<Record<string, readonly string[]>> = {
  elementwise: ['properties/oracle-rows.test.ts'],
  lag: ['properties/oracle-time.test.ts'],
  happenings: ['properties/oracle-time.test.ts'],
  recursive: ['properties/oracle-time.test.ts'],
  rolling: ['oracle.test.ts', 'properties/oracle-windows.test.ts'],
  information: ['information/oracle.test.ts'],
  clocks: ['properties/oracle-clocks.test.ts', 'by-oracle.test.ts', 'resample-oracle.test.ts'],
  across: ['across.test.ts'],
};

const HERE = fileURLToPath(new URL('../', import.meta.url));
/** Signs stand between what they work on. */
const called = (name: string, text: string): boolean =>
  /^\w+$/.test(name)
    ? new RegExp(`['\`(\\s]${name}(?:\\(|:| [a-z]|')`).test(text)
    : text.includes(`'${name}'`) || text.includes(` ${name} `);

describe('slow definitions', () => {
  for (const { name: family, operators } of families)
    it(`of ${family}`, () => {
      const files = ORACLES[family] ?? [];
      expect(files.filter((file) => !existsSync(`${HERE}${file}`))).toEqual([]);
      const text = files.map((file) => readFileSync(`${HERE}${file}`, 'utf8')).join('\n');
      expect(operators.map((op) => op.name).filter((name) => !called(name, text))).toEqual([]);
    });
});
