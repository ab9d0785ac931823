import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { ROOT } from '../../kit/specs.js';

// A run that reads no archive, no feather file and no Parquet loads none of the libraries that do.
it.each(['yauzl', '@uwdata/flechette', '@duckdb/node-api'])(
  '%s is loaded where it is used, never with the node',
  (name) => {
    const folder = `${ROOT}nodes/ingest/files`;
    const sources = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
    const loads = sources.flatMap((text) => [
      ...text.matchAll(/^.*\b(?:from|import\() ?'([^']+)'.*$/gm),
    ]);
    const own = loads.filter(([, from]) => from === name).map(([line]) => line);
    expect(own.filter((line) => !/^import type |await import\(/.test(line))).toEqual([]);
  },
);
