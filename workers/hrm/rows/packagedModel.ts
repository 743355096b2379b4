import { CheckpointError } from '../checkpoint/metadata.ts'
import { decodeRowsModel } from './rowsModelFile.ts'
import type { RowsModel } from './rowsModel.ts'

/** Under the site. */
const path = 'models/jet-hrm.safetensors'

/**
 * The model that came with the page; null where none did.
 * @param baseUrl of the site, with a slash at its end
 * @throws CheckpointError where a file is there that is none
 */
export async function fetchPackagedModel(
  baseUrl: string,
  fetcher: (url: string) => Promise<Response> = fetch,
): Promise<RowsModel | null> {
  const response = await fetcher(new URL(path, baseUrl).href)
  // Hosts of single pages answer with the page itself what they do not have.
  if (response.status === 404 || response.headers.get('content-type')?.startsWith('text/html')) return null
  if (!response.ok)
    throw new CheckpointError(
      `The model that comes with the page could not be read (status ${response.status}).`,
    )
  const model = await decodeRowsModel(new Uint8Array(await response.arrayBuffer()))
  return { ...model, scoring: { ...model.scoring, packaged: true } }
}
