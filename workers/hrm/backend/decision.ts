import type { BackendName } from '../api.ts'
import type { FoundAdapter } from './adapter.ts'

/** What is known when a backend has to be chosen; see `chooseBackend` for how it is found. */
export interface Findings {
  wanted: BackendName | 'auto'
  adapter: FoundAdapter | null
  /** Milliseconds of the same work on the backends that started; a backend is absent if it was not tried. */
  probe: Partial<Record<BackendName, number>>
  /** Why a backend that was tried did not start. */
  failed: Partial<Record<BackendName, string>>
}

export const backendNames: Record<BackendName, string> = {
  webgpu: 'the GPU',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
}

/** Backends to try in this order: what is wanted first, then a real GPU, WebAssembly and plain JavaScript. */
export function candidates({ wanted, adapter }: Pick<Findings, 'wanted' | 'adapter'>): BackendName[] {
  const unasked: BackendName[] = adapter && !adapter.software ? ['webgpu', 'wasm', 'cpu'] : ['wasm', 'cpu']
  if (wanted === 'auto' || (wanted === 'webgpu' && !adapter)) return unasked
  return [wanted, ...unasked.filter((name) => name !== wanted)]
}

/**
 * The backend to compute on and one sentence that says why: what is wanted if it starts, else the GPU where it
 * was measured faster, else the first that starts. Null if none does.
 */
export function decide(findings: Findings): { backend: BackendName; why: string } | null {
  const { wanted, probe, failed } = findings
  const started = candidates(findings).filter((name) => failed[name] === undefined)
  if (started.length === 0) return null
  if (started[0] === wanted) return { backend: wanted, why: `You chose ${backendNames[wanted]}.` }
  const { webgpu, wasm } = probe
  if (started[0] === 'webgpu' && webgpu !== undefined && wasm !== undefined)
    return faster(findings, webgpu, wasm)
  return {
    backend: started[0],
    why: `${reasonsAgainst(findings)} ${capital(backendNames[started[0]])} computes.`,
  }
}

function faster({ adapter }: Findings, webgpu: number, wasm: number): { backend: BackendName; why: string } {
  const gpu = `GPU (${adapter?.name ?? 'unnamed'})`
  const times = (slow: number, fast: number) => `${Number((slow / fast).toPrecision(2))} times as fast as`
  return webgpu < wasm
    ? { backend: 'webgpu', why: `The ${gpu} was ${times(wasm, webgpu)} WebAssembly in a short measurement.` }
    : { backend: 'wasm', why: `WebAssembly was ${times(webgpu, wasm)} the ${gpu} in a short measurement.` }
}

/** Why it is not the GPU, or not what was wanted. */
function reasonsAgainst({ wanted, adapter, failed }: Findings): string {
  const reasons = Object.entries(failed).map(
    ([name, failure]) => `${capital(backendNames[name as BackendName])} did not start: ${failure}.`,
  )
  const gpuWelcome = wanted === 'auto' || wanted === 'webgpu'
  if (gpuWelcome && !adapter) reasons.unshift('This browser offers no GPU to compute on.')
  if (gpuWelcome && adapter?.software && failed.webgpu === undefined)
    reasons.unshift(`The only GPU is made of software (${adapter.name}).`)
  return reasons.join(' ')
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1)
}
