import { createDispatcher, type Dispatcher, type DispatcherOptions } from '@wtilde/dispatch';

/** How backends are chosen: as for a dispatcher, with every result on the host. */
export type BackendOptions = Omit<DispatcherOptions, 'arrayConversion'>;

/** A dispatcher whose results are all on the host. */
export function hostDispatcher(options: BackendOptions): Dispatcher {
  return createDispatcher({ ...options, arrayConversion: 'always-host' });
}
