import { expect, test } from 'vitest';
import { finding } from '#graph-schema/findings/finding.ts';
import { MOST_CACHE_BYTES } from '#harvesters/pictures/sweep.ts';
import { diskFault, Faults, mostPictureBytes } from './pictures.ts';

test('the room of the cache is in megabytes; what is no number is complained of', () => {
  expect(mostPictureBytes({})).toBe(MOST_CACHE_BYTES);
  expect(mostPictureBytes({ TRAME_PICTURES_MB: '100' })).toBe(100 * 1024 * 1024);
  expect(mostPictureBytes({ TRAME_PICTURES_MB: '0' })).toBe(0);
  for (const given of ['-1', '1 Go', '1e3', '99999999']) {
    expect(() => mostPictureBytes({ TRAME_PICTURES_MB: given })).toThrow('TRAME_PICTURES_MB');
  }
});

test('a full disk is told in words; a bug is none', () => {
  expect(diskFault(Object.assign(new Error('no space left'), { code: 'ENOSPC' }))).toContain('no space left');
  expect(diskFault(Object.assign(new Error('x'), { code: 'ERR_ASSERTION' }))).toBeUndefined();
  expect(diskFault('ENOSPC')).toBeUndefined();
});

test('the same fault is told once, the most frequent first', () => {
  const faults = new Faults();
  for (const url of ['a', 'b', 'c'])
    faults.add(finding(url === 'a' ? 'picture-refused' : 'picture-gone', { url, status: 404 }));
  expect(faults.list().map(({ example, count }) => [example.code, example.particulars['url'], count])).toEqual([
    ['picture-gone', 'b', 2],
    ['picture-refused', 'a', 1],
  ]);
});
