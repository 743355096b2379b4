import * as tf from '@tensorflow/tfjs'

/** The Euclidean norm of all gradients together. */
export async function gradientNorm(gradients: Record<string, tf.Tensor>): Promise<number> {
  const squares = tf.tidy(() =>
    tf.addN(Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)))),
  )
  const [sum] = await squares.data()
  squares.dispose()
  return Math.sqrt(sum)
}
