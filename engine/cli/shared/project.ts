import { Refusal } from '../../diag/refusal.js';
import type { Project } from '../../run/project.js';
import type { Io } from './io.js';

/** Work with the project that the current folder lies in, else with the checkout the program was started from. */
export async function withProject<T>(io: Io, work: (project: Project) => Promise<T>): Promise<T> {
  const { openProject } = await import('../../run/project.js');
  const project = await openProject(await projectRoot(io));
  io.enter(project.root);
  try {
    return await work(project);
  } finally {
    project.store.close();
  }
}

/** The folder of that project. @throws project/none */
export async function projectRoot(io: Io): Promise<string> {
  const { findRoot } = await import('../../run/site.js');
  try {
    return findRoot(io.cwd);
  } catch (error) {
    if (error instanceof Refusal && error.diagnostics[0]?.code === 'project/none')
      return findRoot(io.home);
    throw error;
  }
}
