/** What the browser offers to compute on beside the processor. */
export interface FoundAdapter {
  /** For people. */
  name: string
  /** It computes in software, slower than WebAssembly by orders of magnitude. */
  software: boolean
}

/** The part of `navigator.gpu` that is asked. */
export type AdapterSource = Pick<GPU, 'requestAdapter'>

/** Null where there is none: `navigator.gpu` can be there without any, and asking for it can fail. */
export async function findAdapter(gpu: AdapterSource | undefined): Promise<FoundAdapter | null> {
  // The same wish as tfjs's, so that the adapter looked at is the one that will compute.
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null)
  if (!adapter) return null
  const { info } = adapter
  const name = nameOf(info)
  return { name, software: info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe/i.test(name) }
}

function nameOf({ vendor, architecture, description }: GPUAdapterInfo): string {
  return description || [vendor, architecture].filter((part) => part).join(' ') || 'unnamed'
}
