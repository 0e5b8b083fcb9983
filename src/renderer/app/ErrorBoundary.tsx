import { Component, use, type ReactNode } from 'react'
import { ServicesContext } from '../services/use-services.ts'

interface ErrorBoundaryProps {
  /** Name of this part in the log. */
  name: string
  /** Shown instead of the children after an error; `retry` renders the children again. */
  fallback: (retry: () => void) => ReactNode
  /** When it changes after an error, the children are rendered again. */
  resetKey?: string | null
  children: ReactNode
}

/** Limits a render error to one part of the window and logs it. */
export function ErrorBoundary(props: ErrorBoundaryProps) {
  const services = use(ServicesContext)
  return <Boundary {...props} onError={(error) => services?.app.report(`error.${props.name}`, error)} />
}

interface BoundaryProps extends ErrorBoundaryProps {
  onError: (error: unknown) => void
}

class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError(error)
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (this.state.failed && before.resetKey !== this.props.resetKey) this.retry()
  }

  retry = (): void => this.setState({ failed: false })

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback(this.retry) : this.props.children
  }
}
