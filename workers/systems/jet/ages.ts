/** Upper ends of the buckets of age, in days; older is one bucket more. */
const ends = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 90, 150, 250, 400]

export const ageBuckets = ends.length + 1

/** Bucket of an age in days: fine where it is young. */
export function ageBucket(days: number): number {
  let bucket = 0
  while (bucket < ends.length && days > ends[bucket]) bucket++
  return bucket
}
