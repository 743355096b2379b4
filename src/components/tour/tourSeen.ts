import { store, stored } from '../../state/storedJson.ts'

const key = 'contrail-tour-seen'

export const tourSeen = (): boolean => stored(key, false, (read) => typeof read === 'boolean')

export const rememberTour = (): void => store(key, true)
