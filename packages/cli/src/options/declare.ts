/** Options are declared once: what they are called, what the help says, what values they take. The rest is derived. */

/** An option with a value of type T, which is there `Always` or only where it is given. */
export interface Declared<T, Always extends boolean = boolean> {
  /** As commander reads them: `-o, --out <file.npz>`. */
  readonly flags: string;
  /** A sentence for the help and the README. */
  readonly help: string;
  readonly always: Always;
  /** The value where none is given. */
  readonly standard?: T;
  /** May be taken back: `--no-x` beside `--x`. */
  readonly negatable?: boolean;
  /** May be given several times. */
  readonly repeatable?: boolean;
  /** What a shell offers to complete it by; other values may be as good. */
  readonly offers?: Offers;
  /** The value of a text; throws InvalidOption with the name of the option. */
  parse?(text: string, option: string): T;
}

/** Words to complete by, loaded when they are asked for. */
export type Offers = () => Promise<readonly string[]>;

/** Options by the names of their values: `maskRadius` for `--mask-radius`. */
export type OptionTable = Readonly<Record<string, Declared<unknown>>>;

type ValueOf<D> = D extends Declared<infer T> ? T : never;
type AlwaysIn<O> = { [K in keyof O]: O[K] extends Declared<unknown, true> ? K : never }[keyof O];

/** What a command is called with. */
export type Values<O extends OptionTable> = {
  readonly [K in AlwaysIn<O>]: ValueOf<O[K]>;
} & { readonly [K in Exclude<keyof O, AlwaysIn<O>>]?: ValueOf<O[K]> };

/** On or off. */
export function flag(flags: string, help: string): Declared<boolean, false> {
  return { flags, help, always: false };
}

/** On, off (`--no-x`), or not said. */
export function choice(flags: string, help: string): Declared<boolean, false> {
  return { flags, help, always: false, negatable: true };
}

/** A text as it is given. */
export function text(flags: string, help: string): Declared<string, false> {
  return { flags, help, always: false };
}

/** How a text is read, and the words that it may be where these are few. */
export interface Parse<T> {
  (text: string, option: string): T;
  readonly words?: readonly string[];
}

/** A text that is read strictly. */
export function value<T>(flags: string, help: string, parse: Parse<T>): Declared<T, false> {
  const { words } = parse;
  return { flags, help, parse, always: false, ...(words === undefined ? {} : { offers: async () => words }) };
}

/** Texts, each with the option before it. */
export function texts(flags: string, help: string): Declared<readonly string[], false> {
  return { flags, help, repeatable: true, always: false };
}

/** An option that the command cannot do without. */
export function needed<T>(declared: Declared<T>): Declared<T, true> {
  return { ...declared, always: true };
}

/** An option that has a value also where none is given. */
export function standing<T>(declared: Declared<T>, standard: T): Declared<T, true> {
  return { ...declared, standard, always: true };
}

/** An option whose values a shell can offer. */
export function offering<D extends Declared<unknown>>(declared: D, offers: Offers): D {
  return { ...declared, offers };
}

/** `--mask-radius` of `-m, --mask-radius <arcsec>`. */
export function longName({ flags }: Declared<unknown>): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags;
}
