import type { Platform } from '../../platform/bridge.ts'
import { attempt } from '../app/errors.ts'
import type { ProxyService } from '../services.ts'

export function createProxyService(platform: Platform): ProxyService {
  return {
    password: () => attempt(() => platform.call('proxy.password')),
    set: (change) => attempt(() => platform.call('proxy.set', change)),
    test: (change) => attempt(() => platform.call('proxy.test', change)),
  }
}
