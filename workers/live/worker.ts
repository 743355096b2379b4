import { expose } from 'comlink'
import { browserPlatform } from './browserPlatform.ts'
import { browserTabs } from './browserTabs.ts'
import { LiveService } from './liveService.ts'
import { adapters } from './sources/adapters.ts'
import { acrossTabs } from './tabs.ts'

expose(acrossTabs(browserTabs(), () => new LiveService(browserPlatform, adapters)))
