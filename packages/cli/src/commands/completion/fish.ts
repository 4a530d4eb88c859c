import { type CommandWords, type Completed, helpOption, type OptionWords } from './grammar.js';

/** A line for each thing that can be completed. */
export function fishScript(commands: readonly CommandWords[]): string {
  const ofCommand = ({ name, summary, options, operand }: CommandWords) => {
    const here = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    return [
      `complete -c wtilde -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...(operand === undefined ? [] : [`complete -c wtilde ${here} ${actionOf(operand)}`]),
      ...options.map((option) => `complete -c wtilde ${here} ${ruleOf(option)}`),
    ];
  };
  return `# Completion of wtilde for fish, by: wtilde completion fish
complete -c wtilde -f
complete -c wtilde -n __fish_use_subcommand -a help -d ${quoted('print the help of a command')}
complete -c wtilde -n __fish_use_subcommand -s V -l version -d ${quoted('print the version')}
complete -c wtilde -n __fish_use_subcommand ${ruleOf(helpOption)}
${commands.flatMap(ofCommand).join('\n')}
`;
}

function ruleOf({ names, help, value }: OptionWords): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  return [...flags, ...(value === undefined ? [] : [`-r ${actionOf(value)}`]), `-d ${quoted(help)}`].join(' ');
}

function actionOf(completed: Completed): string {
  if (completed.by === 'words') return `-f -a ${quoted(completed.words.join(' '))}`;
  return completed.by === 'files' ? '-F' : '-f';
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
