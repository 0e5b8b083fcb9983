import { Component, use, type ReactNode } from 'react'
import { ServicesContext } from '../services/use-services.ts'

interface FaultBoundaryProps {
  /** Names the part in the log. */
  name: string
  /** What stands in for the part; `retry` renders it again. */
  fallback: (retry: () => void) => ReactNode
  /** When it changes, the part is tried again by itself. */
  resetKey?: string | null
  children: ReactNode
}

/** Keeps a fault within one part of the window, and logs it. */
export function FaultBoundary(props: FaultBoundaryProps) {
  const services = use(ServicesContext)
  return <Boundary {...props} onFault={(error) => services?.app.report(`fault.${props.name}`, error)} />
}

interface BoundaryProps extends FaultBoundaryProps {
  onFault: (error: unknown) => void
}

class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(error: unknown): void {
    this.props.onFault(error)
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (this.state.failed && before.resetKey !== this.props.resetKey) this.retry()
  }

  retry = (): void => this.setState({ failed: false })

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback(this.retry) : this.props.children
  }
}
