// What trim.mjs needs to know of a WebAssembly file: where its functions are, which functions each of
// them calls, and how to put other ones in their place.
// https://webassembly.github.io/spec/core/binary/

const [IMPORTS, MEMORIES, EXPORTS, CODE, DATA, DATA_COUNT] = [2, 5, 7, 10, 11, 12];
const TOUCHED = "touched";
const UNREACHABLE = Buffer.from([0, 0x00, 0x0b]); // no locals, the instruction, the end

class Reader {
  constructor(bytes, place = 0) {
    this.bytes = bytes;
    this.place = place;
  }

  get done() {
    return this.place >= this.bytes.length;
  }

  byte() {
    return this.bytes[this.place++];
  }

  /** A whole number, seven bits to a byte; of signed ones only the length is right. */
  number() {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) return number >>> 0;
    }
  }

  numbers(count) {
    for (let i = 0; i < count; i++) this.number();
  }

  part(length) {
    this.place += length;
    return this.bytes.subarray(this.place - length, this.place);
  }
}

function written(number) {
  const bytes = [];
  for (; number > 0x7f; number >>>= 7) bytes.push((number & 0x7f) | 0x80);
  return Buffer.from([...bytes, number]);
}

const withLength = (bytes) => Buffer.concat([written(bytes.length), bytes]);

function sections(file) {
  const reader = new Reader(file, 8);
  const found = [];
  while (!reader.done) found.push({ id: reader.byte(), bytes: reader.part(reader.number()) });
  return found;
}

/** The file with some sections changed: a function for each, by its number. */
function changed(file, changes) {
  const parts = sections(file).map(({ id, bytes }) =>
    Buffer.concat([Buffer.from([id]), withLength(changes[id]?.(bytes) ?? bytes)]),
  );
  return Buffer.concat([file.subarray(0, 8), ...parts]);
}

function entries(bytes) {
  const reader = new Reader(bytes);
  return Array.from({ length: reader.number() }, () => reader.part(reader.number()));
}

const section = (file, number) => sections(file).find(({ id }) => id === number).bytes;

/** How many functions are defined in the file; they are numbered from nought. */
export function functionsIn(file) {
  return new Reader(section(file, CODE)).number();
}

function withBodies(change) {
  return (code) => {
    const bodies = entries(code).map(change).map(withLength);
    return Buffer.concat([written(bodies.length), ...bodies]);
  };
}

function withOneMore(entry) {
  return (section) => {
    const reader = new Reader(section);
    const count = reader.number();
    return Buffer.concat([written(count + 1), section.subarray(reader.place), entry]);
  };
}

/** The file with a second memory, in which each function writes a one at its number when called. */
export function noting(file) {
  const store = (number) => [0x41, ...signed(number), 0x41, 1, 0x3a, 0x40, 1, 0];
  return changed(file, {
    [MEMORIES]: withOneMore(Buffer.from([0, 1])),
    [EXPORTS]: withOneMore(Buffer.from([TOUCHED.length, ...Buffer.from(TOUCHED), 2, 1])),
    [CODE]: withBodies((body, number) => {
      const start = instructionsOf(body).place;
      const before = body.subarray(0, start);
      return Buffer.concat([before, Buffer.from(store(number)), body.subarray(start)]);
    }),
  });
}

/** Signed numbers need a bit more for their sign. */
function signed(number) {
  const bytes = [...written(number)];
  if (bytes.at(-1) < 0x40) return bytes;
  return [...bytes.slice(0, -1), bytes.at(-1) | 0x80, 0];
}

/** Which functions have been called in an instance of such a file, by their numbers. */
export function noted({ exports }, count) {
  return new Uint8Array(exports[TOUCHED].buffer, 0, count);
}

/** The file with nothing but a trap in every function that is not kept. */
export function keeping(kept, file) {
  return changed(file, {
    [CODE]: withBodies((body, number) => (kept.has(number) ? body : UNREACHABLE)),
  });
}

/** The file with these of its exports alone. */
export function exporting(names, file) {
  return changed(file, {
    [EXPORTS]: (section) => {
      const reader = new Reader(section);
      const kept = [];
      for (let left = reader.number(); left > 0; left--) {
        const start = reader.place;
        const name = Buffer.from(reader.part(reader.number())).toString();
        reader.byte(); // its kind
        reader.number();
        if (names.has(name)) kept.push(section.subarray(start, reader.place));
      }
      return Buffer.concat([written(kept.length), ...kept]);
    },
  });
}

/** The file without the parts of its memory that have so many bytes or more. */
export function withoutData(least, file) {
  const kept = segments(section(file, DATA)).filter(({ length }) => length < least);
  return changed(file, {
    [DATA]: () => Buffer.concat([written(kept.length), ...kept.map(({ bytes }) => bytes)]),
    [DATA_COUNT]: () => written(kept.length),
  });
}

function segments(data) {
  const reader = new Reader(data);
  return Array.from({ length: reader.number() }, () => {
    const start = reader.place;
    const [kind, constant] = [reader.byte(), reader.byte()];
    reader.number(); // the address
    if (kind !== 0 || constant !== 0x41 || reader.byte() !== 0x0b) throw new Error("unknown data");
    const { length } = reader.part(reader.number());
    return { length, bytes: data.subarray(start, reader.place) };
  });
}

/** These functions of a file, and all that they call by name, directly or through others. */
export function withCallees(numbers, file) {
  const bodies = entries(section(file, CODE));
  const imported = importedFunctions(file);
  const found = new Set(numbers);
  for (const number of found) { // a set goes on to what is added while it is read
    for (const callee of callees(bodies[number])) {
      if (callee >= imported) found.add(callee - imported);
    }
  }
  return found;
}

function importedFunctions(file) {
  const reader = new Reader(section(file, IMPORTS));
  let functions = 0;
  for (let left = reader.number(); left > 0; left--) {
    reader.part(reader.number());
    reader.part(reader.number());
    const kind = reader.byte();
    if (kind === 0) functions++;
    skipImport[kind](reader);
  }
  return functions;
}

const skipLimits = (reader) => reader.numbers(reader.byte() & 1 ? 2 : 1);
const skipImport = [
  (reader) => reader.numbers(1), // a function
  (reader) => (reader.byte(), skipLimits(reader)), // a table
  skipLimits, // a memory
  (reader) => reader.part(2), // a global
  (reader) => (reader.byte(), reader.numbers(1)), // a tag
];

function instructionsOf(body) {
  const reader = new Reader(body);
  for (let left = reader.number(); left > 0; left--) {
    reader.number();
    reader.byte();
  }
  return reader;
}

function callees(body) {
  const reader = instructionsOf(body);
  const found = new Set();
  while (!reader.done) {
    const code = reader.byte();
    if (code === 0x10 || code === 0x12 || code === 0xd2) found.add(reader.number());
    else skipOperands(code, reader);
  }
  return found;
}

const SPECIAL = {
  0x0e: (reader) => reader.numbers(reader.number() + 1), // br_table
  0x11: (reader) => reader.numbers(2), // call_indirect
  0x13: (reader) => reader.numbers(2),
  0x1c: (reader) => reader.numbers(reader.number()), // select
  0x1f: skipTryTable,
  0x43: (reader) => reader.part(4), // f32.const
  0x44: (reader) => reader.part(8), // f64.const
  0xfc: skipBulk,
  0xfd: skipVector,
};
// Blocks, branches, variables and constants: one number each.
const ONE = new Set([2, 3, 4, 6, 7, 8, 9, 0x18, 0x0c, 0x0d, 0x3f, 0x40, 0x41, 0x42, 0xd0]);

function skipOperands(code, reader) {
  if (SPECIAL[code]) SPECIAL[code](reader);
  else if (ONE.has(code) || (code >= 0x20 && code <= 0x26)) reader.numbers(1);
  else if (code >= 0x28 && code <= 0x3e) skipPlace(reader);
  else if (code > 0xd1) throw new Error(`unknown instruction 0x${code.toString(16)}`);
}

function skipPlace(reader) {
  if (reader.number() & 0x40) reader.number();
  reader.number();
}

function skipTryTable(reader) {
  reader.number();
  for (let left = reader.number(); left > 0; left--) reader.numbers(reader.byte() < 2 ? 2 : 1);
}

function skipBulk(reader) {
  const code = reader.number();
  if (code > 17) throw new Error(`unknown instruction 0xfc ${code}`);
  reader.numbers([0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1][code]);
}

function skipVector(reader) {
  const code = reader.number();
  if (code <= 11 || code === 92 || code === 93) skipPlace(reader);
  else if (code === 12 || code === 13) reader.part(16);
  else if (code >= 21 && code <= 34) reader.byte();
  else if (code >= 84 && code <= 91) (skipPlace(reader), reader.byte());
}
