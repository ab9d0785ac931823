import { createHash } from 'node:crypto';
import type { Catalogue, KindEntry, NodeEntry, Plugins } from '../../engine/sdk/catalogue.js';
import type { AnyKind } from '../../engine/sdk/kind.js';
import type { NodePlugin } from '../../engine/sdk/node.js';

/** A catalogue of plugins made in a test: code digests are made up, and stay the same from run to run. */
export function catalogueOf(nodes: readonly NodePlugin[], kinds: readonly AnyKind[] = []): Plugins {
  const byType = new Map(nodes.map((node) => [node.type, node]));
  const catalogue: Catalogue = {
    format: 1,
    kernel: digest('kernel'),
    pit: '',
    nodes: Object.fromEntries(nodes.map((node) => [node.type, entryOf(node)])),
    kinds: Object.fromEntries(kinds.map((kind) => [kind.kind, kindEntry(kind)])),
    operators: {},
  };
  const load = async (type: string): Promise<NodePlugin> => {
    const node = byType.get(type);
    if (!node) throw new Error(`no node ${type}`);
    return node;
  };
  return { catalogue, load };
}

function entryOf(node: NodePlugin): NodeEntry {
  const { type, doc, source, time, in: ins, out, params } = node;
  return {
    type,
    file: `nodes/${type.replace('.', '/')}.ts`,
    doc,
    ...(source === undefined ? {} : { source }),
    time,
    in: ins,
    out,
    params,
    errors: node.errors ?? {},
    warnings: node.warnings ?? {},
    effects: node.effects ?? [],
    windows: node.windows ?? [],
    has: {
      shape: node.shape !== undefined,
      reads: node.reads !== undefined,
      concerns: node.concerns !== undefined,
      files: node.files !== undefined,
      within: node.within !== undefined,
    },
    code: { closure: digest(type), modules: {}, packages: {} },
  };
}

function kindEntry(kind: AnyKind): KindEntry {
  return { ...kind };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
