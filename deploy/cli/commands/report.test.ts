import { expect, test } from 'vitest';
import { reportCommand } from './report.ts';

test('of a source about persons no report is made, and it is said why before any graph is opened', async () => {
  const asked = reportCommand().parseAsync(['demo-adherents'], { from: 'user' });
  await expect(asked).rejects.toThrow(/parle de personnes/);
});
