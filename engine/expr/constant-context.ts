import type { ConstantContext } from './constant.js';
import type { Env } from './env.js';
import type { ClockSpec, Operator } from './op.js';
import type { Tree } from './tree.js';
import type { Typing } from './typing.js';

/** How the constant arguments of a call that stands in `env` are worked out; `clock` is the one whose rows they count. */
export function constantContext(
  typing: Typing,
  op: Pick<Operator, 'name'>,
  clock: ClockSpec,
  env: Env,
): ConstantContext {
  return {
    op,
    clock,
    work: (tree) => typing.type(tree, env),
    word: (tree) => wordOf(tree, env),
    handed: (tree) => handedOn(tree, env),
    problem: (p) => typing.fail(env, p),
  };
}

/** The word that an argument of the composed operator around the call stands for. */
function wordOf(tree: Tree, { locals }: Env): string | undefined {
  if (tree.kind !== 'name' || tree.of !== undefined) return undefined;
  const local = locals?.find(tree.name);
  if (local === undefined || local === 'unknown' || local.node.kind !== 'constant')
    return undefined;
  return typeof local.node.value === 'string' ? local.node.value : undefined;
}

/**
 * The argument of the author's own call that is handed on as it is. Deeper than one level the names are those of an operator
 * that the author never wrote.
 */
function handedOn(tree: Tree, { locals, depth }: Env): ReturnType<ConstantContext['handed']> {
  const composed = depth === 1 ? locals?.composed : undefined;
  if (tree.kind !== 'name' || tree.of !== undefined || !composed) return undefined;
  const arg = composed.args.find((a) => a.name === tree.name);
  return arg && { op: composed.name, name: arg.name };
}
