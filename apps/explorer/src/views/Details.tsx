import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** What is there only while it is looked at: else it would be drawn anew with every movement of a hand. */
export function Details({
  summary,
  children,
}: {
  readonly summary: string;
  readonly children: () => ComponentChildren;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {open ? children() : null}
    </details>
  );
}
