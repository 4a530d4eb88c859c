import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'a script that makes a shell complete wtilde',
  description:
    'Prints a script for bash, zsh or fish that completes commands, options and their values: backends, kernels, profiles, ' +
    'files.',
  details: [
    'bash and zsh read it as they start:',
    `  echo 'eval "$(wtilde completion bash)"' >> ~/.bashrc
  echo 'source <(wtilde completion zsh)' >> ~/.zshrc       (below compinit)
  wtilde completion fish > ~/.config/fish/completions/wtilde.fish`,
  ],
  examples: ['wtilde completion bash'],
};
