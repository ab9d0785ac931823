import type { Repeat } from '../graph/graph.js';
import type { Json } from '../yaml/value.js';
import type { Entry, Round } from './entry.js';
import type { PortInput } from './key.js';
import type { Outputs } from './outcome.js';

/** The first round, or the one after `round`; undefined when there are no more. */
export function nextRound(
  repeat: Repeat,
  round: Round | undefined,
  before: Outputs | undefined,
): Round | undefined {
  const number = (round?.number ?? 0) + 1;
  if (number > repeat.atMost) return undefined;
  const variables: Record<string, Json> = {};
  for (const [name, values] of Object.entries(repeat.over ?? {})) {
    const value = values[number - 1];
    if (value === undefined) return undefined;
    variables[name] = value;
  }
  return { number, variables, before };
}

/** The inputs of a later round: `carry:` puts outputs of the round before in their place. */
export function carried(entry: Entry, before: Outputs): readonly PortInput[] {
  const carry = entry.stage.repeat?.carry ?? {};
  const fed = Object.entries(carry).flatMap(([port, from]): PortInput[] => {
    const stored = before[from];
    return stored
      ? [{ port, many: false, columns: undefined, items: [{ at: {}, label: '', stored }] }]
      : [];
  });
  const ports = new Set(fed.map((f) => f.port));
  return [...entry.inputs.filter((i) => !ports.has(i.port)), ...fed];
}

/** What a repeated stage gives: the last round's outputs, how many rounds there were, and whether `until` was satisfied. */
export function withRounds(outputs: Outputs, rounds: number, settled: boolean): Outputs {
  return {
    ...outputs,
    rounds: { kind: 'scalar', value: rounds },
    settled: { kind: 'scalar', value: settled },
  };
}
