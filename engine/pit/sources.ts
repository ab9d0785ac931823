import type { Compiled } from '../run/compile.js';
import type { Project } from '../run/project.js';
import type { Span } from '../sdk/params.js';
import { iso } from './blind.js';
import type { Made } from './choose.js';
import { knownBy } from './differ.js';
import { Findings } from './finding.js';
import { revived, runOn, subjectOf } from './subjects.js';

const DAY = 86_400_000;
/** How much of the span a second run gets. */
const SHORTER = 0.7;

/**
 * A source is handed no rows, but may be told a span: what it gives for a shorter one must be the beginning of what it gives for
 * the whole. A simulator that scales by its whole sample is found out, and so is a parameter derived from the length of a file.
 * @returns undefined for a source without a span: its rows are taken on trust.
 */
export async function examineSource(
  project: Project,
  compiled: Compiled,
  { entry, task }: Made,
): Promise<Findings | undefined> {
  const plugin = await project.plugins.load(task.node);
  const params = revived(plugin, task);
  const [name, span] = Object.entries(params).find((e): e is [string, Span] => isSpan(e[1])) ?? [];
  if (name === undefined || span === undefined) return undefined;
  const subject = await subjectOf(project, compiled, entry, task);
  const findings = new Findings(subject);
  const length = Math.floor((SHORTER * (span.to - span.from)) / DAY) * DAY;
  const to = span.from + length;
  const whole = await runOn(plugin, task, params, {});
  const part = await runOn(plugin, task, { ...params, [name]: { ...span, to } }, {});
  const how = `${name} ends at ${iso(to)}`;
  findings.note('shorter span', how, part, () =>
    subject.outputs.flatMap((output) => {
      const before = whole.kind === 'given' ? whole.frames[output.port] : undefined;
      const after = part.kind === 'given' ? part.frames[output.port] : undefined;
      return before && after ? [knownBy(output, before, after, to)] : [];
    }),
  );
  return findings;
}

function isSpan(value: unknown): value is Span {
  return (
    typeof value === 'object' &&
    value !== null &&
    'from' in value &&
    'to' in value &&
    Object.keys(value).length === 2
  );
}
