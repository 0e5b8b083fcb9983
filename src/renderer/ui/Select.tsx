import { Select as BaseSelect } from '@base-ui/react/select'
import Check from 'lucide-react/icons/check'
import ChevronDown from 'lucide-react/icons/chevron-down'
import styles from './Select.module.css'

export interface SelectOption<T extends string> {
  value: T
  label: string
}

interface SelectProps<T extends string> {
  label: string
  hint?: string
  value: T
  options: readonly SelectOption<T>[]
  onChange: (value: T) => void
}

/** A settings row with a drop-down list. */
export function Select<T extends string>({ label, hint, value, options, onChange }: SelectProps<T>) {
  return (
    <BaseSelect.Root
      items={options}
      value={value}
      modal={false}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      <div className={styles['row']}>
        <div className={styles['texts']}>
          <BaseSelect.Label>{label}</BaseSelect.Label>
          {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
        </div>
        {/* Base UI names the trigger by the label only after an effect. This name is there from the first render. */}
        <BaseSelect.Trigger className={styles['trigger']} aria-label={label}>
          <BaseSelect.Value />
          <BaseSelect.Icon className={styles['icon']}>
            <ChevronDown size={16} aria-hidden />
          </BaseSelect.Icon>
        </BaseSelect.Trigger>
      </div>
      <BaseSelect.Portal>
        <BaseSelect.Positioner
          className={styles['positioner']}
          align="end"
          sideOffset={4}
          alignItemWithTrigger={false}
        >
          <BaseSelect.Popup className={styles['popup']}>
            <BaseSelect.List>
              {options.map((option) => (
                <BaseSelect.Item key={option.value} value={option.value} className={styles['item']}>
                  <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
                  <BaseSelect.ItemIndicator className={styles['check']}>
                    <Check size={16} aria-hidden />
                  </BaseSelect.ItemIndicator>
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  )
}
