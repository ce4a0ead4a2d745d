/**
 * The work that a call-back order costs: a text with which SHA-256 of `challenge:text` begins with enough zero bits. Runs in a worker, so that the form stays
 * quick. SHA-256 is written out here because the browser's own is asynchronous, and a hundred thousand promises take longer than the hashes.
 */

const K = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
  0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
  0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
  0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
  0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
  0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const START = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
const schedule = new Int32Array(64);

/** Takes one block of 64 bytes into the state. */
function compress(state, bytes, offset) {
  for (let i = 0; i < 16; i++) {
    const at = offset + i * 4;
    schedule[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const x = schedule[i - 15];
    const y = schedule[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[i] = schedule[i - 16] + s0 + schedule[i - 7] + s1;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + schedule[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** The last blocks of a message: what follows its whole blocks, the mark of the end, and the length of all of it. */
function lastBlocks(rest, digits, length) {
  const blocks = new Uint8Array(rest.length + digits + 9 <= 64 ? 64 : 128);
  blocks.set(rest);
  blocks[rest.length + digits] = 0x80;
  const bits = length * 8;
  for (let i = 0; i < 4; i++) {
    blocks[blocks.length - 1 - i] = (bits >>> (8 * i)) & 0xff;
  }
  return blocks;
}

/** The first number of so many digits, as text, that solves; the blocks that stay the same are taken in once. */
function solveWith(digits, head, bits) {
  const whole = head.length - (head.length % 64);
  const kept = Int32Array.from(START);
  for (let offset = 0; offset < whole; offset += 64) {
    compress(kept, head, offset);
  }
  const rest = head.subarray(whole);
  const blocks = lastBlocks(rest, digits, head.length + digits);
  const state = new Int32Array(8);
  for (let number = digits === 1 ? 0 : 10 ** (digits - 1); number < 10 ** digits; number++) {
    let left = number;
    for (let i = rest.length + digits - 1; i >= rest.length; i--) {
      blocks[i] = 48 + (left % 10);
      left = Math.floor(left / 10);
    }
    state.set(kept);
    for (let offset = 0; offset < blocks.length; offset += 64) {
      compress(state, blocks, offset);
    }
    if (Math.clz32(state[0]) >= bits) {
      return String(number);
    }
  }
  return undefined;
}

/** A number, as text, that solves a challenge of at most 32 bits. */
export function solve(challenge, bits) {
  const head = new TextEncoder().encode(`${challenge}:`);
  for (let digits = 1; digits <= 15; digits++) {
    const found = solveWith(digits, head, bits);
    if (found !== undefined) {
      return found;
    }
  }
  throw new Error("no solution");
}

if (typeof WorkerGlobalScope !== "undefined" && globalThis instanceof WorkerGlobalScope) {
  globalThis.onmessage = ({ data }) => globalThis.postMessage(solve(data.challenge, data.bits));
}
