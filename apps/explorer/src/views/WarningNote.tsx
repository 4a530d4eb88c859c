import type { Warning } from '@wtilde/lens';

export function WarningNote({ what, values, remedy }: Warning) {
  return (
    <p class="warning" role="note">
      {what} ({values}); {remedy}.
    </p>
  );
}
