import { type ComposedSet, composedSet } from '../graph/composed.js';
import { installComposed } from '../sdk/composed.js';
import type { Project } from './project.js';

const known = new WeakMap<Project, ComposedSet>();

/** The composed operators of a project, and what is wrong with them: read once, and made known to this thread. */
export function composedOf(project: Project): ComposedSet {
  const found = known.get(project) ?? read(project);
  installComposed(found.composed);
  return found;
}

function read(project: Project): ComposedSet {
  const primitives = Object.keys(project.plugins.catalogue.operators);
  const found = composedSet(project.formulas, primitives, project.pack);
  known.set(project, found);
  return found;
}
