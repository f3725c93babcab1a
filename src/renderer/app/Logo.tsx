/** The sign of Dailies. */
export function Logo({ className }: { className?: string | undefined }) {
  return (
    <svg className={className} viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--brand)" />
      <path
        d="M12 9.6v12.8a.8.8 0 0 0 1.2.7l10.6-6.4a.8.8 0 0 0 0-1.4L13.2 8.9a.8.8 0 0 0-1.2.7Z"
        fill="var(--on-brand)"
      />
    </svg>
  )
}
