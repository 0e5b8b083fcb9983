import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { AppState, AppStore } from './app-store.ts'

export const AppStoreContext = createContext<AppStore | null>(null)

/** Returns the store itself, for event handlers: reading its state does not make the component render again. */
export function useAppStoreApi(): AppStore {
  const store = use(AppStoreContext)
  if (store === null) throw new Error('AppStoreContext is missing')
  return store
}

/** Reads a slice of the app's state; the component renders again when the selected value changes (compared shallowly). */
export function useAppStore<T>(selector: (state: AppState) => T): T {
  return useStore(useAppStoreApi(), useShallow(selector))
}
