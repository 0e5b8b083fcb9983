import type { ReactNode } from 'react'

interface FormProps {
  className?: string | undefined
  /** By a button of type `submit`, or by Enter in a field. */
  onSubmit: () => void
  children: ReactNode
}

/** Fields that are sent together. What is wrong with them the app says itself, not the browser. */
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
