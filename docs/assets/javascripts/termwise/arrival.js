// How a file comes from the host, for all that ask for the files of Python: the worker, the pages
// that fetch ahead, the service worker.
//
// Many hosts do not compress what they do not know. So the build writes a copy beside each of the
// files of megabytes, packed by gzip (hooks/termwise/browser/build.py), and the browser unpacks it.

const HAS_COPY = /\.(bin|wasm|zip)$/;
const GZIP = [0x1f, 0x8b];
const fetch = self.fetch.bind(self);

/**
 * The response for an address. One that is as large as the file is dropped at its head for the copy;
 * where there is no copy after all, it is asked for again.
 */
export async function arrival(address, options) {
  const plain = await fetch(address, options);
  if (!HAS_COPY.test(address) || !plain.ok || saysHow(plain) || !self.DecompressionStream) return plain;
  plain.body.cancel().catch(() => {});
  const copy = await fetch(`${address}.gz`, options).catch(() => null);
  return (copy?.ok && (await unpacked(copy, plain.headers))) || fetch(address, options);
}

function saysHow(response) {
  return response.headers.has("Content-Encoding");
}

/**
 * What a copy holds; null where it is none. It says that it is complete as it stands: so nobody who
 * gets it from a cache, perhaps without a network, drops it for a copy once more.
 */
async function unpacked(copy, headers) {
  const packed = await isPacked(copy.clone());
  if (!packed && !saysHow(copy)) return null;
  // Where the host says what it is, the browser has unpacked it on its way.
  const body = packed ? copy.body.pipeThrough(new DecompressionStream("gzip")) : copy.body;
  const whole = new Response(body, { headers });
  whole.headers.set("Content-Encoding", "identity");
  return whole;
}

async function isPacked({ body }) {
  const reader = body.getReader();
  const { value } = await reader.read();
  reader.cancel().catch(() => {});
  return GZIP.every((byte, place) => value?.[place] === byte);
}
