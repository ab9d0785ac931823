import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { World } from './world.js';

const world = new World();
const outside = mkdtempSync(path.join(tmpdir(), 'dag-outside-'));
writeFileSync(path.join(outside, 'SECRET.yaml'), 'venue: SECRET\nsource: made\n');
writeFileSync(path.join(outside, 'part.yaml'), 'dag: part\nstages: {}\n');
const link = (target: string, at: string) => symlinkSync(target, path.join(world.root, at));
link(outside, 'elsewhere');
link(path.join(outside, 'SECRET.yaml'), 'spec/venues/SECRET.yaml');
link(path.join(world.root, 'spec/venues/made.yaml'), 'spec/venues/alias.yaml');
link('/nowhere/at/all', 'dangling');
afterAll(() => {
  world.remove();
  rmSync(outside, { recursive: true, force: true });
});

const stage = (more: string) =>
  `dag: main\nparams: { folder: { type: folder, default: elsewhere } }\nstages:\n  raw: { use: toy.read, with: { venue: made, name: AAA, span: { from: 2024-01-01, to: 2024-02-01 }, seed: 1${more} }`;

describe('what leaves the project', () => {
  it.each([
    ['a folder behind a link', `${stage(', folder: $folder')} }\n`, 'graph/link-leaves-project'],
    [
      'a folder inside a link',
      `${stage(', folder: elsewhere/x')} }\n`,
      'graph/link-leaves-project',
    ],
    ['a dangling link', `${stage(', folder: dangling')} }\n`, 'graph/link-leaves-project'],
    [
      'a part behind a link',
      'dag: main\nstages:\n  a: { use: elsewhere/part.yaml }\n',
      'graph/link-leaves-project',
    ],
    [
      'publishing behind a link',
      `${stage('').replace('AAA', 'AAA')}, publish: { rows: elsewhere/x } }\n`,
      'graph/link-leaves-project',
    ],
    [
      'a spec behind a link',
      `${stage('').replace('made', 'elsewhere/SECRET.yaml')} }\n`,
      'graph/link-leaves-project',
    ],
    [
      'a part above',
      'dag: main\nstages:\n  a: { use: dags/../../part.yaml }\n',
      'graph/leaves-project',
    ],
    [
      'a backslash',
      'dag: main\nstages:\n  a: { use: dags\\..\\part.yaml }\n',
      'graph/path-characters',
    ],
    ['a drive', 'dag: main\nstages:\n  a: { use: "C:/part.yaml" }\n', 'graph/absolute-path'],
    ['a home', 'dag: main\nstages:\n  a: { use: ~/part.yaml }\n', 'graph/path-characters'],
    [
      'a glob above',
      'dag: main\ndimensions: { x: spec/../../**/*.yaml }\nstages:\n  a: { use: toy.sum }\n',
      'graph/leaves-project',
    ],
  ])('%s', (_name, text, code) => {
    const { graph, problems } = world.compile(text);
    expect(graph).toBeUndefined();
    expect(problems.map((p) => p.code)).toContain(code);
    expect(JSON.stringify(problems)).not.toContain(outside);
  });

  it('is not found by id either, while links inside the project are', () => {
    const venue = (id: string) => `${stage('').replace('venue: made', `venue: ${id}`)} }\n`;
    expect(world.codes(venue('SECRET'))).toContain('graph/link-leaves-folder');
    expect(world.codes(venue('alias'))).toContain('spec/id-is-file');
  });
});

describe('what would take for ever', () => {
  it('a glob made to backtrack', () => {
    const glob = `spec/${'*a'.repeat(60)}*b/**/**/**/**/*.yaml`;
    const started = performance.now();
    world.compile(
      `dag: main\ndimensions: { x: "${glob}" }\nstages:\n  a: { foreach: x, use: toy.sum }\n`,
    );
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('instances without end', () => {
    const many = Array.from({ length: 101 }, (_, i) => i).join(', ');
    world.write({
      'spec/columns/many.yaml': `column: many\nforeach: { a: [${many}], b: [${many}] }\nexpr: lag(x, $a) + $b\n`,
    });
    const text = `${stage(', folder: $folder').replace('elsewhere', 'data')} }\n  t: { use: toy.compute, in: { rows: raw }, with: { columns: [many] } }\n`;
    expect(world.codes(text)).toContain('spec/instances');
  });
});

describe('specs', () => {
  it('that name each other are told as a cycle', () => {
    const cyclic = new World({ 'spec/venues/odd.yaml': 'desk: odd\nvenue: made\n' });
    const text = `${stage('').replace('made', 'odd')} }\n`;
    expect(cyclic.codes(text)).toEqual(['spec/wrong-kind']);
    cyclic.remove();
  });

  it('whose names differ by case only are told', () => {
    const twins = new World({ 'spec/signals/UP/jump.yaml': 'signal: jump\nfires: z > 1\n' });
    const text = `${stage('')} }\n  t: { use: toy.compute, in: { rows: raw } }\n  d: { use: toy.detect, in: { tables: t }, with: { signal: DROP } }\n`;
    expect(twins.codes(text)).toEqual(['spec/clash']);
    twins.remove();
  });

  it('are told of when a glob takes them, with the place in their own file', () => {
    const broken = new World({ 'spec/columns/bad.yaml': 'column: bad\nexpr: x +\n' });
    const text = `${stage('')} }\n  t: { use: toy.compute, in: { rows: raw }, with: { columns: spec/columns/*.yaml } }\n`;
    const { problems } = broken.compile(text);
    expect(problems.map((p) => `${p.place?.file} ${p.code}`)).toEqual([
      'spec/columns/bad.yaml expr/expected',
    ]);
    broken.remove();
  });
});

describe('contracts', () => {
  it.each([
    ['that are wrong', 'contract: rows\ncolumns: { ts: tiem }\n', 'contract/wrong-value'],
    ['that are no map', '[1]\n', 'yaml/type'],
    ['under another name', 'contract: row\ncolumns: { ts: time }\n', 'graph/contract-id'],
  ])('%s', (_name, text, code) => {
    const bad = new World({ 'spec/contracts/rows.yaml': text });
    const { problems } = bad.compile(`${stage('')} }\n`);
    expect(problems.map((p) => p.code)).toContain(code);
    expect(problems[0]?.place).toBeDefined();
    bad.remove();
  });

  it('that no file declares', () => {
    const none = new World();
    rmSync(path.join(none.root, 'spec/contracts/rows.yaml'));
    expect(none.codes(`${stage('')} }\n`)).toContain('graph/unknown-contract');
    none.remove();
  });
});
