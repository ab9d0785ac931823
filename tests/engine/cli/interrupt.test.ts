import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestProject } from '../../kit/project.js';
import { printed, printedJson, toyProject } from './kit.js';

// Each test starts several processes.
jest.setTimeout(30_000);

let project: TestProject;
beforeAll(() => {
  project = toyProject();
});
afterAll(() => project.remove());

type Child = ReturnType<TestProject['start']>;
const started: Child[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Start a run whose items take `wait` milliseconds each, and wait until one is running. */
async function running(wait: number, ...more: readonly string[]): Promise<Child> {
  const child = project.start('run', 'chain', '--set', `wait=${wait}`, '--json', ...more);
  started.push(child);
  let said = '';
  child.stdout.setEncoding('utf8');
  for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
    said += text;
    if (/"item-started","item":"doubled/.test(said)) return child;
  }
  throw new Error(`it ended before: ${said}`);
}

async function ended(child: Child) {
  const [code, signal] = await once(child, 'exit');
  return { code, signal };
}

describe('an interrupt', () => {
  it('ends the run with 130, closes its ledger, and leaves the rest to the next run', async () => {
    const child = await running(400);
    child.stdout.resume();
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    child.kill('SIGINT');
    expect(await ended(child)).toEqual({ code: 130, signal: null });
    expect(said).toContain('once more to stop at once');
    const [{ run, result }] = Object(await printedJson(project, 'runs', '--last', '1'));
    expect(result).toMatchObject({ outcome: 'interrupted' });
    expect(await printed(project, 'audit', run)).toContain('1 sound');
    expect(await printed(project, 'plan', 'chain', '--set', 'wait=400')).toMatch(
      /numbers +2 cached\n/,
    );
    expect(await printed(project, 'run', 'chain', '--set', 'wait=400')).toContain('chain done');
  });
});

describe('a pipe that closes early', () => {
  it('ends the command quietly', async () => {
    const child = project.start('nodes', '--json');
    started.push(child);
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    expect(await ended(child)).toEqual({ code: 0, signal: null });
    expect(said).toBe('');
  });

  it('does not end a run, which closes its ledger and publishes as ever', async () => {
    const child = await running(50);
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await ended(child)).toEqual({ code: 0, signal: null });
    const [{ result }] = Object(await printedJson(project, 'runs', '--last', '1'));
    expect(result).toMatchObject({ outcome: 'done' });
    expect(await printed(project, 'plan', 'chain', '--set', 'wait=50')).toMatch(/ 0 to run/);
  });
});
