/** A hypothesis that was looked at, as `lake/trials/` keeps it: kin share their words. */
export interface Trial {
  readonly id: string;
  readonly event: string | null;
  readonly template: string | null;
}

/** An id: hex digits of a digest of what the hypothesis says, as `discovery.grid` makes it. */
export const TRIAL_ID = /^[0-9a-f]{16,64}$/;

/** Trials as text, a line each. */
export function trialLines(trials: readonly Trial[]): string {
  return trials
    .map(({ id, event, template }) => `${JSON.stringify([id, event, template])}\n`)
    .join('');
}

/**
 * The trials of such a text. A line may hold an id alone, which is all that older engines kept; a torn or damaged one is passed
 * over.
 */
export function trialsIn(text: string): readonly Trial[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole.split('\n').flatMap((line) => {
    const [id, event, template] = line.startsWith('[') ? fieldsOf(line) : [line];
    if (typeof id !== 'string' || !TRIAL_ID.test(id)) return [];
    return [{ id, event: word(event), template: word(template) }];
  });
}

function fieldsOf(line: string): readonly unknown[] {
  try {
    const fields: unknown = JSON.parse(line);
    return Array.isArray(fields) ? fields : [];
  } catch {
    return []; // a bit is another: what it was cannot be told
  }
}

function word(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
