import * as tf from '@tensorflow/tfjs'

/** Rounds of a block's products and gate, as a small model has them: about 0.5 billion multiplications. */
const rounds = 8
const rows = 1024
const width = 64
const inner = 256

/**
 * Milliseconds of the same small work on the backend in use, results fetched; the better of two after one run
 * that compiles. Some 100 ms altogether on WebAssembly.
 */
export async function probe(): Promise<number> {
  const [x, wide, narrow] = [
    tf.fill([rows, width], 0.5),
    tf.fill([width, inner], 1 / width),
    tf.fill([inner, width], 1 / inner),
  ]
  let best = Infinity
  for (let i = 0; i < 3; i++) {
    const start = performance.now()
    const sum = tf.tidy(() => {
      let h = x
      for (let round = 0; round < rounds; round++) {
        const gate = tf.matMul(h, wide)
        h = tf.add(h, tf.matMul(tf.mul(gate, tf.sigmoid(gate)), narrow))
      }
      return tf.sum(h)
    })
    await sum.data()
    sum.dispose()
    if (i > 0) best = Math.min(best, performance.now() - start)
  }
  tf.dispose([x, wide, narrow])
  return best
}
