import type { TensorInfo } from '@tensorflow/tfjs'
import { attentionHead, threadsOf } from './attentionHead.wgsl.ts'
import type { Head } from './attentionHead.wgsl.ts'
import { nothing, run, webGpuKernel } from './program.ts'

export interface AttentionInputs {
  qkv: TensorInfo
  cos?: TensorInfo
  sin?: TensorInfo
}

export interface AttentionAttributes {
  heads: number
  rotary: boolean
}

/**
 * qkv [B, S, 3D], cos, sin [S, headSize] → softmax(q kᵀ / √headSize) v [B, S, D], in one pass over the keys
 * with a running maximum (Milakov & Gimelshein 2018, arXiv 1805.02867). The second output stays empty: the
 * gradient finds the sums of weights again.
 */
export const attention = webGpuKernel<AttentionInputs, AttentionAttributes>((backend, inputs, attributes) => {
  const head = headOf(inputs.qkv, attributes)
  const threads = threadsOf(head)
  const [rows, positions] = inputs.qkv.shape
  const workgroups = rows * head.heads * Math.ceil(positions / threads)
  const out = run(backend, {
    name: 'HrmAttention',
    inputs: { qkv: inputs.qkv, ...tablesOf(inputs) },
    outputShape: [rows, positions, head.heads * head.headSize],
    sizes: { workgroups },
    workgroups,
    threads,
    code: forward(head),
  })
  return [out, nothing(backend)]
})

export function headOf(qkv: TensorInfo, { heads, rotary }: AttentionAttributes): Head {
  return { positions: qkv.shape[1], heads, headSize: qkv.shape[2] / 3 / heads, rotary }
}

export function tablesOf({ cos, sin }: AttentionInputs): Record<string, TensorInfo> {
  return cos && sin ? { cosine: cos, sine: sin } : {}
}

// One workgroup computes a block of queries of one head of one row of the batch.
const forward = (head: Head) => /* wgsl */ `${attentionHead(head)}
const blocks = ${Math.ceil(head.positions / threadsOf(head))};

fn main(index : i32) {
  let workgroup = min(index / threads, uniforms.workgroups - 1);
  let lane = index % threads;
  let row = workgroup / (heads * blocks);
  let head = workgroup / blocks % heads;
  let query = workgroup % blocks * threads + lane;
  let position = min(query, positions - 1);

  var q : Row;
  var mixed = Row();
  for (var quad = 0; quad < quads; quad = quad + 1) {
    q[quad] = turnedQuad(placeInQkv(row, head, 0, position), position, quad) * scale;
  }
  var largest = -1e30;
  var sum = 0.0;
  for (var first = 0; first < positions; first = first + tile) {
    workgroupBarrier();
    fillTileA(row, head, 1, first, lane);
    fillTileB(row, head, first, lane);
    workgroupBarrier();
    for (var key = 0; key < min(tile, positions - first); key = key + 1) {
      let score = productA(&q, key);
      let larger = max(largest, score);
      let fade = exp(largest - larger);
      let weight = exp(score - larger);
      sum = sum * fade + weight;
      for (var quad = 0; quad < quads; quad = quad + 1) {
        mixed[quad] = mixed[quad] * fade + weight * tileB[key * quads + quad];
      }
      largest = larger;
    }
  }
  if (index / threads >= uniforms.workgroups || query >= positions) { return; }
  let start = placeInOut(row, head, query);
  for (var at = 0; at < headSize; at = at + 1) { result[start + at] = mixed[at / 4][at % 4] / sum; }
}`
