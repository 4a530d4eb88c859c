interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly all: readonly T[];
  readonly choose: (value: T) => void;
}

export function Choice<T extends string>({ label, value, all, choose }: Props<T>) {
  return (
    <label class="field">
      <span>{label}</span>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = all.find((each) => each === currentTarget.value);
          if (chosen !== undefined) choose(chosen);
        }}
      >
        {all.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  );
}
