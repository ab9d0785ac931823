import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import { suggestion } from '../diag/suggest.js';
import type { PublishAst } from './ast.js';
import { isInside } from './expectations.js';
import { outputWire } from './gates.js';
import type { Publish, Stage } from './graph.js';
import { projectPath } from './paths.js';
import type { NodeShell, PartShell, Session } from './scope.js';
import { outputsOf } from './wires.js';

const report = reporter({
  'graph/publish-port': 'Stage "{stage}" has no output "{port}" to publish.',
  'graph/publish-store': 'Nothing is published to {to}: {owner} belongs to the engine.',
  'graph/publish-elsewhere':
    'Nothing is published to {to}: what pipelines publish stands under {lake}/.',
  'graph/publish-folder': 'Two stages publish to {to}: "{first}" and "{second}".',
  'graph/publish-nested':
    'Stage "{second}" publishes to {to}, inside the folder {outer} of stage "{first}".',
  'graph/publish-split': '"split" is {choices}, found "{found}".',
  'graph/publish-split-kind': 'Only tables can be split; "{port}" is a {kind}.',
  'graph/publish-outside': 'Output "{port}" is made outside of {file}: publish it there.',
});

/** Folders of the lake that the engine itself owns. */
const OWNED = ['objects', 'records', 'runs', 'raw', 'trials', 'cache'];
const SPLITS = ['month', 'day', 'year'] as const;

/** What a stage publishes, each with the stage that makes it: itself, or one inside the part it uses. */
export function publishOf(
  shell: NodeShell | PartShell,
): readonly { readonly stage: Stage; readonly publish: Publish }[] {
  const { session } = shell.scope;
  const { problems } = session;
  return shell.ast.publish.flatMap((ast) => {
    const outputs = outputsOf(shell) ?? [];
    if (!outputs.includes(ast.name)) {
      const facts = { stage: shell.ast.name, port: ast.name };
      const hint = suggestion(ast.name, outputs);
      problems.add(report('graph/publish-port', ast.place, facts, { hint }));
      return [];
    }
    const to = folderOf(ast, session);
    const wire = outputWire(shell, ast.name);
    if (!wire || to === undefined) return [];
    const { stage, port } = wire.source;
    if (shell.kind === 'part' && !isInside(shell, stage)) {
      const facts = { port: ast.name, file: shell.inner.ast.file };
      problems.add(report('graph/publish-outside', ast.place, facts));
      return [];
    }
    const split = splitOf(ast, wire.spec.kind, problems);
    return [{ stage, publish: { port, name: ast.name, to, split, place: ast.to.place } }];
  });
}

function folderOf({ to }: PublishAst, { project, problems, lake }: Session): string | undefined {
  const folder = projectPath(project.root, to.name, to.place, problems);
  if (folder === undefined) return undefined;
  const hint = `such as ${lake}/features`;
  // Whoever could write anywhere could change the very specs and pipelines that are read next.
  if (!covers(lake, folder)) {
    const own = `such as ${lake}/${folder.slice(folder.lastIndexOf('/') + 1)}`;
    problems.add(report('graph/publish-elsewhere', to.place, { to: folder, lake }, { hint: own }));
    return undefined;
  }
  const owned = OWNED.map((name) => `${lake}/${name}`);
  const owner = owned.find((o) => covers(o, folder) || covers(folder, o));
  if (owner === undefined) return folder;
  problems.add(report('graph/publish-store', to.place, { to: folder, owner }, { hint }));
  return undefined;
}

function splitOf({ split, name }: PublishAst, kind: string, problems: Problems): Publish['split'] {
  if (!split) return undefined;
  const found = SPLITS.find((s) => s === split.name);
  if (!found) {
    const facts = { choices: SPLITS.join(', '), found: split.name };
    problems.add(report('graph/publish-split', split.place, facts));
  } else if (kind !== 'frame') {
    problems.add(report('graph/publish-split-kind', split.place, { port: name, kind }));
    return undefined;
  }
  return found;
}

/** Is the second folder the first, or inside it? Case is ignored, as some file systems do. */
function covers(outer: string, inner: string): boolean {
  return `${inner}/`.toLowerCase().startsWith(`${outer}/`.toLowerCase());
}

/** One owner a folder: whoever tidies it up must know all that belongs there. */
export function checkOwners(stages: readonly Stage[], problems: Problems): void {
  const all = stages.flatMap((stage) => stage.publish.map((publish) => ({ stage, publish })));
  for (const [i, second] of all.entries()) {
    const first = all
      .slice(0, i)
      .find((one) => one.stage !== second.stage && overlap(one.publish, second.publish));
    if (!first) continue;
    const [outer, to] = [first.publish.to, second.publish.to];
    const facts = { to, outer, first: first.stage.path, second: second.stage.path };
    const code =
      outer.toLowerCase() === to.toLowerCase() ? 'graph/publish-folder' : 'graph/publish-nested';
    const related = [
      { message: `"${first.stage.path}" publishes here`, place: first.publish.place },
    ];
    problems.add(report(code, second.publish.place, facts, { related }));
  }
}

function overlap(a: Publish, b: Publish): boolean {
  return covers(a.to, b.to) || covers(b.to, a.to);
}
