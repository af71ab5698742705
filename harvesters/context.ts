/** What a connector works with, made from its source file. */
import type { Context } from '#connectors/connector.ts';
import { createHttpClient } from '#connectors/http/client.ts';
import type { Source } from './sources.ts';

/** A context, and the connections that it keeps open. */
export interface OpenContext extends Context {
  close(): Promise<void>;
}

/** `tell` takes what is worth knowing and stops nothing: it goes to the run's report. Close it when the work is done. */
export function contextFor({ name, about, folder }: Source, signal: AbortSignal, tell: Context['tell']): OpenContext {
  const { contact, allowPrivate } = about;
  const http = createHttpClient({ userAgent: 'Trame/0.1', contact, allowPrivate, signal, tell });
  return { source: { name, contact }, http, signal, now: () => new Date(), folder, tell, close: () => http.close() };
}
