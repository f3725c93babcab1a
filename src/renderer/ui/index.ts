export { Button, type ButtonProps } from './Button'
export { Chip, type ChipProps } from './Chip'
export { confirm, type Decision, type Question } from './confirm'
export { EmptyState, type EmptyStateProps } from './EmptyState'
export { IconButton, type IconButtonProps } from './IconButton'
export { Kbd, type KbdProps } from './Kbd'
export {
  Checkbox,
  ContextMenu,
  Dialog,
  LayerHosts,
  Menu,
  NumberField,
  Popover,
  provideLayers,
  Segmented,
  Select,
  Slider,
  Switch,
  Tick,
  Tooltip,
} from './late'
export type {
  CheckboxProps,
  ContextMenuProps,
  DialogProps,
  MenuEntry,
  MenuProps,
  NumberFieldProps,
  PopoverProps,
  SegmentedProps,
  SelectOption,
  SelectProps,
  SliderProps,
  SwitchProps,
  TickProps,
  TooltipProps,
} from './layers'
export { Ring, type RingProps } from './Ring'
export { ariaShortcut, matchesShortcut, shortcutSigns } from './shortcut'
export { TextField, type TextFieldProps } from './TextField'
export { dismissToast, toast, type ToastOptions } from './toast'
