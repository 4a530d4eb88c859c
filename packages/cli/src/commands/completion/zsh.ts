import { type CommandWords, type Completed, helpOption, type OptionWords } from './grammar.js';

/** A function for compsys, which does the rest; it may be sourced, or lie in a folder of `fpath` as `_wtilde`. */
export function zshScript(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = commands.map(({ name, options, operand }) => {
    const rules = [
      ...options.map(ruleOf),
      ...(operand === undefined ? [] : [quoted(`*:operand:${actionOf(operand)}`)]),
    ];
    return `    ${name})\n      _arguments -s : ${rules.join(' \\\n        ')}\n      ;;`;
  });
  return `#compdef wtilde
# Completion of wtilde for zsh, by: wtilde completion zsh
_wtilde() {
  local -a commands
  local state
  commands=(
${names.join('\n')}
    'help:print the help of a command'
  )
  _arguments -C : ${ruleOf(helpOption)} \\
    '(-V --version)'{-V,--version}'[print the version]' \\
    '1: :->command' '*:: :->rest' && return
  if [[ $state == command ]]; then
    _describe command commands
    return
  fi
  case $words[1] in
${cases.join('\n')}
    help) _describe command commands ;;
  esac
}

if [[ $funcstack[1] == _wtilde ]]; then
  _wtilde "$@"
else
  compdef _wtilde wtilde
fi
`;
}

/** An option for _arguments: once, unless it may be repeated. */
function ruleOf({ names, help, repeatable, value }: OptionWords): string {
  const [name] = names;
  const flags = names.length === 1 ? quoted(name) : `{${names.join(',')}}`;
  const action = value === undefined ? '' : `:value:${actionOf(value)}`;
  const what = quoted(`[${help.replace(/[[\]\\:]/g, '\\$&')}]${action}`);
  return `${quoted(repeatable ? '*' : `(${names.join(' ')})`)}${flags}${what}`;
}

function actionOf(completed: Completed): string {
  if (completed.by === 'words') return `(${completed.words.join(' ')})`;
  return completed.by === 'files' ? '_files' : ' ';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
