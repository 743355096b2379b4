/**
 * The value of a metric for labels, against predictions that were fixed before. `weights` says how often each
 * row counts, 0 and fractions included; absent, every row counts once. NaN where the metric is not defined.
 */
export type Score = (labels: ArrayLike<number>, weights?: ArrayLike<number>) => number

/**
 * A metric in two steps, `metric(predictions)(labels)`: what depends on the predictions alone, above all their
 * order, is worked out once, and a thousand resamples or shuffled labels cost a pass over the rows each.
 *
 * Predictions are either scores or probabilities of one class [rows], labels 1 where a row is of that class
 * and 0 where not; or, for those that say so, class probabilities [rows × classes], row-major, labels
 * 0 … classes − 1.
 */
export type Metric = (predictions: Float64Array) => Score
