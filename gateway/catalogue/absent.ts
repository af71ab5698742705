/** Where there is no catalogue: it was not started, or is not ready. */
import { Refusal } from '../refusal.ts';
import type { Catalogue } from './question.ts';

/** What a question that comes too early is told. */
export function catalogueLoading(): Refusal {
  return new Refusal(
    'CATALOGUE_LOADING',
    'La recherche démarre : réessayez dans quelques secondes. Les fiches et les listes répondent déjà.',
    'The search is starting: try again in a few seconds. Entities and lists answer already.',
  );
}

const refuse = async (): Promise<never> => {
  throw catalogueLoading();
};

export const NO_CATALOGUE: Catalogue = {
  search: refuse,
  suggest: refuse,
  similar: refuse,
  network: refuse,
  coverage: refuse,
  state: () => ({ ready: false, loaded: 0, expected: 0, asOf: 0 }),
  close: async () => undefined,
};
