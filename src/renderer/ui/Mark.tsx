import icon from '../../../assets/icon.svg'

/** The Perch logo. Decorative, so it has no alternative text. */
export function Mark({ size }: { size: number }) {
  return <img src={icon} width={size} height={size} alt="" draggable={false} />
}
