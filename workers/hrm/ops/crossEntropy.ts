import * as tf from '@tensorflow/tfjs'
import { fused, runKernel } from './kernel.ts'

/** Tokens with this label take no part in the loss. */
export const ignoredLabel = -100

/**
 * Stablemax cross entropy per token: −log(s(x_label) / Σ s(x)), with s(x) = x + 1 for x ≥ 0 and
 * 1/(1 − x) below (Prieto et al. 2025, arXiv 2501.04697). 0 where the label is −100.
 * logits [N, V], labels int32 [N] → [N].
 */
export function stablemaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  if (!fused('HrmStablemax')) return composedStablemax(logits, labels)
  return tf.customGrad((x, save) => {
    // The labels too: tfjs lets go of what was made inside a gradient function and is not saved.
    ;(save as tf.GradSaveFunc)([x as tf.Tensor, labels])
    return {
      value: runKernel('HrmStablemax', { logits: x as tf.Tensor, labels })[0],
      gradFunc: (dy: tf.Tensor, [xs, ys]: tf.Tensor[]) =>
        runKernel('HrmStablemaxGrad', { dy, logits: xs, labels: ys })[0],
    }
  })(logits) as tf.Tensor1D
}

export function composedStablemax(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  // 1/(1 − min(x, 0)) keeps the gradient finite in float32 where 1/(1 − x) at exactly 1 would not.
  const s = tf.add(tf.relu(logits), tf.div(1, tf.sub(1, tf.minimum(logits, 0)))) // [N, V]
  const logProbabilities = tf.sub(tf.log(s), tf.log(tf.sum(s, -1, true)))
  return negativeAtLabel(logProbabilities as tf.Tensor2D, labels)
}

/** Softmax cross entropy per row; 0 where the label is −100. logits [N, C], labels int32 [N] → [N]. */
export function softmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  return negativeAtLabel(tf.logSoftmax(logits), labels)
}

/** tf.oneHot leaves a row of zeros for −100, which is no class. */
function negativeAtLabel(logProbabilities: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  const oneHot = tf.oneHot(labels, logProbabilities.shape[1]) // [N, V]
  return tf.neg(tf.sum(tf.mul(logProbabilities, tf.cast(oneHot, 'float32')), -1))
}

/** Binary cross entropy of a logit, per row: max(x, 0) − x·t + log(1 + e^−|x|). [N], [N] → [N]. */
export function binaryCrossEntropy(logits: tf.Tensor1D, targets: tf.Tensor1D): tf.Tensor1D {
  return tf.add(tf.sub(tf.relu(logits), tf.mul(logits, targets)), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))))
}
