import type { Command } from 'commander';

/** What the help of a command says beside its options. Lines are broken when it is printed, to the width there is. */
export interface HelpText {
  /** A line for the list of commands. */
  readonly summary: string;
  /** A paragraph for the top of its help, and its row in the README. */
  readonly description: string;
  /** Paragraphs below the options. One that has several lines is printed as it is. */
  readonly details?: readonly string[];
  /** Command lines. */
  readonly examples?: readonly string[];
  /** Paragraphs below the examples. */
  readonly last?: readonly string[];
}

/** Wider lines are hard to read. */
const widest = 100;

/** Everything below the options of a command. */
export function detailsOf({ details = [], examples = [], last = [] }: HelpText, command: Command): string {
  const width = Math.min(widest, command.configureOutput().getOutHelpWidth?.() ?? 80);
  const helper = command.createHelp();
  const wrapped = (paragraph: string) => (paragraph.includes('\n') ? paragraph : helper.boxWrap(paragraph, width));
  const lines = examples.map((example) => continued(`  $ ${example}`, width));
  const blocks = [
    ...details.map(wrapped),
    ...(lines.length === 0 ? [] : [['Examples:', ...lines].join('\n')]),
    ...last.map(wrapped),
  ];
  return blocks.map((block) => `\n${block}`).join('\n');
}

/** A command line that goes on in the next, as a shell reads it: broken before an option. */
function continued(line: string, width: number): string {
  const parts = line.split(/ (?=--)/);
  const [first, ...others] = parts;
  const lines = [first];
  for (const part of others) {
    const last = lines[lines.length - 1];
    // Two columns for the backslash.
    if (last.length + 1 + part.length + 2 <= width) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(`      ${part}`);
  }
  return lines.join(' \\\n');
}
