// Boots Pyodide, imports the calculator, and writes the memory as it is then.
// Arguments: the folder of that Pyodide, the folder of what is published of it, the library's
// archive, sessions with the calculator as JSON, the compiled time zone Europe/Warsaw, the image to
// write, and files of Python to run at the end.
//
// The image: the length of the header (32 bits, little-endian), the header as JSON, one byte for
// each block of memory (0: zeros, 1: as WebAssembly itself fills it, 2: in the image), and the
// blocks that are in the image, one after the other.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { Pyodide, exercise } from "./python.mjs";

const BLOCK = 256;
const CHECKED = 8; // one session of so many: each uses most of what there is
const [ZEROS, AS_FILLED, IN_IMAGE] = [0, 1, 2];

const [folder, published, library, ...others] = process.argv.slice(2);
const [sessionsFile, zoneFile, imageFile, ...exercises] = others;
const booted = await new Pyodide(folder, library).booted();
const { python, filled } = await new Pyodide(published, library).restored(booted);
// What was left out would stop the build here.
exercise(python, sessionsFile, zoneFile, exercises, { every: CHECKED });
writeFileSync(imageFile, imageOf(booted, filled));

function imageOf({ python, state, memory }, filled) {
  const kinds = new Uint8Array(memory.length / BLOCK);
  const blocks = [];
  for (let number = 0; number < kinds.length; number++) {
    const block = Buffer.from(memory.buffer, memory.byteOffset + number * BLOCK, BLOCK);
    kinds[number] = kindOf(block, Buffer.from(filled.buffer, number * BLOCK, BLOCK));
    if (kinds[number] === IN_IMAGE) blocks.push(block);
  }
  const header = Buffer.from(
    JSON.stringify({
      build: python._api.config.BUILD_ID,
      memory: memory.length,
      block: BLOCK,
      digest: createHash("sha256").update(memory).digest("hex"),
      state,
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, kinds, ...blocks]);
}

function kindOf(block, filled) {
  if (block.every((byte) => byte === 0)) return ZEROS;
  return block.equals(filled) ? AS_FILLED : IN_IMAGE;
}
