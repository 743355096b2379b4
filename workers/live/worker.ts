import { expose } from 'comlink'
import { browserPlatform } from './browserPlatform.ts'
import { LiveService } from './liveService.ts'
import { adapters } from './sources/adapters.ts'

expose(new LiveService(browserPlatform, adapters))
