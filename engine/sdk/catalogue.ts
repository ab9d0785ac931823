import type { Sentences } from '../diag/diagnostic.js';
import type { Effect, NodePlugin, Time } from './node.js';
import type { ParamSpecs } from './params.js';
import type { PortSpecs } from './port.js';

/** What the build wrote down about every plugin, so that a warm run hashes no code and loads no plugin. */
export interface Catalogue {
  /** Version of the engine's formats; part of every key. */
  readonly format: number;
  /** Digest of what every node stands on: frames, codecs, SDK. */
  readonly kernel: string;
  /** Digest of the two-run test: part of the key of certificates, and of nothing else. */
  readonly pit: string;
  readonly nodes: Readonly<Record<string, NodeEntry>>;
  readonly kinds: Readonly<Record<string, KindEntry>>;
  /** Code digests of operators by name: a key holds those its formulas use. */
  readonly operators: Readonly<Record<string, string>>;
}

/** A node as data: its metadata without its functions. */
export interface NodeEntry {
  readonly type: string;
  /** Source file, from the project's root. */
  readonly file: string;
  readonly doc: string;
  readonly source?: string;
  readonly time: Time;
  readonly in: PortSpecs;
  readonly out: PortSpecs;
  readonly params: ParamSpecs;
  readonly errors: Sentences;
  readonly warnings: Sentences;
  readonly effects: readonly Effect[];
  readonly windows: readonly string[];
  /** Which of the optional functions the plugin has; only a node with one of them is loaded to compile. */
  readonly has: {
    readonly shape: boolean;
    readonly reads: boolean;
    readonly concerns: boolean;
    readonly files: boolean;
    readonly within: boolean;
  };
  readonly code: Code;
}

/** What a node's results may depend on besides data: digests, never versions kept by hand. */
export interface Code {
  /** Digest of the plugin and everything of ours it imports. */
  readonly closure: string;
  /** Digest of each module of the closure, so that a change can be named. */
  readonly modules: Readonly<Record<string, string>>;
  /** `name` → version of packages reachable from the plugin. */
  readonly packages: Readonly<Record<string, string>>;
}

/** A kind of spec as data. */
export interface KindEntry {
  readonly kind: string;
  readonly doc: string;
  readonly folder: string;
  readonly fields: ParamSpecs;
  readonly formulas: boolean;
  readonly group?: string;
  readonly varies?: string;
  readonly leaves?: readonly string[];
  readonly cases?: string;
}

/** The catalogue and a way to get at the code. */
export interface Plugins {
  readonly catalogue: Catalogue;
  load(type: string): Promise<NodePlugin>;
}
