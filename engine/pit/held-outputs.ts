import { type Frame, isFrame } from '../frame/frame.js';
import { contractOf } from '../graph/contracts.js';
import type { Entry } from '../plan/entry.js';
import type { Project } from '../run/project.js';
import { digestOf } from '../store/stored.js';
import { readValue } from '../store/value.js';
import type { Ran } from './cut-run.js';
import { knownBy } from './differ.js';
import type { Windows } from './windows.js';

/** An output that must have been the same, and was not. */
export interface WholeFinding {
  readonly item: string;
  readonly port: string;
  readonly column: string;
  /** When it was known; of an estimate the end of its windows. */
  readonly known: number;
  readonly was: string;
  readonly is: string;
  readonly how: string;
}

/** What two runs are compared for; `held` counts what was. */
export interface On {
  readonly at: number;
  readonly how: string;
  readonly held: { rowwise: number; estimates: number; unjudged: number };
}

/** Outputs that were known by then and are not what they were. */
export function differences(
  project: Project,
  other: Ran,
  entries: readonly Entry[],
  windows: Windows,
  on: On,
): readonly WholeFinding[] {
  return entries.flatMap((entry) => {
    if (entry.state.kind !== 'given') return [];
    const twin = other.entries.get(entry.name);
    // What a node refuses judges nothing, and neither does what needed it.
    if (twin?.state.kind !== 'given' && twin?.state.kind !== 'skipped') {
      on.held.unjudged += 1;
      return [];
    }
    const again = twin?.state.kind === 'given' ? twin.state.outputs : undefined;
    return Object.keys(entry.state.outputs).flatMap((port) =>
      differencesAt({ project, other, entry, port, again, windows }, on),
    );
  });
}

interface Port {
  readonly project: Project;
  readonly other: Ran;
  readonly entry: Entry;
  readonly port: string;
  readonly again: Extract<Entry['state'], { kind: 'given' }>['outputs'] | undefined;
  readonly windows: Windows;
}

function differencesAt(at: Port, on: On): readonly WholeFinding[] {
  const { entry, port, windows } = at;
  const known = windows.of(entry, port);
  if (!known) return [];
  return known.after.length > 0 ? ofEstimate(at, on) : ofRows(at, on);
}

/** An estimate must be the same to the last bit once its windows are over. */
function ofEstimate({ entry, port, again, windows }: Port, { at, how, held }: On) {
  const known = windows.after(entry, port);
  const stored = entry.state.kind === 'given' ? entry.state.outputs[port] : undefined;
  if (known > at || !stored) return [];
  held.estimates += 1;
  const [was, is] = [stored, again?.[port]].map((s) => (s ? digestOf(s).slice(0, 10) : 'nothing'));
  if (was === undefined || is === undefined || was === is) return [];
  return [{ item: entry.name, port, column: '(value)', known, was, is, how }];
}

function ofRows(on: Port, { at, how, held }: On): readonly WholeFinding[] {
  const { entry, port, windows } = on;
  const contract = entry.stage.node.out[port]?.contract;
  const json = contract === undefined ? undefined : windows.compiled.graph.contracts[contract];
  const [base, other] = framesOf(on);
  if (!json || !base || !other) return [];
  const output = { port, contract: contractOf(json), columns: new Map(), window: false };
  const { cells, differences: found } = knownBy(output, base, other, at);
  if (cells > 0) held.rowwise += 1;
  return found.map((d) => ({ item: entry.name, how, ...d }));
}

function framesOf({ project, other, entry, port, again }: Port): readonly (Frame | undefined)[] {
  const stored = entry.state.kind === 'given' ? entry.state.outputs[port] : undefined;
  const twin = again?.[port];
  if (!stored || !twin || stored.kind !== 'frame') return [];
  const read = [
    readValue(project.store.objects, stored),
    readValue(other.project.store.objects, twin),
  ];
  return read.map((r) => (r.state === 'ok' && isFrame(r.value) ? r.value : undefined));
}
