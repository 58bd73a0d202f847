// SHA-256 in hexadecimal digits, as names and lists of the build have it.
//
// Browsers work it out for pages that came by HTTPS, or from the device itself. A site within a
// company may come without, and there a file is altered on its way most easily: what stands below
// takes three tenths of a second for all that a page computes from.

/** The digest of bytes (an ArrayBuffer). */
export async function sha256(content) {
  const digest = crypto.subtle
    ? new Uint8Array(await crypto.subtle.digest("SHA-256", content))
    : computed(new Uint8Array(content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// ---- FIPS 180-4

const BLOCK = 64;
let constants;

function computed(content) {
  constants ??= Int32Array.from(primes(64), (prime) => fraction(prime, 3));
  const state = Uint32Array.from(primes(8), (prime) => fraction(prime, 2));
  const whole = content.length - (content.length % BLOCK);
  for (const part of [content.subarray(0, whole), end(content.subarray(whole), content.length)]) {
    const view = new DataView(part.buffer, part.byteOffset, part.length);
    for (let place = 0; place < part.length; place += BLOCK) mix(state, view, place);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, number) => digest.setUint32(4 * number, word));
  return new Uint8Array(digest.buffer);
}

function primes(count) {
  const found = [];
  for (let one = 2; found.length < count; one++) {
    if (found.every((prime) => one % prime)) found.push(one);
  }
  return found;
}

/** The first 32 bits behind the point of a root; with a list there would be a kilobyte of them. */
function fraction(prime, degree) {
  const [power, wanted] = [BigInt(degree), BigInt(prime) << BigInt(32 * degree)];
  let root = BigInt(Math.floor(prime ** (1 / degree) * 2 ** 32)) + 8n; // numbers are not exact here
  while (root ** power > wanted) root--;
  return Number(root & 0xffffffffn);
}

/** The last bytes with a one, zeros, and the length of all in bits. */
function end(rest, length) {
  const padded = new Uint8Array(rest.length + 9 > BLOCK ? 2 * BLOCK : BLOCK);
  padded.set(rest);
  padded[rest.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, 8n * BigInt(length));
  return padded;
}

const words = new Int32Array(BLOCK);
const turned = (word, by) => (word >>> by) | (word << (32 - by));

function mix(state, view, place) {
  for (let i = 0; i < 16; i++) words[i] = view.getInt32(place + 4 * i);
  for (let i = 16; i < BLOCK; i++) {
    const [early, late] = [words[i - 15], words[i - 2]];
    const small = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const large = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words[i] = words[i - 16] + small + words[i - 7] + large;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < BLOCK; i++) {
    const rise = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const chosen = (e & f) ^ (~e & g);
    const added = (h + rise + chosen + constants[i] + words[i]) | 0;
    const fall = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const most = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e] = [g, f, e, (d + added) | 0];
    [d, c, b, a] = [c, b, a, (added + fall + most) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, number) => (state[number] += word));
}
