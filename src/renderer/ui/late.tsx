import { IconChevronDown } from '@tabler/icons-react'
import { create } from 'zustand'
import type * as layersType from './layers'
import type {
  CheckboxProps,
  ContextMenuProps,
  DialogProps,
  MenuProps,
  NumberFieldProps,
  PopoverProps,
  SegmentedProps,
  SelectProps,
  SliderProps,
  SwitchProps,
  TickProps,
  TooltipProps,
} from './layers'
import styles from './late.module.css'

type Layers = typeof layersType

// What opens over the page is heavy and not part of its first look: it comes in a second portion of code.
// Until it is there each part leaves its place to what it would look like closed.
const useLayers = create<{ layers: Layers | null }>(() => ({ layers: null }))

/** Takes in the second portion; resolves when its parts can be used. */
export async function provideLayers(coming: Promise<Layers>): Promise<void> {
  useLayers.setState({ layers: await coming })
}

/** A short explanation on hover and focus. Never the only place where something is said. */
export function Tooltip(props: TooltipProps) {
  const { layers } = useLayers()
  return layers === null ? props.children : <layers.Tooltip {...props} />
}

/** A menu under a button. */
export function Menu(props: MenuProps) {
  const { layers } = useLayers()
  return layers === null ? props.trigger : <layers.Menu {...props} />
}

/** A menu at the pointer. Whatever it offers is to be had elsewhere too. */
export function ContextMenu(props: ContextMenuProps) {
  const { layers } = useLayers()
  return layers === null ? props.children : <layers.ContextMenu {...props} />
}

/** A small panel of controls beside a button. */
export function Popover(props: PopoverProps) {
  const { layers } = useLayers()
  return layers === null ? props.trigger : <layers.Popover {...props} />
}

/** A panel over the page that must be dealt with first. */
export function Dialog(props: DialogProps) {
  const { layers } = useLayers()
  return layers === null ? null : <layers.Dialog {...props} />
}

/** One choice of a few. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { layers } = useLayers()
  if (layers !== null) return <layers.Select {...props} />
  return (
    <button type="button" className={styles.select} aria-label={props.label}>
      {props.options.find((option) => option.value === props.value)?.label}
      <IconChevronDown size={14} />
    </button>
  )
}

/** A value on a line. */
export function Slider(props: SliderProps) {
  const { layers } = useLayers()
  return layers === null ? <div className={styles.slider} /> : <layers.Slider {...props} />
}

/** Something that is on or off at once. */
export function Switch(props: SwitchProps) {
  const { layers } = useLayers()
  return layers === null ? <div className={styles.line} /> : <layers.Switch {...props} />
}

/** Something that is part of what a button is going to do. */
export function Checkbox(props: CheckboxProps) {
  const { layers } = useLayers()
  return layers === null ? <div className={styles.line} /> : <layers.Checkbox {...props} />
}

/** The box to tick of a line that is its label. */
export function Tick(props: TickProps) {
  const { layers } = useLayers()
  return layers === null ? null : <layers.Tick {...props} />
}

/** A number typed or stepped. */
export function NumberField(props: NumberFieldProps) {
  const { layers } = useLayers()
  return layers === null ? <div className={styles.line} /> : <layers.NumberField {...props} />
}

/** One of two to four choices, all of them in sight. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { layers } = useLayers()
  return layers === null ? <div className={styles.line} /> : <layers.Segmented {...props} />
}

/** Draws what `confirm` asks and what `toast` says; mounted once. */
export function LayerHosts() {
  const { layers } = useLayers()
  if (layers === null) return null
  return (
    <>
      <layers.Confirm />
      <layers.Toasts />
    </>
  )
}
