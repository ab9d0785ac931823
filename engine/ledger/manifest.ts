import { arch, cpus, hostname, platform, release, totalmem } from 'node:os';
import type { JsonObject } from '../diag/data.js';
import type { Checkpoint } from './chain.js';
import { commitOf } from './git.js';
import { redactObject } from './secrets.js';

/** The command that started a run. */
export type StartedBy = 'run' | 'pit';

/** What a run is started with. */
export interface RunStart {
  readonly pipeline: string;
  /** Project-relative path of the pipeline's file. */
  readonly file: string;
  readonly profile?: string | undefined;
  /** Settings of the command line, as typed. */
  readonly sets: readonly string[];
  /** Resolved top-level parameters. */
  readonly params: JsonObject;
  /** SHA-256 of every YAML file that was read, by project-relative path. */
  readonly specs: Readonly<Record<string, string>>;
  /** Code: the engine's format and kernel digest. */
  readonly code: { readonly format: number; readonly kernel: string };
  /** The stages as they were, so that their items can be read without the pipeline. */
  readonly stages: Readonly<Record<string, StageLine>>;
  /** The pipeline's outputs: name → `stage.port`. */
  readonly outs: Readonly<Record<string, string>>;
  /** How it runs: executor, threads, memory; never part of a key. */
  readonly options: JsonObject;
  /** `run` where nothing is said. */
  readonly by?: StartedBy;
}

/** A stage of a run. Its items are called `stage@id:id`, an id for each dimension. */
export interface StageLine extends JsonObject {
  readonly node: string;
  /** Names of its dimensions, outer ones first. */
  readonly dims: readonly string[];
  /** What each port takes: `stage.port`, several where ports of a kind are joined. Absent in manifests of older engines. */
  readonly takes?: { readonly [port: string]: readonly string[] };
}

/** What is known when a run has ended. */
export interface RunEnd {
  readonly outcome: 'done' | 'failed' | 'interrupted';
  readonly counts: Readonly<Record<string, number>>;
  readonly warnings: number;
  readonly degraded: readonly string[];
  /** Milliseconds. */
  readonly elapsed: number;
  readonly timings: Readonly<Record<string, number>>;
  readonly outs: JsonObject;
  /** SHA-256 of the input files that items read, by path. */
  readonly data: Readonly<Record<string, string>>;
}

/** `manifest.json` of a run: where its results come from. */
export interface Manifest extends JsonObject {
  readonly format: 1;
  readonly run: string;
  /** Absent in manifests of older engines: `run`. */
  readonly by?: StartedBy;
  readonly pipeline: string;
  readonly file: string;
  readonly profile: string | null;
  readonly sets: readonly string[];
  readonly params: JsonObject;
  readonly specs: JsonObject;
  readonly code: JsonObject;
  readonly stages: { readonly [path: string]: StageLine };
  readonly outs: { readonly [name: string]: string };
  readonly options: JsonObject;
  readonly git: string | null;
  readonly host: JsonObject;
  readonly versions: JsonObject;
  readonly pid: number;
  /** ISO times, UTC. */
  readonly started: string;
  readonly ended: string | null;
  readonly result: JsonObject | null;
  /** The end of `audit.jsonl`; null while the run goes on, and for ever if it was killed. */
  readonly audit: Checkpoint | null;
}

/** The manifest of a run that starts now. Values that look like secrets are left out. */
export function manifestOf(root: string, run: string, start: RunStart, at: Date): Manifest {
  return {
    format: 1,
    run,
    by: start.by ?? 'run',
    pipeline: start.pipeline,
    file: start.file,
    profile: start.profile ?? null,
    sets: start.sets.map(hideSet),
    params: redactObject(start.params),
    specs: start.specs,
    code: start.code,
    stages: start.stages,
    outs: start.outs,
    options: start.options,
    git: commitOf(root) ?? null,
    host: {
      name: hostname(),
      platform: platform(),
      release: release(),
      arch: arch(),
      cpus: cpus().length,
      memory: totalmem(),
    },
    versions: { node: process.versions.node, v8: process.versions.v8 },
    pid: process.pid,
    started: at.toISOString(),
    ended: null,
    result: null,
    audit: null,
  };
}

/** The manifest of a run that has ended. */
export function ended(manifest: Manifest, end: RunEnd, audit: Checkpoint, at: Date): Manifest {
  return { ...manifest, ended: at.toISOString(), result: { ...end }, audit };
}

/** Settings of the command line as a manifest keeps them. */
export function setsOf(
  sets: readonly { readonly path: string; readonly text: string }[],
): readonly string[] {
  return sets.map(({ path, text }) => hideSet(`${path}=${text}`));
}

function hideSet(set: string): string {
  const [name = '', ...value] = set.split('=');
  const leaf = name.slice(name.lastIndexOf('.') + 1);
  return `${name}=${String(redactObject({ [leaf]: value.join('=') })[leaf])}`;
}
