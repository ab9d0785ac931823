import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import { kindOfFile } from '../../graph/spec-file.js';
import { named } from '../../pit/authors.js';
import type { Certificate } from '../../pit/certificate.js';
import { type Made, specsOf } from '../../pit/choose.js';
import { ROWS } from '../../pit/differ.js';
import type { Finding } from '../../pit/finding.js';
import { readYaml } from '../../yaml/file.js';
import { specFiles } from '../cases/files.js';
import type { Io } from '../shared/io.js';
import { findPipeline } from '../shared/pipeline.js';

const report = reporter({
  'pit/no-path': 'There is no file or folder {path}.',
  'pit/mixed': 'Test either one pipeline or specs, not {found} together.',
  'pit/no-home':
    'Specs are tested where a pipeline computes them, and there is no {pipeline} that does.',
  'pit/composed':
    '{file} is an operator made of formulas: it is tested in the features and events that call it.',
});

/** The pipeline in which specs are tested unless another one is named. */
export const PIT_PIPELINE = 'dags/pit.yaml';

/** A spec that was named: its kind, and the stem of its file. */
export interface AskedSpec {
  readonly kind: string;
  readonly stem: string;
  readonly file: string;
  /** Whether an id is that of the spec, or of one of its instances. */
  readonly has: (id: string) => boolean;
}

/** What the command line asks for. */
export interface Asked {
  readonly pipeline: string;
  /** Undefined: everything that the pipeline computes. */
  readonly specs: readonly AskedSpec[] | undefined;
}

/** @throws pit/no-path, pit/mixed, pit/no-home, pit/composed, cli/no-pipeline */
export function askedFor(
  root: string,
  io: Io,
  names: readonly string[],
  pipeline: string | undefined,
): Asked {
  const [first = ''] = names;
  const isSpec = names.map((name) => specsAt(root, io, name).length > 0);
  const absent = names.find(
    (name, i) => !isSpec[i] && (names.length > 1 || name.includes('/')) && !pathOf(root, io, name),
  );
  if (absent !== undefined) refuse(report('pit/no-path', undefined, { path: absent }));
  if (!isSpec.some(Boolean)) {
    if (names.length > 1) refuse(report('pit/mixed', undefined, { found: 'several pipelines' }));
    return { pipeline: findPipeline(root, io, first), specs: undefined };
  }
  if (!isSpec.every(Boolean)) refuse(report('pit/mixed', undefined, { found: 'both' }));
  const home = pipeline ?? PIT_PIPELINE;
  if (pipeline === undefined && !existsSync(join(root, home))) {
    const hint = 'name one, as in `--pipeline dags/research.yaml`';
    refuse(report('pit/no-home', undefined, { pipeline: home }, { hint }));
  }
  const specs = names.flatMap((name) => specsAt(root, io, name));
  const composed = specs.find(({ kind }) => kind === 'formula');
  if (composed) refuse(report('pit/composed', undefined, { file: composed.file }));
  return { pipeline: findPipeline(root, io, home), specs };
}

function pathOf(root: string, io: Io, name: string): string | undefined {
  return [resolve(io.cwd, name), resolve(root, name)].find((path) => existsSync(path));
}

/** The specs in a file or below a folder; none for a pipeline. */
function specsAt(root: string, io: Io, name: string): readonly AskedSpec[] {
  const path = pathOf(root, io, name);
  if (path === undefined || (statSync(path).isFile() && !path.endsWith('.yaml'))) return [];
  return specFiles(root, io.cwd, [path]).flatMap((file) => {
    const kind = kindOfFile(readYaml(join(root, file), file).value);
    if (kind === undefined || kind === 'dag') return [];
    const stem = basename(file, '.yaml');
    const stems = stemsBeside(root, file);
    return [{ kind, stem, file, has: (id) => ownerOf(id, stems) === stem }];
  });
}

/** The stems of all specs of the same kind, which share a folder below that of the specs. */
function stemsBeside(root: string, file: string): readonly string[] {
  const folder = file.split('/').slice(0, 2).join('/');
  return specFiles(root, root, [folder]).map((other) => basename(other, '.yaml'));
}

/** Which items compute one of the specs; undefined where all are meant. */
export function wantedOf(specs: readonly AskedSpec[] | undefined) {
  if (!specs) return undefined;
  return ({ entry, task }: Made): boolean => {
    const computed = specsOf(entry, task);
    return specs.some((spec) => covers(spec, computed));
  };
}

/** Whether some of the computed specs are the one that was asked for, or instances of it. */
function covers({ kind, has }: AskedSpec, computed: Certificate['specs']): boolean {
  return computed.some((spec) => spec.kind === kind && has(spec.id));
}

/**
 * Instances of a `foreach` have its values behind the stem; the longest stem that fits is theirs: `rv_z` is no instance of `rv`.
 * A column may have its id in small letters: ids are unique without regard to case.
 */
function ownerOf(id: string, stems: readonly string[]): string | undefined {
  const name = id.toLowerCase();
  const fit = stems.filter((stem) => {
    const own = stem.toLowerCase();
    return name === own || name.startsWith(`${own}_`);
  });
  return fit.sort((a, b) => b.length - a.length)[0];
}

/**
 * A certificate of a table with many columns, down to those of the specs that were asked for, or to what is found in rows that
 * these made; undefined where it has none of them, as a feature has none that misses a port. An item that computes one spec is
 * about that one.
 */
export function narrowed(
  certificate: Certificate,
  asked: readonly AskedSpec[] | undefined,
): Certificate | undefined {
  const computed = certificate.specs;
  if (!asked || computed.length === 0) return asked ? undefined : certificate;
  const meant = asked.filter((spec) => covers(spec, computed));
  if (computed.length === 1) return meant.length > 0 ? certificate : undefined;
  const wanted = (name: string): boolean => meant.some((spec) => spec.has(name));
  const own = certificate.columns.filter(({ name }) => wanted(name));
  const authored = meant.some((spec) => authors(certificate, spec));
  if (own.length === 0 && !authored) return undefined;
  const columns = authored ? certificate.columns : own;
  const findings = certificate.findings.filter(
    // Rows that come or go are everybody's, and so is a column of rows that do not say whose they are.
    ({ column, of }) =>
      wanted(column) || column === ROWS || (authored && (!of || meant.some((s) => made(s, of)))),
  );
  const leaks = certificate.verdict === 'leaks';
  return {
    ...certificate,
    verdict: leaks && findings.length === 0 ? 'blind' : certificate.verdict,
    columns,
    findings,
    bounds: certificate.bounds.filter(({ column }) => authored || wanted(column)),
  };
}

/** Whether some rows are said to be made by the spec. */
function authors({ authors: all }: Certificate, { kind, has }: AskedSpec): boolean {
  return all.some((author) => author.kind === kind && has(author.id));
}

function made({ kind, has }: AskedSpec, of: NonNullable<Finding['of']>): boolean {
  return named(of[kind] ?? '').some(has);
}

/** Specs that were asked for and that nothing was told about: no stage computes them, a port they need is not bound, or no row is theirs. */
export function untold(
  asked: readonly AskedSpec[] | undefined,
  certificates: readonly Certificate[],
): readonly string[] {
  const told = (spec: AskedSpec): boolean =>
    certificates.some((certificate) => {
      const { specs, columns, verdict } = certificate;
      if (verdict === 'unable') return false;
      if (!covers(spec, specs)) return false;
      if (specs.length === 1 || authors(certificate, spec)) return true;
      return columns.some(({ name }) => spec.has(name));
    });
  return (asked ?? []).filter((spec) => !told(spec)).map(({ file }) => file);
}
