interface Props {
  readonly label: string;
  readonly value: number;
  readonly step: number;
  readonly change: (value: number) => void;
}

export function NumberField({ label, value, step, change }: Props) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="number"
        step={step}
        value={value}
        onChange={({ currentTarget }) => {
          const next = currentTarget.valueAsNumber;
          if (Number.isFinite(next)) change(next);
        }}
      />
    </label>
  );
}
