import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Checkpoint } from '../../../../workers/hrm/checkpoint/checkpoint.ts'
import { encodeCheckpoint } from '../../../../workers/hrm/checkpoint/checkpointFile.ts'
import type { CheckpointFiles } from '../../../../workers/hrm/checkpoint/files.ts'
import { memoryFiles } from '../../../../workers/hrm/checkpoint/memoryFiles.ts'
import { CheckpointError } from '../../../../workers/hrm/checkpoint/metadata.ts'
import { CheckpointStore, StorageFullError } from '../../../../workers/hrm/checkpoint/store.ts'
import { Trainer } from '../../../../workers/hrm/training/trainer.ts'
import { useBackend } from '../backends.ts'
import { copyTraining } from '../training/copyTask.ts'

let checkpoint: Checkpoint
beforeAll(async () => {
  await useBackend('wasm')
  const trainer = Trainer.start(copyTraining())
  checkpoint = await trainer.checkpoint()
  trainer.dispose()
})
const at = (step: number): Checkpoint => ({ ...checkpoint, step })

let files: CheckpointFiles
let store: CheckpointStore
beforeEach(() => {
  files = memoryFiles('')
  store = new CheckpointStore(files)
})
const names = async () => (await files.list()).map(({ name }) => name).sort()

async function spoil(name: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) {
  const file = await files.read(name)
  await files.write(name, change(new Uint8Array(await file!.arrayBuffer())))
}
const flipped = (bytes: Uint8Array<ArrayBuffer>) => bytes.with(bytes.length - 9, bytes[bytes.length - 9] ^ 4)
const torn = (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, bytes.length / 2)
const emptied = () => new Uint8Array()

describe('the store of checkpoints', () => {
  it('keeps the last two of each run, and gives the newest back', async () => {
    for (const step of [10, 20, 30]) await store.save('a', at(step))
    await store.save('b', at(5))
    expect(await names()).toEqual(['a.2.safetensors', 'a.3.safetensors', 'b.1.safetensors'])
    const loaded = await store.load('a')
    expect(loaded.checkpoint).toEqual(at(30))
    expect(loaded.bytes).toEqual(await encodeCheckpoint(at(30)))
    expect(loaded.damaged).toBe(0)
  })

  it.each([
    ['has a bit that flipped', flipped],
    ['was cut short', torn],
    ['is empty', emptied],
  ])('falls back to the one before when the newest %s, and goes on from there', async (_, change) => {
    for (const step of [10, 20]) await store.save('a', at(step))
    await spoil('a.2.safetensors', change)
    expect(await store.load('a')).toMatchObject({ checkpoint: { step: 10 }, damaged: 1 })
    // What is damaged must not count as one of the last two.
    await store.save('a', at(15))
    await store.save('a', at(20))
    expect(await names()).toEqual(['a.2.safetensors', 'a.3.safetensors'])
    expect(await store.load('a')).toMatchObject({ checkpoint: { step: 20 }, damaged: 0 })
  })

  it('says what is wrong where no checkpoint of a run is good, and leaves them', async () => {
    for (const step of [10, 20]) await store.save('a', at(step))
    for (const name of await names()) await spoil(name, flipped)
    await expect(store.load('a')).rejects.toThrow(CheckpointError)
    await expect(store.load('a')).rejects.toThrow(/damaged/)
    expect(await names()).toHaveLength(2)
    await expect(store.load('never')).rejects.toThrow('Nothing of this run is stored.')
  })

  it('says when there is no room, and what was stored before stays as it was', async () => {
    for (const step of [10, 20]) await store.save('a', at(step))
    files.write = () => Promise.reject(new DOMException('', 'QuotaExceededError'))
    await expect(store.save('a', at(30))).rejects.toThrow(StorageFullError)
    expect(await store.load('a')).toMatchObject({ checkpoint: { step: 20 } })
    expect(await names()).toHaveLength(2)
  })

  it('never writes over a file that is good, also at the same step again', async () => {
    const written: string[] = []
    const write = files.write.bind(files)
    files.write = async (name, bytes) => {
      expect(await names()).not.toContain(name)
      written.push(name)
      return write(name, bytes)
    }
    for (const step of [10, 10, 10, 7]) await store.save('a', at(step))
    expect(written).toHaveLength(4)
    expect((await store.load('a')).checkpoint.step).toBe(7)
  })

  it('counts beyond nine', async () => {
    for (let step = 1; step <= 11; step++) await store.save('a', at(step))
    expect((await store.load('a')).checkpoint.step).toBe(11)
  })

  it('lists runs by what their newest readable checkpoint says, and leaves other files alone', async () => {
    await store.save('a', at(10))
    await store.save('a', at(20))
    await store.save('b', at(5))
    await spoil('a.2.safetensors', torn)
    await spoil('a.2.safetensors', (bytes) => bytes.slice(0, 50))
    await files.write('notes.txt', new Uint8Array(3))
    const runs = (await store.list()).sort((a, b) => a.id.localeCompare(b.id))
    expect(runs.map(({ id, metadata }) => [id, metadata.step])).toEqual([
      ['a', 10],
      ['b', 5],
    ])
    await store.remove('a')
    expect(await names()).toEqual(['b.1.safetensors', 'notes.txt'])
  })
})
