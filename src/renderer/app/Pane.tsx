import { Suspense, type ReactNode } from 'react'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { ErrorNotice } from './ErrorNotice.tsx'

interface PaneProps {
  /** Name of this part in the log. */
  name: string
  /** When it changes after an error, the pane is rendered again. */
  resetKey: string | null
  /** Shown while the code of the pane loads. */
  loading?: ReactNode
  children: ReactNode
}

/** One part of the window with its own error boundary. */
export function Pane({ name, resetKey, loading, children }: PaneProps) {
  return (
    <ErrorBoundary name={name} resetKey={resetKey} fallback={(retry) => <ErrorNotice onRetry={retry} />}>
      <Suspense fallback={loading}>{children}</Suspense>
    </ErrorBoundary>
  )
}
