import type { CommandWords, Completed } from './grammar.js';

/**
 * Works from bash 3.2 on, the one of macOS. What the cursor stands behind chooses: the value of an option, an option, an
 * operand of the command, a command.
 */
export function bashScript(commands: readonly CommandWords[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap(({ names, value }) =>
      value === undefined ? [] : [`    ${names.map((flag) => `'${name} ${flag}'`).join('|')}) ${act(value)} ;;`],
    ),
  );
  const flags = commands.map(({ name, options }) => `    ${name}) ${offer(options.flatMap(({ names }) => names))} ;;`);
  const operands = commands.flatMap(({ name, operand }) =>
    operand === undefined ? [] : [`    ${name}) ${act(operand)} ;;`],
  );
  return `# Completion of wtilde for bash, by: wtilde completion bash
_wtilde_words() {
  COMPREPLY=($(compgen -W "$1" -- "$word"))
}

_wtilde_files() {
  # Readline knows more of names than a script: spaces, and the slash behind a folder.
  compopt -o default 2>/dev/null || COMPREPLY=($(compgen -f -- "$word"))
}

_wtilde() {
  local IFS=$' \\t\\n' word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command= at
  # --name=value is three words: --name, = and value.
  if [[ $word == = ]]; then
    word=
  elif [[ $before == = ]] && ((COMP_CWORD > 1)); then
    before=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    if [[ \${COMP_WORDS[at]} != -* ]]; then
      command=\${COMP_WORDS[at]}
      break
    fi
  done
  if [[ $command == '' ]]; then
    _wtilde_words '${[...commands.map(({ name }) => name), 'help --help --version'].join(' ')}'
    return
  fi
  case "$command $before" in
${values.join('\n')}
    *)
      if [[ $word == -* ]]; then
        case $command in
${indented(flags)}
        esac
        return
      fi
      case $command in
${indented(operands)}
        help) ${offer(commands.map(({ name }) => name))} ;;
      esac
      ;;
  esac
}

complete -F _wtilde wtilde
`;
}

function act(completed: Completed): string {
  if (completed.by === 'words') return offer(completed.words);
  return completed.by === 'files' ? '_wtilde_files' : ':';
}

function offer(words: readonly string[]): string {
  return `_wtilde_words '${words.join(' ')}'`;
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join('\n');
}
