/** Properties as JSON and back, none of their types lost: instants, bytes and integers are marked as such. */
import neo4j, { type DateTime } from 'neo4j-driver';

export type Properties = Readonly<Record<string, unknown>>;

/** What Neo4j holds, as JSON. A type that no bookkeeping node has is a bug, and throws. */
export function encode(properties: Properties): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, encodeValue(name, value)]));
}

function encodeValue(name: string, value: unknown): unknown {
  if (value instanceof Int8Array)
    return { $bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
  if (neo4j.isDateTime(value)) return { $datetime: value.toString() };
  if (Array.isArray(value)) return value.map((one) => encodeValue(name, one));
  if (value === null || typeof value !== 'object') return value;
  throw new Error(`the property ${name} is of a type that a backup does not hold: ${value.constructor.name}`);
}

/** What JSON holds, as Neo4j takes it. `integers` names those that are integers; the other numbers are floats. */
export function decode(properties: Properties, integers: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, decodeValue(value, integers.includes(name))]),
  );
}

function decodeValue(value: unknown, isInteger: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => decodeValue(one, isInteger));
  if (typeof value === 'number') return isInteger ? neo4j.int(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if ('$bytes' in value) return new Int8Array(Buffer.from(String(value.$bytes), 'base64'));
  if ('$datetime' in value) return instantOf(String(value.$datetime));
  throw new Error(`not a value of a backup: ${JSON.stringify(value).slice(0, 100)}`);
}

const INSTANT =
  /^(\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d)(?::(\d\d))?)(?:\[([^\]]+)\])?$/;

function instantOf(text: string): DateTime {
  const found = INSTANT.exec(text);
  if (!found) throw new Error(`not an instant: ${text.slice(0, 60)}`);
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction = '',
    sign,
    offsetHours,
    offsetMinutes,
    offsetSeconds,
    zone,
  ] = found;
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * 60 + Number(offsetSeconds ?? 0);
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map((part) => neo4j.int(part!));
  const nanoseconds = neo4j.int(fraction.padEnd(9, '0'));
  const made = new neo4j.types.DateTime(
    y!,
    mo!,
    d!,
    h!,
    mi!,
    s!,
    nanoseconds,
    neo4j.int(sign === '-' ? -offset : offset),
    zone,
  );
  return made as unknown as DateTime;
}
