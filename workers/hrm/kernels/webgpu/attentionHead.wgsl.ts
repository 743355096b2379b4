/** One head of attention as its kernels see it; all of it is built into their code. */
export interface Head {
  /** S. */
  positions: number
  heads: number
  headSize: number
  /** Whether q and k are turned to their positions, by `cosine` and `sine` [S, headSize]. */
  rotary: boolean
}

/** Bytes of workgroup memory of the two tiles; every WebGPU device has 16,384. */
const tileBytes = 8192

/** Invocations of a workgroup, one a position: no more than the sequence fills. */
export const threadsOf = ({ positions }: Head) => Math.min(64, Math.ceil(positions / 32) * 32)

/**
 * What the kernels of attention share. A `Row` is a head's part of one position in fours, padded with zeros,
 * read from `qkv` [B, S, 3D] at part 0 (q), 1 (k) or 2 (v); two tiles of rows are shared by a workgroup.
 */
export function attentionHead(head: Head): string {
  const quads = Math.ceil(head.headSize / 4)
  const tile = Math.min(head.positions, Math.max(1, Math.floor(tileBytes / 32 / quads)))
  return /* wgsl */ `
const positions = ${head.positions};
const heads = ${head.heads};
const headSize = ${head.headSize};
const halfSize = headSize / 2;
const width = heads * headSize;
const quads = ${quads};
const tile = ${tile};
const threads = ${threadsOf(head)};
const scale = ${1 / Math.sqrt(head.headSize)};
alias Row = array<vec4f, ${quads}>;

var<workgroup> tileA : array<vec4f, ${tile * quads}>;
var<workgroup> tileB : array<vec4f, ${tile * quads}>;

fn placeInQkv(row : i32, head : i32, part : i32, position : i32) -> i32 {
  return ((row * positions + position) * 3 + part) * width + head * headSize;
}

fn placeInOut(row : i32, head : i32, position : i32) -> i32 {
  return (row * positions + position) * width + head * headSize;
}

fn plain(start : i32, at : i32) -> f32 {
  if (at >= headSize) { return 0.0; }
  return qkv[start + at];
}

fn plainQuad(start : i32, quad : i32) -> vec4f {
  let at = quad * 4;
  return vec4f(plain(start, at), plain(start, at + 1), plain(start, at + 2), plain(start, at + 3));
}

fn turned(start : i32, position : i32, at : i32) -> f32 {
  if (at >= headSize) { return 0.0; }
  ${head.rotary ? turn : 'return qkv[start + at];'}
}

fn turnedQuad(start : i32, position : i32, quad : i32) -> vec4f {
  let at = quad * 4;
  return vec4f(
    turned(start, position, at),
    turned(start, position, at + 1),
    turned(start, position, at + 2),
    turned(start, position, at + 3),
  );
}

// A tile of rows of q or k, turned, from position first on.
fn fillTileA(row : i32, head : i32, part : i32, first : i32, lane : i32) {
  for (var i = lane; i < min(tile, positions - first) * quads; i = i + threads) {
    let position = first + i / quads;
    tileA[i] = turnedQuad(placeInQkv(row, head, part, position), position, i % quads);
  }
}

// A tile of rows of v.
fn fillTileB(row : i32, head : i32, first : i32, lane : i32) {
  for (var i = lane; i < min(tile, positions - first) * quads; i = i + threads) {
    tileB[i] = plainQuad(placeInQkv(row, head, 2, first + i / quads), i % quads);
  }
}

fn productA(a : ptr<function, Row>, inTile : i32) -> f32 {
  var sum = 0.0;
  for (var quad = 0; quad < quads; quad = quad + 1) { sum = sum + dot((*a)[quad], tileA[inTile * quads + quad]); }
  return sum;
}
`
}

// x·cos + concat(−x₂, x₁)·sin, with x₁ and x₂ the halves of the head.
const turn = /* wgsl */ `let angle = position * headSize + at;
  if (at < halfSize) { return qkv[start + at] * cosine[angle] - qkv[start + at + halfSize] * sine[angle]; }
  return qkv[start + at] * cosine[angle] + qkv[start + at - halfSize] * sine[angle];`
