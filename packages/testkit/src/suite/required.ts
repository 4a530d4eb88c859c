/** Backends that must be there, from the environment variable WTILDE_REQUIRE: `webgpu,tfjs`. */
export function isRequired(id: string, environment: Readonly<Record<string, string | undefined>>): boolean {
  const required = (environment.WTILDE_REQUIRE ?? '').split(',').map((name) => name.trim());
  return required.includes(id);
}

/** The environment variables where there are any: browsers have none. */
export function environmentVariables(): Readonly<Record<string, string | undefined>> {
  const host: unknown = Reflect.get(globalThis, 'process');
  const variables: unknown = typeof host === 'object' && host !== null ? Reflect.get(host, 'env') : undefined;
  if (typeof variables !== 'object' || variables === null) return {};
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
}
