import { describe, expect, it } from 'vitest'
import {
  headerEnd,
  readMetadata,
  readSafetensors,
  SafetensorsError,
  writeSafetensors,
  type SafetensorsFile,
} from '../../../../workers/hrm/checkpoint/safetensors.ts'

const file: SafetensorsFile = {
  tensors: {
    flags: { shape: [3], data: Uint8Array.of(1, 0, 255) },
    weights: { shape: [2, 2], data: Float32Array.of(1.5, -0, NaN, 3e38) },
    ids: { shape: [2, 1], data: Int32Array.of(-100, 7) },
    nothing: { shape: [0, 4], data: new Float32Array(0) },
    one: { shape: [], data: Float32Array.of(0.1) },
  },
  metadata: { about: 'ä "quoted" text' },
}

/** A file with the header given, its length in front, and bytes behind it. */
function fileOf(header: unknown, data: number[] = [], text = JSON.stringify(header)): Uint8Array {
  const json = new TextEncoder().encode(text)
  const bytes = new Uint8Array(8 + json.length + data.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  bytes.set(data, 8 + json.length)
  return bytes
}

const entry = (shape: number[], from: number, to: number, dtype = 'U8') => ({
  dtype,
  shape,
  data_offsets: [from, to],
})

describe('safetensors', () => {
  it('are read back as they were written, to the bit', () => {
    const read = readSafetensors(writeSafetensors(file))
    expect(read.metadata).toEqual(file.metadata)
    expect(Object.keys(read.tensors).sort()).toEqual(Object.keys(file.tensors).sort())
    for (const [name, { shape, data }] of Object.entries(file.tensors)) {
      const found = read.tensors[name]
      expect(found.shape).toEqual(shape)
      expect(found.data.constructor).toBe(data.constructor)
      expect(new Uint8Array(found.data.buffer)).toEqual(new Uint8Array(data.buffer))
    }
  })

  it('are laid out as the format asks: header length, JSON, data at a multiple of eight', () => {
    const bytes = writeSafetensors({
      tensors: { a: { shape: [1], data: Float32Array.of(1) } },
      metadata: { k: 'v' },
    })
    const length = bytes[0] + 256 * bytes[1]
    expect([...bytes.subarray(2, 8)]).toEqual([0, 0, 0, 0, 0, 0])
    expect((8 + length) % 8).toBe(0)
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      __metadata__: { k: 'v' },
      a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
    })
    expect([...bytes.subarray(8 + length)]).toEqual([0, 0, 0x80, 0x3f])
  })

  it('are read from any place in memory, aligned or not', () => {
    const bytes = writeSafetensors(file)
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(readSafetensors(shifted.subarray(3)).tensors['ids'].data).toEqual(Int32Array.of(-100, 7))
    expect(readSafetensors(fileOf({ x: entry([2], 0, 2) }, [4, 5])).tensors['x'].data).toEqual(
      Uint8Array.of(4, 5),
    )
  })

  it('give their metadata from the beginning alone', () => {
    const bytes = writeSafetensors(file)
    expect(readMetadata(bytes.subarray(0, headerEnd(bytes.subarray(0, 8))))).toEqual(file.metadata)
  })

  it.each([
    ['of too few bytes', new Uint8Array(7), /begin/],
    ['whose header is longer than the file', writeSafetensors(file).subarray(0, 40), /begin/],
    ['whose header is beyond every bound', new Uint8Array(64).fill(255), /begin/],
    ['whose header is no JSON', fileOf(null, [], '{"a'), /not JSON/],
    ['whose header is a list', fileOf([]), /not an object/],
    ['with metadata that are no texts', fileOf({ __metadata__: { a: 1 } }), /not texts/],
    ['with an entry that is a number', fileOf({ x: 4 }), /nothing readable about x/],
    ['of an unknown type', fileOf({ x: entry([1], 0, 2, 'BF16') }, [0, 0]), /x is of the type BF16/],
    ['of a type every object has', fileOf({ x: entry([1], 0, 1, 'constructor') }, [0]), /type constructor/],
    ['of a negative shape', fileOf({ x: entry([-1], 0, 1) }, [0]), /shape of x/],
    ['with a shape of halves', fileOf({ x: entry([0.5], 0, 1) }, [0]), /shape of x/],
    ['that end before they begin', fileOf({ x: entry([1], 1, 0) }, [0]), /place of x/],
    ['that end beyond the file', fileOf({ x: entry([9], 0, 9) }, [0]), /x ends at byte 9 .* only 1/],
    [
      'of another size than their shape',
      fileOf({ x: entry([3], 0, 2) }, [0, 0]),
      /x has 2 bytes; .* takes 3/,
    ],
    [
      'that overlap',
      fileOf({ x: entry([2], 0, 2), y: entry([2], 1, 3) }, [0, 0, 0]),
      /y begins at byte 1 .* overlap/,
    ],
    ['that leave a gap', fileOf({ x: entry([1], 0, 1), y: entry([1], 2, 3) }, [0, 0, 0]), /leave a gap/],
    ['with bytes that belong to nobody', fileOf({ x: entry([1], 0, 1) }, [0, 0]), /1 bytes at the end/],
  ])('%s are refused, and it is said where', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(message)
    expect(() => readSafetensors(bytes)).toThrow(SafetensorsError)
  })

  it('are not written with a shape that does not fit the data', () => {
    const wrong = { x: { shape: [2, 2], data: new Float32Array(3) } }
    expect(() => writeSafetensors({ tensors: wrong, metadata: {} })).toThrow(
      'x has 3 elements; its shape has 4.',
    )
  })
})
