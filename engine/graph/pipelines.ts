import { type Place, reporter } from '../diag/diagnostic.js';
import type { PipelineAst } from './ast.js';
import { projectPath } from './paths.js';
import { missingFile } from './project.js';
import { readPipeline } from './read.js';
import type { Session } from './scope.js';

const report = reporter({
  'graph/part-file': 'The part {file} has problems of its own.',
});

const read = new WeakMap<Session, Map<string, PipelineAst | undefined>>();

/** Read a pipeline file once a compilation. `place` is what asks for it; undefined for the one named on the command line. */
export function loadPipeline(
  session: Session,
  file: string,
  place: Place | undefined,
): PipelineAst | undefined {
  const known = read.get(session) ?? new Map<string, PipelineAst | undefined>();
  read.set(session, known);
  if (known.has(file)) return known.get(file);
  const { project, problems } = session;
  const asked = place ?? { file, line: 1, col: 1, length: 1 };
  const path = projectPath(project.root, file, asked, problems);
  let ast: PipelineAst | undefined;
  if (path !== undefined && !project.exists(path)) missingFile(path, place, undefined, problems);
  else if (path !== undefined) {
    const yaml = project.yaml(path);
    problems.add(...yaml.problems);
    ast = yaml.value && readPipeline(yaml.value, path, problems);
    if (!ast && place) problems.add(report('graph/part-file', place, { file: path }));
  }
  known.set(file, ast);
  return ast;
}
