import type { TensorInfo } from '@tensorflow/tfjs'
import { headOf, tablesOf } from './attention.ts'
import type { AttentionAttributes, AttentionInputs } from './attention.ts'
import { attentionHead, threadsOf } from './attentionHead.wgsl.ts'
import type { Head } from './attentionHead.wgsl.ts'
import { run, webGpuKernel } from './program.ts'

/** A log sum and a product for each query are kept in workgroup memory: 8 bytes each beside the tiles. */
const mostPositions = 1024

/**
 * dy and out [B, S, D], qkv [B, S, 3D] → dQkv [B, S, 3D], without keeping the S × S weights: a workgroup goes
 * over the keys for each query (dq), then over the queries for each key (dk, dv), so nothing is added
 * atomically (Dao et al. 2022, arXiv 2205.14135, appendix B). Throws for more than 1,024 positions.
 */
export const attentionGradient = webGpuKernel<
  AttentionInputs & { dy: TensorInfo; out: TensorInfo },
  AttentionAttributes
>((backend, inputs, attributes) => {
  const { dy, qkv, out } = inputs
  const head = headOf(qkv, attributes)
  if (head.positions > mostPositions)
    throw new Error(`Attention on WebGPU takes ${mostPositions} positions; there are ${head.positions}.`)
  const workgroups = qkv.shape[0] * head.heads
  return run(backend, {
    name: 'HrmAttentionGrad',
    inputs: { qkv, dy, mixed: out, ...tablesOf(inputs) },
    outputShape: qkv.shape,
    sizes: { workgroups },
    workgroups,
    threads: threadsOf(head),
    code: gradient(head),
  })
})

// With p the weights, ds = p · (dy · v − dy · out): dq = Σ ds k, dk = Σ ds q, dv = Σ p dy.
const gradient = (head: Head) => /* wgsl */ `${attentionHead(head)}
var<workgroup> logSums : array<f32, positions>;
var<workgroup> products : array<f32, positions>;

fn dyQuad(start : i32, quad : i32) -> vec4f {
  var values = vec4f();
  for (var i = 0; i < 4; i = i + 1) {
    if (quad * 4 + i < headSize) { values[i] = dy[start + quad * 4 + i]; }
  }
  return values;
}

fn mixedQuad(start : i32, quad : i32) -> vec4f {
  var values = vec4f();
  for (var i = 0; i < 4; i = i + 1) {
    if (quad * 4 + i < headSize) { values[i] = mixed[start + quad * 4 + i]; }
  }
  return values;
}

fn fillTileWithDy(row : i32, head : i32, first : i32, lane : i32) {
  for (var i = lane; i < min(tile, positions - first) * quads; i = i + threads) {
    tileB[i] = dyQuad(placeInOut(row, head, first + i / quads), i % quads);
  }
}

fn productB(a : ptr<function, Row>, inTile : i32) -> f32 {
  var sum = 0.0;
  for (var quad = 0; quad < quads; quad = quad + 1) { sum = sum + dot((*a)[quad], tileB[inTile * quads + quad]); }
  return sum;
}

fn writeRow(values : ptr<function, Row>, start : i32) {
  for (var at = 0; at < headSize; at = at + 1) { result[start + at] = (*values)[at / 4][at % 4]; }
}

${head.rotary ? turnBack : unturned}

fn main(index : i32) {
  let workgroup = min(index / threads, uniforms.workgroups - 1);
  let beyond = index / threads >= uniforms.workgroups;
  let lane = index % threads;
  let row = workgroup / heads;
  let head = workgroup % heads;

  for (var base = 0; base < positions; base = base + threads) {
    let query = base + lane;
    let position = min(query, positions - 1);
    var q : Row;
    var upstream : Row;
    // Zeros are written out: software Vulkan kept the values of the round before otherwise.
    var dq = Row();
    var product = 0.0;
    let outStart = placeInOut(row, head, position);
    for (var quad = 0; quad < quads; quad = quad + 1) {
      q[quad] = turnedQuad(placeInQkv(row, head, 0, position), position, quad) * scale;
      upstream[quad] = dyQuad(outStart, quad);
      product = product + dot(upstream[quad], mixedQuad(outStart, quad));
    }
    var largest = -1e30;
    var sum = 0.0;
    for (var first = 0; first < positions; first = first + tile) {
      workgroupBarrier();
      fillTileA(row, head, 1, first, lane);
      workgroupBarrier();
      for (var key = 0; key < min(tile, positions - first); key = key + 1) {
        let score = productA(&q, key);
        let larger = max(largest, score);
        sum = sum * exp(largest - larger) + exp(score - larger);
        largest = larger;
      }
    }
    let logSum = largest + log(sum);
    for (var first = 0; first < positions; first = first + tile) {
      workgroupBarrier();
      fillTileA(row, head, 1, first, lane);
      fillTileB(row, head, first, lane);
      workgroupBarrier();
      for (var key = 0; key < min(tile, positions - first); key = key + 1) {
        let weight = exp(productA(&q, key) - logSum);
        let ds = weight * (productB(&upstream, key) - product) * scale;
        for (var quad = 0; quad < quads; quad = quad + 1) { dq[quad] = dq[quad] + ds * tileA[key * quads + quad]; }
      }
    }
    if (query < positions) {
      logSums[query] = logSum;
      products[query] = product;
      if (!beyond) { writeTurnedBack(&dq, placeInQkv(row, head, 0, query), query); }
    }
  }

  for (var base = 0; base < positions; base = base + threads) {
    let key = base + lane;
    let position = min(key, positions - 1);
    var k : Row;
    var v : Row;
    var dk = Row();
    var dv = Row();
    for (var quad = 0; quad < quads; quad = quad + 1) {
      k[quad] = turnedQuad(placeInQkv(row, head, 1, position), position, quad) * scale;
      v[quad] = plainQuad(placeInQkv(row, head, 2, position), quad);
    }
    for (var first = 0; first < positions; first = first + tile) {
      workgroupBarrier();
      fillTileA(row, head, 0, first, lane);
      fillTileWithDy(row, head, first, lane);
      workgroupBarrier();
      for (var query = 0; query < min(tile, positions - first); query = query + 1) {
        let weight = exp(productA(&k, query) - logSums[first + query]);
        let ds = weight * (productB(&v, query) - products[first + query]) * scale;
        for (var quad = 0; quad < quads; quad = quad + 1) {
          dk[quad] = dk[quad] + ds * tileA[query * quads + quad];
          dv[quad] = dv[quad] + weight * tileB[query * quads + quad];
        }
      }
    }
    if (!beyond && key < positions) {
      writeTurnedBack(&dk, placeInQkv(row, head, 1, key), key);
      writeRow(&dv, placeInQkv(row, head, 2, key));
    }
  }
}`

const unturned = /* wgsl */ `
fn writeTurnedBack(values : ptr<function, Row>, start : i32, position : i32) {
  writeRow(values, start);
}`

// The transpose of turning: the gradient of x from that of x·cos + concat(−x₂, x₁)·sin.
const turnBack = /* wgsl */ `
fn writeTurnedBack(values : ptr<function, Row>, start : i32, position : i32) {
  for (var at = 0; at < halfSize; at = at + 1) {
    let far = at + halfSize;
    let angle = position * headSize + at;
    let near = (*values)[at / 4][at % 4];
    let other = (*values)[far / 4][far % 4];
    result[start + at] = near * cosine[angle] + other * sine[angle + halfSize];
    result[start + far] = other * cosine[angle + halfSize] - near * sine[angle];
  }
}`
