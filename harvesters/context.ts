/** What a connector works with, made from its source file. */
import type { Context } from '#connectors/connector.ts';
import { createHttpClient } from '#connectors/http/client.ts';
import type { Source } from './sources.ts';

/** Everything but `tell`, which belongs to a run. */
export function contextFor({ name, about, folder }: Source, signal: AbortSignal): Omit<Context, 'tell'> {
  return {
    source: { name, contact: about.contact },
    http: createHttpClient({
      userAgent: `Trame/0.1 (+${about.contact})`,
      contact: about.contact,
      allowPrivate: about.allowPrivate,
      signal,
    }),
    signal,
    now: () => new Date(),
    folder,
  };
}
