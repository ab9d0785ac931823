import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import { Refusal } from '../diag/refusal.js';

const report = reporter({
  'node/threw': '{item}: {node} failed in a way it does not declare: {message}',
});

/** What is to be told of something that was thrown while a node ran. */
export function problemsOf(
  thrown: unknown,
  item: string,
  node: string,
  place: Place,
): readonly Diagnostic[] {
  if (thrown instanceof Refusal)
    return thrown.diagnostics.map((d) => ({ ...d, place: d.place ?? place }));
  if (thrown instanceof Error && isCoded(thrown)) {
    return [
      {
        code: thrown.code,
        severity: 'error',
        message: `${item}: ${thrown.message}`,
        place,
        facts: thrown.facts,
      },
    ];
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return [report('node/threw', place, { item, node, message })];
}

/** Errors of pure mathematics carry a code and facts of their own. */
function isCoded(
  error: Error,
): error is Error & { code: string; facts: Readonly<Record<string, unknown>> } {
  return (
    'code' in error &&
    typeof error.code === 'string' &&
    'facts' in error &&
    typeof error.facts === 'object' &&
    error.facts !== null
  );
}
