import type { ReactNode } from 'react'

interface FormProps {
  className?: string | undefined
  /** Called when a `submit` button is pressed, or Enter in a field. */
  onSubmit: () => void
  children: ReactNode
}

/** A form without the browser's validation: the app shows its own error messages. */
export function Form({ className, onSubmit, children }: FormProps) {
  return (
    <form
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
