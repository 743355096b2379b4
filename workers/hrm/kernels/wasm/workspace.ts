import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { functionsOn, type Functions } from './functions.ts'

/** What we use of tfjs's module that its types leave out. */
interface Allocator {
  asm?: Record<string, unknown>
  _malloc: (bytes: number) => number
  _free: (address: number) => void
}

/**
 * The memory of tfjs's WASM backend, in which our functions work on its tensors where they lie, without a copy.
 * Results are tensors of tfjs; scratch is kept from call to call and grows to the largest that was asked for.
 */
export class Workspace {
  readonly functions: Functions
  private readonly allocator: Allocator
  private scratchAddress = 0
  private scratchBytes = 0

  constructor(
    private readonly backend: BackendWasm,
    memory: WebAssembly.Memory,
  ) {
    this.functions = functionsOn(memory)
    this.allocator = backend.wasm
  }

  /** The address of a tensor's first value. */
  address({ dataId }: TensorInfo): number {
    return this.backend.dataIdMap.get(dataId).memoryOffset
  }

  /** Room for a result. */
  output(shape: number[], dtype: DataType = 'float32'): TensorInfo {
    return this.backend.makeOutput(shape, dtype)
  }

  /** A further tensor on the same values, which live as long as either. */
  shared({ dataId, shape, dtype }: TensorInfo): TensorInfo {
    this.backend.incRef(dataId)
    return { dataId, shape, dtype }
  }

  /**
   * The address of so many bytes, which are whatever the last call left there.
   * @throws RangeError where there is no room for them
   */
  scratch(bytes: number): number {
    if (bytes > this.scratchBytes) {
      this.allocator._free(this.scratchAddress)
      this.scratchAddress = this.allocator._malloc(bytes) >>> 0
      this.scratchBytes = this.scratchAddress === 0 ? 0 : bytes
      if (this.scratchAddress === 0) throw new RangeError(`WebAssembly has no room for ${bytes} bytes.`)
    }
    return this.scratchAddress
  }
}

const workspaces = new WeakMap<object, Workspace>()

/** One workspace per backend, as long as it lives. */
export function workspaceOf(backend: unknown): Workspace {
  const wasm = backend as BackendWasm
  let workspace = workspaces.get(wasm)
  if (!workspace) {
    const memory = memoryOf(wasm)
    if (!memory) throw new TypeError('The memory of the WASM backend is out of reach.')
    workspaces.set(wasm, (workspace = new Workspace(wasm, memory)))
  }
  return workspace
}

/** The memory tfjs's tensors lie in; null where its module keeps it to itself, or shares it between threads. */
export function memoryOf(backend: KernelBackend): WebAssembly.Memory | null {
  const exported = Object.values((backend as { wasm?: Allocator }).wasm?.asm ?? {})
  const memory = exported.find((value) => value instanceof WebAssembly.Memory)
  return memory?.buffer instanceof ArrayBuffer ? memory : null
}
