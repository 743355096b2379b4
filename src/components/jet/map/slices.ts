/**
 * Does work a slice a frame, so that no frame is late: the first slice at once, each further one in the next frame.
 * @returns stops it; what is left is not done
 */
export function inSlices(work: Iterator<void>, done: () => void, milliseconds = 10): () => void {
  let frame = 0
  const slice = () => {
    const until = performance.now() + milliseconds
    do {
      if (work.next().done) return done()
    } while (performance.now() < until)
    frame = requestAnimationFrame(slice)
  }
  slice()
  return () => cancelAnimationFrame(frame)
}
