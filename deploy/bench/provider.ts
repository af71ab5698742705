/** The bench's OAI-PMH provider, in a process of its own for as long as something is measured against it. */
import { startScript } from './child.ts';
import type { ProviderAnswer, ProviderInput } from './provider-process.ts';

/** Records on one page, as a well-kept repository gives them. */
const PAGE_SIZE = 250;
const READY_WITHIN_MS = 60_000;

/** Starts a provider of so many generated records, does the work with its address, and stops it. */
export async function withProvider<T>(
  records: number,
  work: (url: string) => Promise<T>,
  pageSize = PAGE_SIZE,
): Promise<T> {
  const input: ProviderInput = { records, pageSize };
  const child = startScript<ProviderAnswer>('provider-process.ts', input, READY_WITHIN_MS);
  try {
    return await work((await child.answer).url);
  } finally {
    await child.stop();
  }
}
