import {
  type Context,
  type FileValue,
  type Json,
  loadValidator,
} from '../../../engine/sdk/index.js';
import type { Blueprint } from '../../kinds/blueprint-lines.js';
import { blueprintSchema } from '../../kinds/blueprint-schema.js';

/** A blueprint and the line it stands in, counted from 1. */
export interface Line {
  readonly line: number;
  readonly value: Blueprint;
}

/**
 * The blueprints of a file, each held to the schema; no file is read in part. The end of the last line may be missing.
 * @throws  blueprint/not-json, blueprint/wrong-line, blueprint/twice
 */
export async function linesOf(file: FileValue, ctx: Context): Promise<readonly Line[]> {
  const validate = await loadValidator();
  const texts = new TextDecoder().decode(file.bytes).split('\n');
  if (texts.at(-1) === '') texts.pop();
  const first = new Map<string, number>();
  return texts.map((text, i) => {
    const at = { file: file.name, line: i + 1 };
    const value = jsonOf(text, (reason) => ctx.refuse('blueprint/not-json', { ...at, reason }));
    const problems = validate(blueprintSchema, value);
    if (problems.length > 0 || !isBlueprint(value)) {
      return ctx.refuse('blueprint/wrong-line', { ...at, problem: problems.join('; ') });
    }
    const before = first.get(value.id);
    if (before !== undefined) {
      ctx.refuse('blueprint/twice', { ...at, id: value.id, first: before });
    }
    first.set(value.id, at.line);
    return { line: at.line, value };
  });
}

function jsonOf(text: string, wrong: (reason: string) => never): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

/** The schema has said so already; the compiler has not heard it. */
function isBlueprint(value: Json): value is Blueprint {
  return typeof value === 'object' && value !== null && 'lineage' in value;
}
