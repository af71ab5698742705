import { describe, expect, it } from 'vitest';
import { one, repositoryWith } from './harvest-for-tests.ts';
import { nearest } from './sets.ts';

describe('one record', () => {
  it('is given as a list gives it', async () => {
    const repository = await repositoryWith();
    expect(await one(repository, 'oai:essai:0001')).toMatchObject({
      kind: 'record',
      id: 'oai:essai:0001',
      modified: '2024-03-02T08:00:00Z',
      row: { header: { sets: ['inventaire'] } },
    });
    expect(repository.asked.map((query) => Object.fromEntries(query))).toEqual([
      { verb: 'GetRecord', identifier: 'oai:essai:0001', metadataPrefix: 'oai_dc' },
    ]);
  });

  it('that is marked as deleted, or that the partner does not know, is deleted', async () => {
    const repository = await repositoryWith();
    expect(await one(repository, 'oai:essai:0003')).toMatchObject({ kind: 'deleted', id: 'oai:essai:0003' });
    expect(await one(repository, 'oai:essai:9999')).toEqual({ kind: 'deleted', id: 'oai:essai:9999' });
  });

  it('without metadata in this format is rejected', async () => {
    const repository = await repositoryWith();
    repository.records = repository.records.map((record) => ({ ...record, metadata: () => undefined }));
    expect(await one(repository, 'oai:essai:0001')).toMatchObject({
      kind: 'rejected',
      id: 'oai:essai:0001',
      finding: { code: 'oai-record-without-metadata' },
    });
  });

  it('that another one stands for is a fault, and so is an answer that is none', async () => {
    const repository = await repositoryWith([{ kind: 'crossed-tags', at: 1, times: 9, verb: 'GetRecord' }]);
    expect(await one(repository, 'oai:essai:0001')).toMatchObject({ finding: { code: 'oai-page-malformed' } });
    repository.faults.length = 0;
    repository.instead = (query, response) => {
      if (query.get('identifier') === 'oai:essai:0002') return false;
      response
        .writeHead(302, { location: '/oai?verb=GetRecord&identifier=oai:essai:0002&metadataPrefix=oai_dc' })
        .end();
      return true;
    };
    expect(await one(repository, 'oai:essai:0001')).toMatchObject({
      kind: 'transient',
      finding: { code: 'oai-other-record' },
    });
  });

  it('of a repository that is away is a fault', async () => {
    const repository = await repositoryWith();
    await repository.stop();
    expect(await one(repository, 'oai:essai:0001')).toMatchObject({
      kind: 'transient',
      finding: { code: 'http-unreachable' },
    });
  });
});

describe('the sets nearest to a name', () => {
  it.each<[string, readonly string[]]>([
    ['Online', ['online']],
    ['on-line', ['online']],
    ['inventaires', ['inventaire']],
    ['musee', ['musée:dentelle', 'musée']],
    ['tout autre chose', ['online', 'inventaire', 'musée:dentelle', 'musée']],
  ])('%s', (set, near) => {
    expect([...nearest(set, ['online', 'inventaire', 'musée:dentelle', 'musée'])].toSorted()).toEqual(
      [...near].toSorted(),
    );
  });
});
