import { describeConnector } from '#connectors/conformance.ts';
import { oaiPmh } from './connector.ts';
import { optionsSchema } from './options.ts';
import { recordAt, startRepository } from './repository-for-tests.ts';

const COUNT = 35;

describeConnector('oai-pmh', {
  connector: oaiPmh,
  identifiers: Array.from({ length: COUNT }, (_, n) => recordAt(n).identifier),
  async start() {
    const repository = await startRepository(COUNT);
    return {
      options: optionsSchema.parse({ url: repository.url, pauseMs: 1 }),
      breakOff() {
        let asked = 0;
        repository.instead = (_, response) => {
          if (++asked <= 2) return false;
          response.destroy();
          return true;
        };
      },
      asked: () => repository.asked.filter((query) => query.get('verb') === 'ListRecords').length,
      stop: () => repository.stop(),
    };
  },
  nonsense: [
    { options: {}, path: 'url' },
    { options: { url: 'partenaire.fr/oai' }, path: 'url' },
    { options: { url: 'ftp://partenaire.fr/oai' }, path: 'url' },
    { options: { url: 'https://partenaire.fr/oai?verb=Identify' }, path: 'url' },
    { options: { url: 'https://partenaire.fr/oai', metadataprefix: 'lido' }, path: 'metadataprefix' },
    { options: { url: 'https://partenaire.fr/oai', from: 'hier' }, path: 'from' },
    { options: { url: 'https://partenaire.fr/oai', granularity: 'jour' }, path: 'granularity' },
  ],
});
