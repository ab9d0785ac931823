import type { Command } from '../shared/command.js';

/** The commands with their arguments, options and examples. */
export function commandsPage(commands: readonly Command[], made: string): string {
  return `# Commands\n\n${made}\n\n${commands.map(section).join('\n')}`;
}

function section({ name, doc, args, options, examples }: Command): string {
  const line = [
    'dag',
    name,
    ...args.map((a) => a.name),
    ...(options.length > 0 ? ['[options]'] : []),
  ].join(' ');
  const rows = [...args.map((a) => [a.name, a.doc]), ...options.map((o) => [o.flags, o.doc])];
  const list = rows.map(([what, text]) => `- \`${what}\`: ${text}`);
  return [
    `## ${name}`,
    doc,
    `\`${line}\``,
    ...(list.length > 0 ? [list.join('\n')] : []),
    `\`\`\`sh\n${examples.join('\n')}\n\`\`\`\n`,
  ].join('\n\n');
}
