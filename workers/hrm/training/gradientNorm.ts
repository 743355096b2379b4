import * as tf from '@tensorflow/tfjs'

/** The Euclidean norm of all gradients together. */
export async function gradientNorm(gradients: tf.Tensor[]): Promise<number> {
  const squares = tf.tidy(() =>
    // Joined before they are summed: a GPU binds only a few buffers at once, which `addN` does not know.
    tf.sum(tf.concat1d(gradients.map((each) => tf.reshape<tf.Rank.R1>(tf.sum(tf.square(each)), [1])))),
  )
  const [sum] = await squares.data()
  squares.dispose()
  return Math.sqrt(sum)
}
