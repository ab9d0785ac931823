import { type Diagnostic, type Facts, fill, type Sentences } from '../diag/diagnostic.js';
import { Refusal } from '../diag/refusal.js';
import { readDigest } from '../plan/read-digest.js';
import type { Context, NodePlugin } from '../sdk/node.js';
import { type Random, stream } from '../sdk/random.js';
import { sha256 } from '../store/digest.js';
import { canonical } from '../yaml/canonical.js';
import type { Json, JsonObject } from '../yaml/value.js';
import type { Task, TaskEvent } from './task.js';

/** Lines of a node's own log that are kept with its record. */
const LOG_TAIL = 200;

/** The context of one execution, and what the node said through it. */
export class TaskContext implements Context {
  readonly warnings: Diagnostic[] = [];
  readonly lines: string[] = [];

  constructor(
    readonly task: Task,
    readonly plugin: NodePlugin,
    readonly signal: AbortSignal,
    readonly emit: (event: TaskEvent) => void,
  ) {}

  random(...labels: readonly (string | number)[]): Random {
    const name = Object.entries(this.plugin.params).find(
      ([, schema]) => schema['x-dag'].as === 'seed',
    )?.[0];
    const seed = name === undefined ? undefined : this.task.params[name];
    if (seed === undefined)
      throw new Error(`${this.task.node} draws random numbers and declares no t.seed()`);
    const digest = sha256(canonical([seed, this.task.node, ...labels]));
    return stream([
      Number.parseInt(digest.slice(0, 8), 16),
      Number.parseInt(digest.slice(8, 16), 16),
    ]);
  }

  log(message: string, facts: Facts = {}): void {
    const plain = plainFacts(facts);
    if (this.lines.length < LOG_TAIL)
      this.lines.push(Object.keys(plain).length > 0 ? `${message} ${canonical(plain)}` : message);
    this.emit({ kind: 'log', key: this.task.key, message, facts: plain });
  }

  warn(code: string, facts: Facts = {}): void {
    this.warnings.push(this.#diagnostic('warning', this.plugin.warnings, code, facts));
  }

  refuse(code: string, facts: Facts = {}): never {
    throw new Refusal([this.#diagnostic('error', this.plugin.errors, code, facts)]);
  }

  progress(done: number, total: number): void {
    this.emit({ kind: 'progress', key: this.task.key, done, total });
  }

  gives(port: string): boolean {
    return !this.task.absent.includes(port);
  }

  get files(): readonly string[] {
    return this.task.files;
  }

  digest(port: string, at: Readonly<Record<string, string>> = {}): string {
    const input = this.task.inputs.find((i) => i.port === port);
    const items = input?.items.filter((i) => Object.entries(at).every(([k, v]) => i.at[k] === v));
    if (!input || !items || items.length === 0)
      throw new Error(`${this.task.node} has no input "${port}" ${canonical(at)}`);
    return readDigest({ items, columns: input.columns });
  }

  #diagnostic(
    severity: 'error' | 'warning',
    sentences: Sentences | undefined,
    code: string,
    facts: Facts,
  ): Diagnostic {
    const sentence = sentences?.[code];
    if (sentence === undefined)
      throw new Error(`${this.task.node} does not declare the ${severity} "${code}"`);
    return {
      code,
      severity,
      message: `${this.task.item}: ${fill(sentence, facts)}`,
      place: this.task.place,
      facts,
    };
  }
}

/** Facts as plain data: what is not JSON is shown as text. */
function plainFacts(facts: Facts): JsonObject {
  const plain: Record<string, Json> = {};
  for (const [key, value] of Object.entries(facts)) {
    const finite = typeof value === 'number' ? Number.isFinite(value) : false;
    plain[key] =
      finite || typeof value === 'string' || typeof value === 'boolean'
        ? (value as Json)
        : String(value);
  }
  return plain;
}
