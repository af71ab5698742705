/** The whole matrix. A new fault is one row in the file of its family. */
import { BODY_FAULTS } from './body.ts';
import { CHANGE_FAULTS } from './changes.ts';
import { ENGINE_FAULTS } from './engine.ts';
import type { Fault } from './fault.ts';
import { FILE_FAULTS } from './files.ts';
import { HTTP_FAULTS } from './http.ts';
import { PROTOCOL_FAULTS } from './protocol.ts';
import { RECORD_FAULTS } from './records.ts';
import { TOKEN_FAULTS } from './tokens.ts';
import { XML_FAULTS } from './xml.ts';

export const FAULTS: readonly Fault[] = [
  ...PROTOCOL_FAULTS,
  ...TOKEN_FAULTS,
  ...HTTP_FAULTS,
  ...BODY_FAULTS,
  ...XML_FAULTS,
  ...RECORD_FAULTS,
  ...CHANGE_FAULTS,
  ...FILE_FAULTS,
  ...ENGINE_FAULTS,
];
