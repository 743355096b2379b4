import { util } from '@tensorflow/tfjs'
import type { DataType, KernelFunc, TensorInfo } from '@tensorflow/tfjs'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'

/** One dispatch of WGSL of ours, through tfjs: it binds the inputs by their names and the output as `result`. */
export interface Program {
  name: string
  /** The names by which the code reads its inputs, at most seven, each `array<f32>` or `array<i32>`. */
  inputs: Record<string, TensorInfo>
  outputShape: number[]
  /** Whole numbers the code reads as `uniforms.name`; what is built into the code compiles once per value. */
  sizes: Record<string, number>
  /** Likewise floats. */
  factors?: Record<string, number>
  workgroups: number
  /** Invocations of a workgroup. */
  threads: number
  /**
   * Declares `fn main(index : i32)`; index / threads is the workgroup, index % threads the invocation in it.
   * More workgroups may run than asked for: invocations beyond them must write nothing.
   */
  code: string
}

/** Runs a program; its output is float32. */
export function run(backend: WebGPUBackend, program: Program): TensorInfo {
  const { name, inputs, outputShape, sizes, factors = {}, workgroups, threads, code } = program
  const flat = { x: outputShape.map((_, axis) => axis) }
  return backend.runWebGPUProgram(
    {
      variableNames: Object.keys(inputs),
      outputShape,
      dispatchLayout: flat,
      dispatch: [workgroups, 1, 1],
      workgroupSize: [threads, 1, 1],
      uniforms: [
        ...Object.keys(sizes).map((each) => `${each} : i32, `),
        ...Object.keys(factors).map((each) => `${each} : f32, `),
      ].join(''),
      // tfjs compiles once per key: with the code as the key no two programs can be taken for each other.
      shaderKey: `${name}\n${code}`,
      getUserCode: () => code,
    },
    Object.values(inputs),
    'float32' satisfies DataType,
    [
      ...Object.values(sizes).map((value) => ({ type: 'int32', data: [value] })),
      ...Object.values(factors).map((value) => ({ type: 'float32', data: [value] })),
    ],
  )
}

/** Invocations of a workgroup of programs that compute one number or one row each. */
const flatThreads = 64

/** Runs a program in which invocation `index` of `count` computes on its own; `uniforms.count` bounds it. */
export function runFlat(
  backend: WebGPUBackend,
  program: Omit<Program, 'workgroups' | 'threads' | 'sizes'> & {
    count: number
    sizes?: Record<string, number>
  },
): TensorInfo {
  const { count, sizes, ...rest } = program
  return run(backend, {
    ...rest,
    sizes: { ...sizes, count },
    workgroups: Math.ceil(count / flatThreads),
    threads: flatThreads,
  })
}

/** What tfjs hands a kernel, with the types our kernels know it to have. */
export function webGpuKernel<Inputs, Attributes = unknown>(
  compute: (backend: WebGPUBackend, inputs: Inputs, attributes: Attributes) => TensorInfo | TensorInfo[],
): KernelFunc {
  return ({ inputs, backend, attrs }) =>
    compute(backend as WebGPUBackend, inputs as Inputs, attrs as unknown as Attributes)
}

/** Rows of a tensor whose last axis is a row. */
export function rowsOf({ shape }: TensorInfo): { rows: number; width: number } {
  const width = shape[shape.length - 1]
  return { rows: util.sizeFromShape(shape) / width, width }
}

/** The place of a second output that this backend's gradient has no use for; nothing is computed. */
export function nothing(backend: WebGPUBackend): TensorInfo {
  return backend.makeTensorInfo([0], 'float32', new Float32Array(0))
}
