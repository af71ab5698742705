/** For tests: a zip archive of files stored as they are. What an honest archiver would not write can be written too. */
import { crc32 } from 'node:zlib';

export interface StoredFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** The unpacked size that the archive claims. */
  readonly claimedSize?: number;
  /** Marks the file as under a password. */
  readonly encrypted?: boolean;
}

const UTF8_NAMES = 0x0800;

/** APPNOTE.TXT 6.3, sections 4.3.7 (local header), 4.3.12 (central directory) and 4.3.16 (its end). */
export function storedZip(files: readonly StoredFile[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.name);
    const data = Buffer.from(file.content as string);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(UTF8_NAMES | (file.encrypted ? 1 : 0), 2);
    // A claimed size other than the stored one is only possible where the entry says that it is deflated.
    fields.writeUInt16LE(file.claimedSize === undefined ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(file.claimedSize ?? data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const header = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name]);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, end, name]));
    local.push(header, data);
    offset += header.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end]);
}
